package dev.muster.api.catalog.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.ConfigFactory;
import dev.muster.api.catalog.CatalogFixture;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.NameChange;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** The audit log is the journal's, however and whenever it is read. */
class AuditLogTest {
  private static final String ALL = "SELECT * FROM mz_audit_events ORDER BY id";

  private static DuckDbCatalog open(CatalogFixture fixture) {
    return new DuckDbCatalog(
        CatalogFixture.SIZES, fixture.journal(), EngineLimits.load(ConfigFactory.load()));
  }

  private static void rename(CatalogFixture fixture, ClusterId id, String oldName, String newName) {
    fixture.environment(
        new EnvironmentEvent.ClusterNamesChanged(List.of(new NameChange(id, oldName, newName))));
  }

  @Test
  void theLogTellsOfTheWholeLifeOfAClusterAndOutlivesIt() {
    CatalogFixture fixture = new CatalogFixture();
    ClusterId id = fixture.managed("staging", "25cc", 1);
    rename(fixture, id, "staging", "prod");
    fixture.environment(new EnvironmentEvent.ClusterDropStarted(List.of(id)));
    fixture.cluster(id, new ClusterEvent.ReplicaDropped(ReplicaId.of(id, 1), Reason.MANUAL));
    fixture.cluster(id, new ClusterEvent.ClusterDropped());
    fixture.environment(new EnvironmentEvent.ClusterDropFinished(id));
    try (DuckDbCatalog catalog = open(fixture)) {
      assertEquals(
          List.of(
              List.of("create", "cluster", "staging"),
              List.of("create", "cluster-replica", "staging"),
              List.of("alter", "cluster", "prod"),
              List.of("drop", "cluster-replica", "prod"),
              List.of("drop", "cluster", "prod")),
          new Asking(catalog)
              .rows(
                  fixture.snapshot(),
                  "SELECT event_type, object_type, details->>'cluster_name' FROM mz_audit_events"
                      + " WHERE details->>'cluster_id' = 'u1' ORDER BY id"));
    }
  }

  @Test
  void aSwapIsFoundByTheNameOfEitherCluster() {
    CatalogFixture fixture = new CatalogFixture();
    ClusterId blue = fixture.managed("prod", "25cc", 1);
    ClusterId green = fixture.managed("prod_green", "25cc", 1);
    fixture.environment(
        new EnvironmentEvent.ClusterNamesChanged(
            List.of(
                new NameChange(blue, "prod", "prod_green"),
                new NameChange(green, "prod_green", "prod"))));
    try (DuckDbCatalog catalog = open(fixture)) {
      Asking asking = new Asking(catalog);
      String renamed =
          "SELECT details->>'cluster_id', details->>'old_name', details->>'new_name'"
              + " FROM mz_audit_events WHERE event_type = 'alter' AND details->>'cluster_name' = ";
      assertEquals(
          List.of(List.of("u2", "prod_green", "prod")),
          asking.rows(fixture.snapshot(), renamed + "'prod'"));
      assertEquals(
          List.of(List.of("u1", "prod", "prod_green")),
          asking.rows(fixture.snapshot(), renamed + "'prod_green'"));
    }
  }

  @Test
  void whatWasReadBeforeItsClustersNewNameIsToldWithThatName() {
    CatalogFixture fixture = new CatalogFixture();
    ClusterId id = fixture.managed("staging", "25cc", 1);
    CatalogSnapshot before = fixture.snapshot();
    rename(fixture, id, "staging", "prod");
    fixture.add(id, "r2", "25cc", "az2");
    fixture.cluster(id, new ClusterEvent.ReplicationFactorChanged(1, 2));
    try (DuckDbCatalog along = open(fixture);
        DuckDbCatalog afresh = open(fixture)) {
      assertEquals(
          List.of(List.of("staging")),
          new Asking(along)
              .rows(
                  before,
                  "SELECT DISTINCT details->>'cluster_name' FROM mz_audit_events"
                      + " WHERE details->>'cluster_id' = 'u1'"));
      CatalogSnapshot after = fixture.snapshot();
      assertEquals(new Asking(afresh).rows(after, ALL), new Asking(along).rows(after, ALL));
    }
  }

  @Property(tries = 15, shrinking = ShrinkingMode.OFF)
  void readAlongEqualsReadAtOnce(@ForAll long seed) {
    Random random = new Random(seed);
    CatalogFixture fixture = new CatalogFixture();
    List<ClusterId> clusters = new ArrayList<>();
    CatalogSnapshot lagging = fixture.snapshot();
    try (DuckDbCatalog along = open(fixture);
        DuckDbCatalog afresh = open(fixture)) {
      for (int step = 0; step < 20; step++) {
        step(random, fixture, clusters, step);
        if (random.nextInt(3) == 0) {
          new Asking(along).rows(lagging, ALL);
          lagging = fixture.snapshot();
        }
      }
      CatalogSnapshot end = fixture.snapshot();
      List<List<Object>> whole = new Asking(afresh).rows(end, ALL);
      assertEquals(whole, new Asking(along).rows(end, ALL));
      assertEquals(whole.size(), whole.stream().map(List::getFirst).distinct().count());
    }
  }

  private static void step(
      Random random, CatalogFixture fixture, List<ClusterId> clusters, int step) {
    if (clusters.isEmpty() || random.nextInt(4) == 0) {
      clusters.add(fixture.managed("c" + step, "25cc", 1));
      return;
    }
    ClusterId id = clusters.get(random.nextInt(clusters.size()));
    String name = fixture.snapshot().environment().state().clusters().get(id).name();
    switch (random.nextInt(3)) {
      case 0 -> rename(fixture, id, name, "n" + step);
      case 1 -> fixture.add(id, "more" + step, "50cc", "az1");
      default ->
          fixture.environment(
              new EnvironmentEvent.ClusterOwnerChanged(id, "materialize", "materialize"));
    }
  }
}
