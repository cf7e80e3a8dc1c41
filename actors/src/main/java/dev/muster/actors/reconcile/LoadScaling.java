package dev.muster.actors.reconcile;

import dev.muster.api.size.ReplicaSize;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ReconfigurationStarted;
import dev.muster.journal.event.ClusterEvent.ScalingDecided;
import dev.muster.journal.event.LoadFigures;
import dev.muster.journal.event.OnTimeout;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.ReconfigurationTarget;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ScalingCause;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Reconfiguration;
import dev.muster.journal.state.Replica;
import dev.muster.journal.state.ReplicaProgress;
import dev.muster.journal.state.ScalingDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code MIN SIZE} and {@code MAX SIZE}: the size follows the load, by reconfigurations that are
 * graceful as any other.
 *
 * <p>It grows when the busiest steady replica has been busy for the grow window, to the smallest
 * size that has room to spare; and when one was killed for want of memory, to the next size. It
 * shrinks by one size when that one would have had room to spare for all that any replica used in
 * the much longer shrink window. What counts as busy is more than what leaves room to spare, and so
 * no constant load moves it to and fro. After a move it rests for the cool-down, which counts from
 * what is journaled. It decides nothing while a reconfiguration or a burst is under way, nor within
 * a statement.
 */
public final class LoadScaling implements Strategy {
  /** To which size, and why. */
  private record Move(ReplicaSize to, ScalingCause cause, LoadFigures figures) {}

  @Override
  public List<ClusterEvent> advance(Situation situation) {
    ClusterState.Live state = situation.state();
    Managed realized = state.managed().orElseThrow();
    boolean mayDecide =
        realized.sizeRange().isPresent()
            && realized.replicationFactor() > 0
            && !situation.isAsked()
            && state.reconfiguration().isEmpty()
            && state.burst().isEmpty()
            && !situation.instant().isBefore(restsUntil(state, situation.scaling().load()));
    return mayDecide
        ? decide(realized, situation)
            .map(move -> begin(realized, move, situation))
            .orElse(List.of())
        : List.of();
  }

  /** Until when nothing is decided because something was moved. */
  static Instant restsUntil(ClusterState.Live state, LoadSettings settings) {
    return Stream.concat(
            state.latestScaling().map(ScalingDecision::at).stream(),
            state.latestReconfiguration().map(Reconfiguration::since).stream())
        .map(at -> at.instant().plus(settings.coolDown()))
        .max(Instant::compareTo)
        .orElse(Instant.MIN);
  }

  private static List<ClusterEvent> begin(Managed realized, Move move, Situation situation) {
    ReconfigurationTarget from = ReconfigurationTarget.of(realized);
    ReconfigurationTarget target = ReconfigurationTarget.of(realized.withSize(move.to().name()));
    Instant deadline = situation.instant().plus(situation.scaling().load().timeout());
    return List.of(
        new ScalingDecided(realized.size(), move.to().name(), move.cause(), move.figures()),
        new ReconfigurationStarted(
            from, target, deadline, OnTimeout.ROLLBACK, Origin.SYSTEM.role()));
  }

  private static Optional<Move> decide(Managed realized, Situation situation) {
    SizeSteps steps = SizeSteps.of(realized.sizeRange().orElseThrow(), situation.sizes());
    if (!steps.contains(realized.size())) {
      return situation
          .sizes()
          .find(steps.nearest(realized.size()))
          .map(to -> new Move(to, ScalingCause.OUT_OF_RANGE, LoadFigures.NONE));
    }
    return situation
        .sizes()
        .find(realized.size())
        .flatMap(
            size ->
                grow(size, steps, situation).or(() -> shrink(realized, size, steps, situation)));
  }

  private static List<Replica> serving(ClusterState.Live state) {
    return state.replicas().stream().filter(Steady::isSteady).filter(Replica::serves).toList();
  }

  private static List<ReplicaId> ids(List<Replica> replicas) {
    return replicas.stream().map(Replica::id).toList();
  }

  private static Optional<Move> grow(ReplicaSize size, SizeSteps steps, Situation situation) {
    List<ReplicaSize> larger = steps.above(size);
    if (larger.isEmpty()) {
      return Optional.empty();
    }
    LoadSettings settings = situation.scaling().load();
    LoadFigures figures =
        situation
            .utilization()
            .average(ids(serving(situation.state())), situation.instant(), settings.growWindow());
    if (situation.state().replicas().stream().anyMatch(LoadScaling::isOutOfMemory)) {
      return Optional.of(new Move(larger.getFirst(), ScalingCause.OUT_OF_MEMORY, figures));
    }
    return busy(figures, settings)
        .map(
            cause ->
                new Move(
                    larger.stream()
                        .filter(step -> hasRoom(step, size, figures, settings))
                        .findFirst()
                        .orElse(larger.getLast()),
                    cause,
                    figures));
  }

  private static boolean isOutOfMemory(Replica replica) {
    return Steady.isSteady(replica)
        && replica.progress() instanceof ReplicaProgress.Failed failed
        && failed.failure().kind() == ReplicaFailure.Kind.OOM_KILLED;
  }

  /** Which of the two is the scarcer, where either is scarce. */
  private static Optional<ScalingCause> busy(LoadFigures figures, LoadSettings settings) {
    int cpuOver = figures.cpuPercent() - settings.growAboveCpuPercent();
    int memoryOver = figures.memoryPercent() - settings.growAboveMemoryPercent();
    if (Math.max(cpuOver, memoryOver) < 0 || figures.replicas() == 0) {
      return Optional.empty();
    }
    return Optional.of(cpuOver >= memoryOver ? ScalingCause.CPU_HIGH : ScalingCause.MEMORY_HIGH);
  }

  /** Whether what was used of one size would leave room to spare in another. */
  private static boolean hasRoom(
      ReplicaSize other, ReplicaSize size, LoadFigures figures, LoadSettings settings) {
    double cpu =
        (double) figures.cpuPercent() * size.totalCpuNanoCores() / other.totalCpuNanoCores();
    double memory =
        (double) figures.memoryPercent() * size.totalMemoryBytes() / other.totalMemoryBytes();
    return Math.max(cpu, memory) <= settings.fillUpToPercent();
  }

  private static Optional<Move> shrink(
      Managed realized, ReplicaSize size, SizeSteps steps, Situation situation) {
    List<ReplicaSize> smaller = steps.below(size);
    List<Replica> serving = serving(situation.state());
    if (smaller.isEmpty() || serving.size() < realized.replicationFactor()) {
      return Optional.empty();
    }
    LoadSettings settings = situation.scaling().load();
    LoadFigures figures =
        withHydration(
            situation
                .utilization()
                .peak(ids(serving), situation.instant(), settings.shrinkWindow()),
            serving);
    return Optional.of(smaller.getLast())
        .filter(step -> figures.replicas() == serving.size())
        .filter(step -> hasRoom(step, size, figures, settings))
        .filter(step -> !provedTooSmall(step, situation))
        .map(step -> new Move(step, ScalingCause.LOAD_LOW, figures));
  }

  /** A replica must be able to hydrate in the smaller size too. */
  private static LoadFigures withHydration(LoadFigures figures, List<Replica> serving) {
    int memoryPercent =
        serving.stream()
            .map(Replica::progress)
            .filter(ReplicaProgress.Online.class::isInstance)
            .map(ReplicaProgress.Online.class::cast)
            .flatMap(online -> online.hydration().stream())
            .filter(hydration -> hydration.memoryLimitBytes() > 0)
            .mapToInt(
                hydration ->
                    (int) (100 * hydration.peakMemoryBytes() / hydration.memoryLimitBytes()))
            .reduce(figures.memoryPercent(), Math::max);
    return new LoadFigures(
        figures.window(), figures.replicas(), figures.cpuPercent(), memoryPercent);
  }

  /** Replicas of it ran out of memory, or could not hydrate, not long ago. */
  private static boolean provedTooSmall(ReplicaSize step, Situation situation) {
    Duration rest = situation.scaling().load().retryAfter();
    boolean ranOutOfMemory =
        situation
            .state()
            .latestScaling()
            .filter(latest -> latest.cause() == ScalingCause.OUT_OF_MEMORY)
            .filter(latest -> situation.instant().isBefore(latest.at().instant().plus(rest)))
            .flatMap(latest -> situation.sizes().find(latest.fromSize()))
            .filter(tooSmall -> ReplicaSize.BY_EXTENT.compare(step, tooSmall) <= 0)
            .isPresent();
    boolean timedOut =
        situation
            .state()
            .latestReconfiguration()
            .filter(latest -> latest.status() == Reconfiguration.Status.TIMED_OUT)
            .filter(latest -> latest.target().size().equals(step.name()))
            .filter(latest -> situation.instant().isBefore(latest.since().instant().plus(rest)))
            .isPresent();
    return ranOutOfMemory || timedOut;
  }

  /** The replicas are the reconfiguration's. */
  @Override
  public List<Desire> desire(Situation situation) {
    return List.of();
  }
}
