package dev.muster.actors.cluster;

import static dev.muster.actors.cluster.ClusterScenario.given;
import static dev.muster.actors.testing.Commands.managed;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.actors.testing.Sizes;
import dev.muster.api.command.Notice;
import dev.muster.journal.event.ClusterEvent.ReplicaFailed;
import dev.muster.journal.event.ClusterEvent.ReplicaHydrated;
import dev.muster.journal.event.ClusterEvent.ReplicaStarted;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.MemoryAdvice;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whoever changes a size is told what the last hydration says of the new one. */
final class MemoryFitTest {
  private static final HybridTime LATER = HybridTime.ofEpochMilli(9, 0);

  /** A cluster of one replica of size small that took so much of its memory to hydrate. */
  private static ClusterState.Live hydrated(long percent) {
    ClusterState.Live live = given(managed("small", 1)).live();
    ReplicaId id = live.replicas().getFirst().id();
    return (ClusterState.Live)
        live.evolve(LATER, new ReplicaStarted(id, 1, "host", 1))
            .evolve(
                LATER,
                new ReplicaHydrated(
                    id,
                    1,
                    Duration.ofSeconds(1),
                    1,
                    1,
                    percent,
                    Optional.of(100L),
                    Optional.empty()));
  }

  private static Optional<Notice> notice(long percent, String size) {
    return MemoryFit.notice(hydrated(percent), size, Sizes.CATALOGUE);
  }

  @Test
  void aSizeThatFitsIsNotRemarkedOn() {
    assertEquals(Optional.empty(), notice(50, "small"));
  }

  @Test
  void aSizeWithHardlyRoomIsRemarkedOn() {
    assertEquals(
        Optional.of(new Notice.SizeDoesNotFit("small", MemoryAdvice.SIZE_TOO_SMALL, 95)),
        notice(95, "small"));
  }

  @Test
  void aSizeThatWouldStandEmptyIsRemarkedOn() {
    assertEquals(
        Optional.of(new Notice.SizeDoesNotFit("small", MemoryAdvice.SIZE_TOO_LARGE, 5)),
        notice(5, "small"));
  }

  @Test
  void whereNothingHasHydratedNothingIsKnown() {
    assertEquals(
        Optional.empty(),
        MemoryFit.notice(given(managed("small", 1)).live(), "small", Sizes.CATALOGUE));
  }

  @Test
  void whoWasKilledForMemoryNeedsALargerSizeHoweverLittleItsHydrationTook() {
    ClusterState.Live live = hydrated(5);
    ReplicaId id = live.replicas().getFirst().id();
    ReplicaFailure killed = new ReplicaFailure(ReplicaFailure.Kind.OOM_KILLED, Optional.empty());
    ClusterState.Live failed =
        (ClusterState.Live) live.evolve(LATER, new ReplicaFailed(id, 1, killed, 1));
    assertEquals(
        Optional.of(new Notice.SizeDoesNotFit("small", MemoryAdvice.SIZE_TOO_SMALL, 100)),
        MemoryFit.notice(failed, "small", Sizes.CATALOGUE));
  }
}
