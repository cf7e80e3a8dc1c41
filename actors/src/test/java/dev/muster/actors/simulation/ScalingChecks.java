package dev.muster.actors.simulation;

import dev.muster.actors.reconcile.SizeSteps;
import dev.muster.actors.reconcile.Steady;
import dev.muster.journal.event.AutoScalingStrategy;
import dev.muster.journal.event.BurstEnd;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.BurstEnded;
import dev.muster.journal.event.ClusterEvent.ReconfigurationFinished;
import dev.muster.journal.event.ClusterEvent.ScalingDecided;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.event.ScalingCause;
import dev.muster.journal.state.Burst;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import dev.muster.journal.state.ScalingDecision;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What holds of clusters that Muster scales by itself (part of invariants 5 and 7). */
final class ScalingChecks {
  /** After its time a burst ends within the delay of a pass, and a restart of the control plane. */
  private static final long BURST_BOUND_MICROS = 10_000_000;

  /** How far back a decision may look, with a clock that stood still meanwhile. */
  private static final long UNSTEADY_MICROS = 24_000_000;

  private final World world;
  private final Map<ClusterId, Long> decidedMicros = new HashMap<>();
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
    List<Replica> bursts =
        live.replicas().stream().filter(replica -> replica.name().endsWith("-burst")).toList();
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

  /**
   * Each decision about the size, before which the state was this.
   *
   * @param informed the same with all news in it: of replicas that go they are not journaled
   */
  void decided(
      ClusterState.Live before, ClusterState informed, List<Recorded<ClusterEvent>> events) {
    ClusterState state = before;
    for (Recorded<ClusterEvent> recorded : events) {
      if (state instanceof ClusterState.Live live
          && recorded.event() instanceof ScalingDecided decided) {
        inBounds(live, decided);
        rested(live, recorded);
        noReversal(live, decided);
        decidedMicros.put(live.id(), world.agenda().nowMicros());
      }
      if (state instanceof ClusterState.Live live
          && recorded.event() instanceof ReconfigurationFinished finished) {
        Violation.unless(
            !isByLoad(live) || isInRange(live, finished.target().size()),
            5,
            "cut over to a size out of range: " + finished + " in " + live);
      }
      if (state instanceof ClusterState.Live live
          && recorded.event().equals(new BurstEnded(BurstEnd.CAUGHT_UP))) {
        boolean caughtUp =
            Steady.serves(live)
                || informed instanceof ClusterState.Live known && Steady.serves(known);
        Violation.unless(caughtUp, 5, () -> "a burst ended, and nobody caught up: " + live);
      }
      state = state.evolve(recorded.at(), recorded.event());
    }
  }

  private static boolean isByLoad(ClusterState.Live live) {
    return live.reconfiguration().filter(u -> u.startedBy().equals("mz_system")).isPresent();
  }

  private boolean isInRange(ClusterState.Live live, String size) {
    return live.managed()
        .flatMap(Managed::sizeRange)
        .map(range -> SizeSteps.of(range, world.rules().sizes()).contains(size))
        .orElse(true);
  }

  private void inBounds(ClusterState.Live live, ScalingDecided decided) {
    Violation.unless(
        isInRange(live, decided.toSize()) && !decided.toSize().equals(decided.fromSize()),
        5,
        "out of range: " + decided + " in " + live);
    Violation.unless(
        live.burst().isEmpty(), 5, "resized during a burst: " + decided + " in " + live);
  }

  private void rested(ClusterState.Live live, Recorded<ClusterEvent> decision) {
    Instant rested = decision.at().instant().minus(world.rules().scaling().load().coolDown());
    boolean soon =
        live.latestScaling().filter(last -> last.at().instant().isAfter(rested)).isPresent()
            || live.latestReconfiguration()
                .filter(last -> last.since().instant().isAfter(rested))
                .isPresent();
    Violation.unless(!soon, 5, "no cool-down before " + decision + " in " + live);
  }

  /** A constant load does not move a cluster to and fro. */
  private void noReversal(ClusterState.Live live, ScalingDecided decided) {
    Optional<ScalingDecision> last =
        live.latestScaling().filter(one -> one.toSize().equals(decided.fromSize()));
    if (last.isEmpty() || grows(last.get().cause()).equals(grows(decided.cause()))) {
      return;
    }
    boolean measured = grows(last.get().cause()).isPresent() && grows(decided.cause()).isPresent();
    long now = world.agenda().nowMicros();
    long sinceMicros = decidedMicros.getOrDefault(live.id(), now) - UNSTEADY_MICROS;
    boolean constant = world.loads().sinceMicros(live.id()) < sinceMicros;
    Violation.unless(!measured || !constant, 5, "to and fro: " + last.get() + ", then " + decided);
  }

  private static Optional<Boolean> grows(ScalingCause cause) {
    return switch (cause) {
      case CPU_HIGH, MEMORY_HIGH -> Optional.of(true);
      case LOAD_LOW -> Optional.of(false);
      case OUT_OF_MEMORY, OUT_OF_RANGE -> Optional.empty();
    };
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
  Optional<Unrest> unrest(ClusterState.Live live) {
    Optional<AutoScalingStrategy> strategy = live.managed().flatMap(Managed::autoScaling);
    if (live.burst().isPresent() && Steady.serves(live)) {
      return Unrest.of(5, "a burst that is not needed: " + live);
    }
    boolean helpless =
        live.managed().filter(managed -> managed.replicationFactor() > 0).isPresent()
            && !Steady.serves(live)
            && live.burst().isEmpty()
            && strategy.isPresent();
    return helpless
        ? Unrest.of(5, "no burst, and no steady one serves: " + live)
        : Optional.empty();
  }
}
