package dev.muster.actors.simulation;

import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ReplicaFailed;
import dev.muster.journal.event.ClusterEvent.ReplicaHydrated;
import dev.muster.journal.event.ClusterEvent.ReplicaStarted;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import dev.muster.journal.state.ReplicaProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the journal may say of one replica: a hydration only of what has hydrated, and of a crash
 * loop little, and nothing good before it has proven itself.
 */
final class Streaks {
  private static final Duration HOUR = Duration.ofHours(1);

  /**
   * Causes that take turns are told at the powers of two, of some hundred failures an hour; a new
   * supervisor does not know how often they have.
   */
  private static final int OTHER_CAUSES_AN_HOUR = 16;

  private final World world;
  private final Map<ReplicaId, Deque<Instant>> otherCauses = new HashMap<>();

  Streaks(World world) {
    this.world = world;
  }

  /** Checks an event of a cluster before it is folded into its state. */
  void check(ClusterState.Live before, ClusterEvent event, Instant at) {
    if (event instanceof ReplicaHydrated hydrated) {
      hydrated(before, hydrated);
    } else if (event instanceof ReplicaStarted started) {
      started(before, started);
    } else if (event instanceof ReplicaFailed failed) {
      failed(before, failed, at);
    }
  }

  private static Optional<Replica> replica(ClusterState.Live state, ReplicaId id) {
    return state.replicas().stream().filter(replica -> replica.id().equals(id)).findFirst();
  }

  private void hydrated(ClusterState.Live before, ReplicaHydrated event) {
    Violation.unless(
        replica(before, event.id())
            .map(replica -> world.host(replica.zone()))
            .filter(host -> host.hasHydrated(event.id(), event.incarnation()))
            .isPresent(),
        7,
        event + " of what never hydrated");
  }

  private void started(ClusterState.Live before, ReplicaStarted event) {
    Optional<Replica> looping =
        replica(before, event.id())
            .filter(
                replica ->
                    replica.progress() instanceof ReplicaProgress.Failed failed
                        && failed.loops()
                        // What was lost with its host may be found again as it was.
                        && failed.failure().kind() != ReplicaFailure.Kind.HOST_LOST);
    if (looping.isEmpty()) {
      return;
    }
    int failures = ((ReplicaProgress.Failed) looping.get().progress()).consecutiveFailures();
    Process process = world.host(looping.get().zone()).processes().get(event.id());
    if (process != null && process.incarnation == event.incarnation()) {
      long servedMicros =
          process.hydrated ? world.agenda().nowMicros() - process.hydratedMicros : 0;
      Violation.unless(
          servedMicros >= world.backoff().proving(failures).toMillis() * 1_000,
          7,
          event + " is believed after " + failures + " failures in a row");
    }
  }

  private boolean isOtherCauseInBounds(
      ReplicaProgress.Failed last, ReplicaFailed event, Instant at) {
    if (last.failure().kind() == event.failure().kind()) {
      return false;
    }
    Deque<Instant> told = otherCauses.computeIfAbsent(event.id(), id -> new ArrayDeque<>());
    told.removeIf(earlier -> !at.isBefore(earlier.plus(HOUR)));
    told.add(at);
    return told.size() <= OTHER_CAUSES_AN_HOUR;
  }

  private void failed(ClusterState.Live before, ReplicaFailed event, Instant at) {
    Replica replica = replica(before, event.id()).orElseThrow();
    Optional<ReplicaFailure.Kind> why =
        world
            .host(replica.zone())
            .lastEnd(event.id())
            .filter(end -> end.incarnation() == event.incarnation())
            .map(end -> end.failure().kind());
    Violation.unless(
        why.isEmpty()
            || why.get() == event.failure().kind()
            || event.failure().kind() == ReplicaFailure.Kind.HOST_LOST,
        10,
        () -> event + " of what ended as " + why);
    ReplicaProgress known = replica.progress();
    if (known instanceof ReplicaProgress.Failed last && last.loops()) {
      Violation.unless(
          Integer.bitCount(event.consecutiveFailures()) == 1
              || event.failure().kind() == ReplicaFailure.Kind.HOST_LOST
              || !at.isBefore(last.since().instant().plus(HOUR))
              || isOtherCauseInBounds(last, event, at),
          4,
          event + " floods the journal, after " + last);
    }
  }
}
