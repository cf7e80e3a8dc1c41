package dev.muster.api.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.api.catalog.CatalogFixture;
import dev.muster.api.sql.tree.Statement;
import dev.muster.journal.event.ClusterConfiguration;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent.ClusterCreationStarted;
import dev.muster.journal.event.EnvironmentEvent.SystemParameterChanged;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** In which order the statements of {@code muster replay --sql-to} come, and what is remarked. */
class UndoTest {
  private static final ClusterId U1 = ClusterId.user(1);
  private static final ClusterId U2 = ClusterId.user(2);
  private static final ClusterId U3 = ClusterId.user(3);

  private final CatalogFixture present = new CatalogFixture();
  private final CatalogFixture wanted = new CatalogFixture();

  private Script script() {
    return Undo.of(Declaration.of(present.snapshot()), Declaration.of(wanted.snapshot()));
  }

  private List<String> kinds() {
    return script().statements().stream().map(made -> made.getClass().getSimpleName()).toList();
  }

  private List<String> remarks() {
    return script().text().lines().filter(line -> line.startsWith("--")).toList();
  }

  private static void cluster(CatalogFixture fixture, ClusterId id, String name, String size) {
    fixture.managed(id, name, "materialize", size, 0);
  }

  private static void limit(CatalogFixture fixture, String credits) {
    fixture.environment(
        new SystemParameterChanged(
            "max_credit_consumption_rate", Optional.empty(), Optional.of(credits)));
  }

  private static void beingCreated(CatalogFixture fixture, String name) {
    fixture.environment(
        new ClusterCreationStarted(
            U1, name, "materialize", new ClusterConfiguration.Unmanaged(), List.of()));
  }

  @Test
  void whatIsTheSameNeedsNothing() {
    cluster(present, U1, "a", "25cc");
    cluster(wanted, U1, "a", "25cc");
    assertEquals("", script().text());
  }

  /** A name must be free before another takes it, and be taken before it is spoken of. */
  @Test
  void dropsComeFirstThenNamesThenCreationsThenChanges() {
    cluster(present, U1, "a", "25cc");
    cluster(present, U2, "c", "25cc");
    cluster(wanted, U1, "c", "50cc");
    cluster(wanted, U3, "a", "25cc");
    List<Statement> statements = script().statements();
    assertEquals(
        List.of(
            "DropClusters",
            "RenameCluster",
            "CreateCluster",
            "ChangeClusterOwner",
            "AlterClusterSet"),
        kinds());
    assertEquals(List.of("c"), ((Statement.DropClusters) statements.getFirst()).names());
    assertEquals("c", ((Statement.AlterClusterSet) statements.getLast()).name());
  }

  @Test
  void whoHaveEachOthersNamesChangePlaces() {
    cluster(present, U1, "a", "25cc");
    cluster(present, U2, "b", "25cc");
    cluster(wanted, U1, "b", "25cc");
    cluster(wanted, U2, "a", "25cc");
    assertEquals(List.of("SwapClusters"), kinds());
  }

  @Test
  void noLimitOfCreditsStandsInTheWayOfCreationsAndTheLastStatementSetsIt() {
    limit(present, "20");
    limit(wanted, "10");
    cluster(wanted, U1, "a", "25cc");
    assertEquals(
        List.of("AlterSystem", "CreateCluster", "ChangeClusterOwner", "AlterSystem"), kinds());
    assertEquals(
        List.of("-- no limit while this runs; the last statement sets it again"), remarks());
    assertEquals(
        "ALTER SYSTEM SET \"max_credit_consumption_rate\" = '10';",
        script().text().lines().toList().getLast());
  }

  @Test
  void aLimitOfCreditsIsTightenedAfterTheDrops() {
    limit(present, "20");
    limit(wanted, "10");
    cluster(present, U1, "a", "25cc");
    assertEquals(List.of("DropClusters", "AlterSystem"), kinds());
  }

  @Test
  void itSaysWhoMayChangeWhatIsOfTheSystem() {
    present.managed(ClusterId.system(1), "mz_system", "mz_system", "25cc", 0);
    wanted.managed(ClusterId.system(1), "mz_system", "mz_system", "50cc", 0);
    cluster(present, U1, "a", "25cc");
    cluster(wanted, U1, "a", "50cc");
    assertEquals(List.of("AlterClusterSet", "AlterClusterSet"), kinds());
    assertEquals(List.of("-- As mz_system, through the internal port:"), remarks());
  }

  @Test
  void itSaysWhatItLeavesAsItIs() {
    beingCreated(wanted, "a\nDROP CLUSTER b;");
    assertEquals(
        List.of("-- cluster a DROP CLUSTER b; was still being created: it is not made again"),
        script().text().lines().toList());
  }

  @Test
  void itSaysWhichClusterServesNothingMeanwhile() {
    present.create(U1, "a", "materialize", new ClusterConfiguration.Unmanaged());
    present.add(U1, "mine", "25cc", "az1");
    cluster(wanted, U1, "a", "25cc");
    assertEquals(List.of("DropReplicas", "AlterClusterSet"), kinds());
    assertEquals(List.of("-- cluster a serves nothing until it has replicas again"), remarks());
  }
}
