package dev.muster.actors.cluster;

import static dev.muster.actors.cluster.ClusterScenario.dropped;
import static dev.muster.actors.cluster.ClusterScenario.given;
import static dev.muster.actors.testing.Commands.managed;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.actors.replica.ReplicaReport;
import dev.muster.actors.replica.ReplicaReport.Failed;
import dev.muster.actors.replica.ReplicaReport.Gone;
import dev.muster.actors.replica.ReplicaReport.Hydrated;
import dev.muster.actors.replica.ReplicaReport.Started;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ReplicaFailed;
import dev.muster.journal.event.ClusterEvent.ReplicaHydrated;
import dev.muster.journal.event.ClusterEvent.ReplicaStarted;
import dev.muster.journal.event.ClusterEvent.ReplicaWaiting;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaWait;
import dev.muster.journal.state.ClusterState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportDeciderTest {
  private static final ReplicaId R1 = ReplicaId.of(ClusterId.user(1), 1);
  private static final ReplicaFailure CRASH =
      new ReplicaFailure(ReplicaFailure.Kind.EXITED, Optional.of("code 1"));

  private static Started started(long incarnation) {
    return new Started(R1, incarnation, "host", 7);
  }

  private static Hydrated hydrated(long incarnation) {
    return new Hydrated(R1, incarnation, Duration.ofSeconds(1), 1, 2, 3);
  }

  private static Failed failed(long incarnation, int consecutive) {
    return new Failed(R1, incarnation, CRASH, consecutive);
  }

  /** The events that a series of reports gives rise to. */
  private static List<ClusterEvent> events(ReplicaReport... reports) {
    ClusterState state = given(managed("small", 1)).state();
    List<ClusterEvent> events = new ArrayList<>();
    for (ReplicaReport report : reports) {
      Optional<ClusterEvent> event = ReportDecider.decide(state, report);
      if (event.isPresent()) {
        state = state.evolve(HybridTime.ofEpochMilli(3, 0), event.get());
        events.add(event.get());
      }
    }
    return events;
  }

  @Test
  void startAndHydrationAreNewsOnce() {
    assertEquals(
        List.of(
            new ReplicaStarted(R1, 1, "host", 7),
            new ReplicaHydrated(R1, 1, Duration.ofSeconds(1), 1, 2, 3)),
        events(started(1), started(1), hydrated(1), hydrated(1), started(1)));
  }

  @Test
  void hydrationOfAnUnknownStartIsNoNews() {
    assertEquals(List.of(), events(hydrated(1)));
    assertEquals(List.of(new ReplicaStarted(R1, 2, "host", 7)), events(started(2), hydrated(1)));
  }

  @Test
  void aFailureIsNewsOnceForEachStart() {
    assertEquals(
        List.of(
            new ReplicaStarted(R1, 1, "host", 7),
            new ReplicaFailed(R1, 1, CRASH, 1),
            new ReplicaStarted(R1, 2, "host", 7),
            new ReplicaFailed(R1, 2, CRASH, 2)),
        events(started(1), failed(1, 1), failed(1, 1), started(2), failed(1, 1), failed(2, 2)));
  }

  @Test
  void whatCannotBeStartedFailsAgainAndAgain() {
    assertEquals(
        List.of(new ReplicaFailed(R1, 1, CRASH, 1), new ReplicaFailed(R1, 1, CRASH, 2)),
        events(failed(1, 1), failed(1, 2), failed(1, 2)));
  }

  @Test
  void whatWasLostWithItsHostAndIsFoundRunningServesAgain() {
    ReplicaFailure lost =
        new ReplicaFailure(ReplicaFailure.Kind.HOST_LOST, Optional.of("the host is gone"));
    assertEquals(
        List.of(
            new ReplicaStarted(R1, 1, "host", 7),
            new ReplicaFailed(R1, 1, lost, 1),
            new ReplicaStarted(R1, 1, "host", 7),
            new ReplicaHydrated(R1, 1, Duration.ofSeconds(1), 1, 2, 3)),
        events(started(1), new Failed(R1, 1, lost, 1), started(1), hydrated(1)));
    assertEquals(
        List.of(new ReplicaStarted(R1, 1, "host", 7), new ReplicaFailed(R1, 1, CRASH, 1)),
        events(started(1), failed(1, 1), started(1)));
  }

  @Test
  void reportsAboutDroppedReplicasAreNoNews() {
    ClusterState gone = dropped(managed("small", 1)).state();
    ClusterState fewer =
        given(managed("small", 1))
            .and(dev.muster.actors.testing.Commands.alter().factor(0).build())
            .state();
    for (ReplicaReport report : List.of(started(1), hydrated(1), failed(1, 1), new Gone(R1))) {
      assertEquals(Optional.empty(), ReportDecider.decide(gone, report));
      assertEquals(Optional.empty(), ReportDecider.decide(fewer, report));
      assertEquals(Optional.empty(), ReportDecider.decide(new ClusterState.Absent(), report));
    }
  }

  @Test
  void whatItsHostHasNoRoomForWaits() {
    ReplicaReport.NoRoom refused = new ReplicaReport.NoRoom(R1, "host", "it is full");
    assertEquals(
        List.of(
            new ReplicaWaiting(
                R1, new ReplicaWait(ReplicaWait.Kind.NO_CAPACITY, Optional.of("it is full")))),
        events(refused, refused));
    assertEquals(List.of(new ReplicaStarted(R1, 1, "host", 7)), events(started(1), refused));
    assertEquals(List.of(new ReplicaFailed(R1, 1, CRASH, 1)), events(failed(1, 1), refused));
  }

  @Test
  void thatAReplicaIsGoneIsNoNews() {
    assertEquals(List.of(), events(new Gone(R1)));
  }
}
