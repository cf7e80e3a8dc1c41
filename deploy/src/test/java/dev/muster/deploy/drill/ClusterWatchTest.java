package dev.muster.deploy.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.deploy.drill.Installation.ClusterView;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a drill makes of what it sees. */
class ClusterWatchTest {
  private final ClusterWatch watch = new ClusterWatch();

  /** A cluster whose replicas all have a place and none is on the move. */
  private static ClusterView view(String name, int replicas, int inZone, int hydrated, int other) {
    return new ClusterView(name, replicas, inZone, hydrated, other, 0, 0);
  }

  @Test
  void aClusterWithoutReplicasElsewhereIsDownFromTheLossUntilOneServesThere() {
    watch.begin(List.of(view("single", 1, 1, 1, 0)), 0);
    watch.zoneOut(100);
    watch.look(List.of(view("single", 1, 1, 1, 0)), 150);
    watch.look(List.of(view("single", 1, 0, 0, 0)), 200);
    watch.look(List.of(view("single", 1, 0, 1, 1)), 300);
    ClusterWatch.Course course = watch.courses().get("single");
    assertEquals(200, course.longestDownNanos());
    assertFalse(course.isDown());
    assertEquals(OptionalLong.of(200), course.redundantAfterNanos());
  }

  @Test
  void aClusterInSeveralZonesIsNeverDown() {
    watch.begin(List.of(view("prod", 3, 1, 3, 2)), 0);
    watch.zoneOut(100);
    watch.look(List.of(view("prod", 3, 0, 2, 2)), 150);
    assertFalse(watch.hasSettledWithoutTheZone());
    watch.look(List.of(view("prod", 3, 0, 3, 3)), 300);
    assertEquals(0, watch.courses().get("prod").longestDownNanos());
    assertTrue(watch.hasSettledWithoutTheZone());
  }

  @Test
  void whatServedNothingBeforeIsNotWatchedAndWhatIsDroppedIsNoLoss() {
    watch.begin(List.of(view("off", 0, 0, 0, 0), view("gone", 1, 1, 1, 0)), 0);
    watch.zoneOut(1);
    watch.look(List.of(view("off", 0, 0, 0, 0)), 2);
    assertEquals(Set.of(), watch.courses().keySet());
  }

  @Test
  void theSpreadIsRepairedOnceAllAreHydratedAndNoneIsOnTheMove() {
    watch.begin(List.of(view("prod", 3, 1, 3, 2)), 0);
    watch.zoneOut(1);
    watch.zoneBack();
    watch.look(List.of(new ClusterView("prod", 4, 1, 3, 3, 0, 1)), 2);
    assertFalse(watch.isAsBefore());
    watch.look(List.of(view("prod", 3, 1, 3, 2)), 3);
    assertTrue(watch.isAsBefore());
  }

  @Test
  void theReportTellsLevelsApartAndPassesWhereEachKeepsItsPromise() {
    watch.begin(List.of(view("single", 1, 1, 1, 0), view("prod", 3, 1, 3, 2)), 0);
    watch.zoneOut(0);
    watch.look(List.of(view("single", 1, 0, 0, 0), view("prod", 3, 0, 2, 2)), 500_000_000L);
    watch.look(List.of(view("single", 1, 0, 1, 1), view("prod", 3, 0, 3, 3)), 1_500_000_000L);
    watch.zoneBack();
    DrillReport report = new DrillReport("az1", watch, 2, 1, true);
    StringWriter text = new StringWriter();
    report.print(new PrintWriter(text, true));
    assertTrue(report.passed());
    assertTrue(
        text.toString().contains("Level 2, replicas in several zones: 1 of 1 served"),
        text::toString);
    assertTrue(
        text.toString().contains("1 of 1 served again without it, the slowest after 1.50 s"),
        text::toString);
    assertTrue(text.toString().endsWith("PASSED\n"), text::toString);
  }

  @Test
  void aClusterInSeveralZonesThatWasInterruptedFailsTheDrill() {
    watch.begin(List.of(view("prod", 2, 1, 2, 1)), 0);
    watch.zoneOut(0);
    watch.look(List.of(view("prod", 2, 0, 0, 0)), 10);
    watch.look(List.of(view("prod", 2, 0, 2, 2)), 20);
    watch.zoneBack();
    assertFalse(new DrillReport("az1", watch, 2, 1, true).passed());
  }
}
