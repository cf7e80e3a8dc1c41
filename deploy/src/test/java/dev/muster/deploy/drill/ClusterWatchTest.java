package dev.muster.deploy.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.deploy.drill.Installation.ClusterView;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
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

  /** One that took no time. */
  private void look(List<ClusterView> views, long nanos) {
    watch.look(views, nanos, nanos);
  }

  private void out(long nanos) {
    watch.zoneOut(nanos);
    watch.acknowledged(nanos);
  }

  private void back(long nanos) {
    watch.zoneBack();
    watch.acknowledged(nanos);
  }

  private DrillReport report() {
    return new DrillReport("az1", watch, 2, true, OptionalDouble.of(1));
  }

  private static String text(DrillReport report) {
    StringWriter text = new StringWriter();
    report.print(new PrintWriter(text, true));
    return text.toString();
  }

  @Test
  void aClusterWithoutReplicasElsewhereIsDownFromTheLossUntilOneServesThere() {
    watch.begin(List.of(view("single", 1, 1, 1, 0)), Map.of(), 0);
    out(100);
    look(List.of(view("single", 1, 1, 1, 0)), 150);
    look(List.of(view("single", 1, 0, 0, 0)), 200);
    look(List.of(view("single", 1, 0, 1, 1)), 300);
    ClusterWatch.Course course = watch.courses().get("single");
    assertEquals(200, course.longestDownNanos());
    assertFalse(course.isDown());
    assertEquals(OptionalLong.of(200), course.redundantAfterNanos());
  }

  @Test
  void aClusterInSeveralZonesIsNeverDown() {
    watch.begin(List.of(view("prod", 3, 1, 3, 2)), Map.of(), 0);
    out(100);
    look(List.of(view("prod", 3, 0, 2, 2)), 150);
    assertFalse(watch.hasRestedFor(Duration.ZERO));
    look(List.of(view("prod", 3, 0, 3, 3)), 300);
    assertEquals(0, watch.courses().get("prod").longestDownNanos());
    assertTrue(watch.hasRestedFor(Duration.ZERO));
  }

  @Test
  void whatServedNothingBeforeIsNotWatchedAndWhatIsDroppedIsNoLoss() {
    watch.begin(List.of(view("off", 0, 0, 0, 0), view("gone", 1, 1, 1, 0)), Map.of(), 0);
    out(1);
    look(List.of(view("off", 0, 0, 0, 0)), 2);
    assertEquals(Set.of(), watch.courses().keySet());
  }

  @Test
  void theSpreadIsRepairedOnceAllAreHydratedAndNoneIsOnTheMove() {
    watch.begin(List.of(view("prod", 3, 1, 3, 2)), Map.of(), 0);
    out(1);
    back(1);
    look(List.of(new ClusterView("prod", 4, 1, 3, 3, 0, 1)), 2);
    assertFalse(watch.hasRestedFor(Duration.ZERO));
    look(List.of(view("prod", 3, 1, 3, 2)), 3);
    assertTrue(watch.hasRestedFor(Duration.ZERO));
  }

  @Test
  void theReportTellsLevelsApartAndPassesWhereEachKeepsItsPromise() {
    watch.begin(List.of(view("single", 1, 1, 1, 0), view("prod", 3, 1, 3, 2)), Map.of(), 0);
    out(0);
    look(List.of(view("single", 1, 0, 0, 0), view("prod", 3, 0, 2, 2)), 500_000_000L);
    look(List.of(view("single", 1, 0, 1, 1), view("prod", 3, 0, 3, 3)), 1_500_000_000L);
    watch.zoneBack();
    DrillReport report = report();
    String text = text(report);
    assertTrue(report.passed());
    assertTrue(text.contains("Level 2, replicas in several zones: 1 of 1 served"), text);
    assertTrue(text.contains("1 of 1 served again without it, the slowest after 1.50 s"), text);
    assertTrue(text.endsWith("PASSED\n"), text);
  }

  @Test
  void aClusterInSeveralZonesThatWasInterruptedFailsTheDrill() {
    watch.begin(List.of(view("prod", 2, 1, 2, 1)), Map.of(), 0);
    out(0);
    look(List.of(view("prod", 2, 0, 0, 0)), 10);
    look(List.of(view("prod", 2, 0, 2, 2)), 20);
    watch.zoneBack();
    assertFalse(report().passed());
  }

  private static final ClusterView HERE = view("single", 1, 1, 1, 0);
  private static final ClusterView NOWHERE = view("single", 1, 0, 0, 0);
  private static final ClusterView ELSEWHERE = view("single", 1, 0, 1, 1);

  private static long seconds(double seconds) {
    return (long) (seconds * 1e9);
  }

  /** What it shows may be from before the loss, however late the answer comes. */
  @Test
  void aLookThatWasBegunBeforeTheLossWasAcknowledgedTellsNothingOfTheRecovery() {
    watch.begin(List.of(ELSEWHERE), Map.of(), 0);
    watch.zoneOut(10);
    watch.acknowledged(20);
    watch.look(List.of(ELSEWHERE), 5, 3_000);
    watch.look(List.of(ELSEWHERE), 19, 6_000);
    assertFalse(watch.hasRestedFor(Duration.ZERO));
    watch.look(List.of(ELSEWHERE), 20, 9_000);
    assertTrue(watch.hasRestedFor(Duration.ZERO));
  }

  @Test
  void aLookThatWasBegunBeforeTheReturnWasAcknowledgedTellsNothingOfTheRepair() {
    watch.begin(List.of(HERE), Map.of(), 0);
    out(10);
    look(List.of(ELSEWHERE), 20);
    watch.zoneBack();
    watch.look(List.of(ELSEWHERE), 25, 3_000);
    watch.acknowledged(30);
    watch.look(List.of(ELSEWHERE), 29, 6_000);
    assertFalse(watch.hasRestedFor(Duration.ZERO));
    watch.look(List.of(ELSEWHERE), 30, 9_000);
    assertTrue(watch.hasRestedFor(Duration.ZERO));
  }

  /**
   * Right after the loss was acknowledged nothing has been placed anew, and what was lost shows.
   */
  @Test
  void whatIsInTheZoneStillHasNotRecovered() {
    watch.begin(List.of(HERE), Map.of(), 0);
    out(10);
    look(List.of(HERE), 20);
    assertFalse(watch.hasRestedFor(Duration.ZERO));
  }

  @Test
  void oneLookThatStallsIsNoCalm() {
    Duration calm = Duration.ofSeconds(1);
    watch.begin(List.of(HERE), Map.of(), 0);
    out(seconds(1));
    watch.look(List.of(ELSEWHERE), seconds(2), seconds(7));
    assertFalse(watch.hasRestedFor(calm));
    watch.look(List.of(ELSEWHERE), seconds(2.9), seconds(8));
    assertFalse(watch.hasRestedFor(calm));
    watch.look(List.of(NOWHERE), seconds(3), seconds(9));
    watch.look(List.of(ELSEWHERE), seconds(10), seconds(10.1));
    assertFalse(watch.hasRestedFor(calm));
    watch.look(List.of(ELSEWHERE), seconds(11), seconds(11.1));
    assertTrue(watch.hasRestedFor(calm));
  }

  @Test
  void aClusterThatDidNotServeAgainWithoutTheZoneFailsTheDrillAndIsNotSaidToHaveRecovered() {
    watch.begin(List.of(HERE), Map.of(), 0);
    out(0);
    look(List.of(NOWHERE), seconds(1));
    back(seconds(2));
    look(List.of(HERE), seconds(6.33));
    assertFalse(report().passed());
    String text = text(report());
    assertTrue(text.contains("in this zone only: 0 of 1 served again without it.\n"), text);
    assertTrue(text.endsWith("FAILED: see above\n"), text);
  }

  @Test
  void whereNoLookWasPossibleNothingIsSaidToHaveServed() {
    watch.begin(List.of(HERE), Map.of(), 0);
    out(0);
    watch.look(List.of(HERE), -1, 1);
    back(seconds(2));
    look(List.of(HERE), seconds(3));
    assertFalse(watch.courses().get("single").servedWithoutTheZone());
    assertFalse(report().passed());
  }

  @Test
  void whatIsPinnedToTheZoneIsWaitedForOnlyOnceItIsBackAndSaidApart() {
    watch.begin(List.of(HERE, view("free", 1, 1, 1, 0)), Map.of("single", 1), 0);
    out(0);
    look(List.of(view("single", 1, 1, 0, 0), view("free", 1, 0, 1, 1)), seconds(1));
    assertTrue(watch.hasRestedFor(Duration.ZERO));
    back(seconds(2));
    look(List.of(view("single", 1, 1, 0, 0), view("free", 1, 0, 1, 1)), seconds(3));
    assertFalse(watch.hasRestedFor(Duration.ZERO));
    assertFalse(report().passed());
    look(List.of(HERE, view("free", 1, 0, 1, 1)), seconds(4));
    assertTrue(watch.hasRestedFor(Duration.ZERO));
    assertTrue(report().passed());
    String text = text(report());
    assertTrue(text.contains("in this zone only: 1 of 1 served again without it"), text);
    assertTrue(
        text.contains("wait for it: 1 of 1 served again, the slowest after 4.00 s.\n"), text);
  }

  @Test
  void aRepairThatDoesNotEndFailsTheDrill() {
    watch.begin(List.of(HERE), Map.of(), 0);
    out(0);
    look(List.of(ELSEWHERE), 1);
    back(2);
    DrillReport report = new DrillReport("az1", watch, 2, true, OptionalDouble.empty());
    assertFalse(report.passed());
    assertTrue(text(report).contains("the spread was not repaired in the time given."));
  }
}
