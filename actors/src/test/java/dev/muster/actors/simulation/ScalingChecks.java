package dev.muster.actors.simulation;

import dev.muster.actors.reconcile.HydrationBurst;
import dev.muster.actors.reconcile.Steady;
import dev.muster.journal.event.AutoScalingStrategy;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.state.Burst;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What holds of clusters that Muster scales by itself (part of invariants 5 and 7). */
final class ScalingChecks {
  /** After its time a burst ends within the delay of a pass, and a restart of the control plane. */
  private static final long BURST_BOUND_MICROS = 10_000_000;

  private final World world;
  private final Map<ClusterId, Long> overdueSince = new HashMap<>();

  ScalingChecks(World world) {
    this.world = world;
  }

  /** After each write of a cluster. */
  void written(ClusterState.Live live) {
    if (live.managed().isEmpty()) {
      return;
    }
    Managed managed = live.managed().get();
    List<Replica> bursts = live.replicas().stream().filter(HydrationBurst::isBurst).toList();
    Violation.unless(bursts.size() <= 1, 5, "several replicas of a burst: " + live);
    Violation.unless(
        bursts.isEmpty() || live.burst().isPresent(), 5, "a burst without a record: " + live);
    for (Replica replica : bursts) {
      String size = live.burst().map(Burst::size).orElse("");
      Violation.unless(replica.size().equals(size), 5, "a burst is of another size: " + live);
    }
    Violation.unless(
        bursts.isEmpty() || managed.replicationFactor() > 0, 5, "off, and bursts: " + live);
  }

  /** From time to time: a burst does not outstay its linger duration. */
  void bursts() {
    long now = world.agenda().nowMicros();
    for (ClusterState state : world.journal().states().values()) {
      if (state instanceof ClusterState.Live live && isOverdue(live) && world.isUp()) {
        long since = overdueSince.computeIfAbsent(live.id(), ignored -> now);
        long bound = Math.max(since, world.upSinceMicros()) + BURST_BOUND_MICROS;
        Violation.unless(now <= bound, 5, "a burst outstays its time: " + live);
      } else if (state instanceof ClusterState.Live live) {
        overdueSince.remove(live.id());
      }
    }
  }

  private boolean isOverdue(ClusterState.Live live) {
    return live.burst()
        .flatMap(Burst::lingersUntil)
        .filter(until -> until.isBefore(world.instant()))
        .isPresent();
  }

  /** Why the burst is not at rest yet. */
  Optional<String> unrest(ClusterState.Live live) {
    Optional<AutoScalingStrategy> strategy = live.managed().flatMap(Managed::autoScaling);
    if (live.burst().isPresent() && Steady.serves(live)) {
      return Optional.of("invariant 5: a burst that is not needed: " + live);
    }
    boolean helpless =
        live.managed().filter(managed -> managed.replicationFactor() > 0).isPresent()
            && !Steady.serves(live)
            && live.burst().isEmpty()
            && strategy.isPresent();
    return helpless
        ? Optional.of("invariant 5: no burst, and no steady one serves: " + live)
        : Optional.empty();
  }
}
