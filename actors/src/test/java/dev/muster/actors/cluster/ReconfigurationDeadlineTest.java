package dev.muster.actors.cluster;

import static dev.muster.actors.cluster.Resizing.serving;
import static dev.muster.actors.cluster.Resizing.within;
import static dev.muster.actors.testing.Commands.alter;
import static dev.muster.actors.testing.Commands.managed;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.journal.event.ClusterEvent.ReconfigurationTimedOut;
import dev.muster.journal.event.OnTimeout;
import dev.muster.journal.event.ReconfigurationTarget;
import dev.muster.journal.state.Replica;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What the deadline of a reconfiguration does: it rolls back, or commits, and success comes first.
 */
class ReconfigurationDeadlineTest {
  private static final ReconfigurationTarget MEDIUM =
      ReconfigurationTarget.of(managed("medium", 2));

  @Test
  void aRollbackTakesBackTheWholeStatement() {
    serving()
        .and(
            alter().size("medium").scaling("large").waiting(within(10, OnTimeout.ROLLBACK)).build())
        .whenItIs(13)
        .andSo()
        .when(alter().size("small").build())
        .thenNothing()
        .when(alter().scaling("large").build())
        .thenEvents("AutoScalingChanged");
  }

  @Test
  void theDeadlineRollsBackAndDropsWhatWasPending() {
    serving()
        .and(alter().size("medium").waiting(within(100, OnTimeout.ROLLBACK)).build())
        .whenItIs(101)
        .thenNothing()
        .whenItIs(102)
        .thenEvents("ReconfigurationTimedOut", "-r1-pending", "-r2-pending")
        .andSo()
        .whenItIs(103)
        .thenNothing();
  }

  @Test
  void noDeadlineCountsBeforeTheReplicasHaveBeenFoundAgain() {
    for (OnTimeout action : OnTimeout.values()) {
      serving()
          .and(alter().size("medium").waiting(within(100, action)).build())
          .whenNobodyHasLookedAndItIs(102)
          .thenNothing();
    }
  }

  @Test
  void theDeadlineCommitsWhereThatWasAskedFor() {
    var scenario =
        serving()
            .and(alter().size("medium").waiting(within(100, OnTimeout.COMMIT)).build())
            .hydrated("r1-pending")
            .whenItIs(102)
            .thenEvents("ReconfigurationFinished")
            .andSo();
    assertEquals(
        List.of("r1", "r2"), scenario.live().replicas().stream().map(Replica::name).toList());
    assertEquals(Optional.of(managed("medium", 2)), scenario.live().managed());
  }

  @Test
  void successComesBeforeTheTimeout() {
    serving()
        .and(alter().size("medium").waiting(within(100, OnTimeout.ROLLBACK)).build())
        .hydrated("r1-pending", "r2-pending")
        .whenItIs(1_000_000)
        .thenEvents("ReconfigurationFinished");
  }

  @Test
  void aDeadlineThatIsOverAtOnceAddsNothing() {
    serving()
        .when(alter().size("medium").waiting(within(0, OnTimeout.ROLLBACK)).build())
        .thenEvents("ReconfigurationStarted", "ReconfigurationTimedOut");
  }

  @Test
  void theOutcomeOfATimeoutNamesTheTargetAndTheDeadline() {
    serving()
        .and(alter().size("medium").waiting(within(0, OnTimeout.COMMIT)).build())
        .whenItIs(9)
        .thenNothing();
    var timedOut =
        ((dev.muster.actors.decision.Decision.Accepted<?>)
                serving()
                    .when(alter().size("medium").waiting(within(0, OnTimeout.ROLLBACK)).build())
                    .decision())
            .events()
            .getLast();
    assertEquals(new ReconfigurationTimedOut(MEDIUM, Instant.ofEpochMilli(2)), timedOut);
  }
}
