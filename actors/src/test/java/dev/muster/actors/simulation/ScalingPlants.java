package dev.muster.actors.simulation;

import dev.muster.actors.reconcile.Baseline;
import dev.muster.actors.reconcile.Desire;
import dev.muster.actors.reconcile.GracefulReconfiguration;
import dev.muster.actors.reconcile.HydrationBurst;
import dev.muster.actors.reconcile.LoadScaling;
import dev.muster.actors.reconcile.LoadSettings;
import dev.muster.actors.reconcile.Reconciler;
import dev.muster.actors.reconcile.ScalingSettings;
import dev.muster.actors.reconcile.Situation;
import dev.muster.actors.reconcile.SizeSteps;
import dev.muster.actors.reconcile.Strategy;
import dev.muster.actors.reconcile.ZoneRepair;
import dev.muster.api.size.ReplicaSize;
import dev.muster.journal.event.BurstEnd;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.BurstCaughtUp;
import dev.muster.journal.event.ClusterEvent.BurstEnded;
import dev.muster.journal.event.ClusterEvent.ReconfigurationStarted;
import dev.muster.journal.event.ClusterEvent.ScalingDecided;
import dev.muster.journal.event.ClusterEvent.SizeChanged;
import dev.muster.journal.event.LoadFigures;
import dev.muster.journal.event.OnTimeout;
import dev.muster.journal.event.ReconfigurationTarget;
import dev.muster.journal.event.ScalingCause;
import dev.muster.journal.state.Replica;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** The planted defects of clusters that Muster scales by itself. */
final class ScalingPlants {
  private ScalingPlants() {}

  static Reconciler reconciler(Strategy burst, Strategy load) {
    return new Reconciler(
        List.of(new Baseline(), new GracefulReconfiguration(), new ZoneRepair(), burst, load));
  }

  /** A strategy that says something else than another one does. */
  private record Changed(
      Strategy strategy, BiFunction<Situation, List<ClusterEvent>, List<ClusterEvent>> change)
      implements Strategy {
    @Override
    public List<ClusterEvent> advance(Situation situation) {
      return change.apply(situation, strategy.advance(situation));
    }

    @Override
    public List<Desire> desire(Situation situation) {
      return strategy.desire(situation);
    }
  }

  /** Never sees that a steady replica has caught up. */
  static Strategy outstays() {
    return new Changed(
        new HydrationBurst(),
        (situation, events) ->
            events.stream()
                .filter(event -> !(event instanceof BurstCaughtUp))
                .filter(event -> !event.equals(new BurstEnded(BurstEnd.CAUGHT_UP)))
                .toList());
  }

  /** Takes its own replica for one that has caught up. */
  static Strategy endsEarly() {
    return new Changed(
        new HydrationBurst(),
        (situation, events) ->
            situation.state().burst().isPresent()
                    && situation.state().replicas().stream()
                        .anyMatch(replica -> HydrationBurst.isBurst(replica) && replica.serves())
                ? List.of(new BurstEnded(BurstEnd.CAUGHT_UP))
                : events);
  }

  /** Wants as many as there are steady ones. */
  static Strategy wantsMore() {
    HydrationBurst burst = new HydrationBurst();
    return new Strategy() {
      @Override
      public List<ClusterEvent> advance(Situation situation) {
        return burst.advance(situation);
      }

      @Override
      public List<Desire> desire(Situation situation) {
        return burst.desire(situation).stream()
            .map(one -> new Desire(one.shape(), 2, one.nameSuffix(), one.reason()))
            .toList();
      }
    };
  }

  /** Grows to whatever there is. */
  static Strategy unbounded() {
    return new Changed(
        new LoadScaling(),
        (situation, events) ->
            events.stream()
                .filter(ScalingDecided.class::isInstance)
                .map(ScalingDecided.class::cast)
                .filter(decided -> decided.cause() != ScalingCause.LOAD_LOW)
                .findFirst()
                .map(decided -> move(situation, "6400cc", decided.cause(), decided.figures()))
                .orElse(events));
  }

  private static List<ClusterEvent> move(
      Situation situation, String size, ScalingCause cause, LoadFigures figures) {
    Managed realized = situation.state().managed().orElseThrow();
    return List.of(
        new ScalingDecided(realized.size(), size, cause, figures),
        new ReconfigurationStarted(
            ReconfigurationTarget.of(realized),
            ReconfigurationTarget.of(realized.withSize(size)),
            situation.now().instant().plusSeconds(20),
            OnTimeout.ROLLBACK,
            "mz_system"));
  }

  /** Decides again as soon as it likes to. */
  static Strategy restless() {
    return new Changed(
        new LoadScaling(),
        (situation, events) -> new LoadScaling().advance(withoutCoolDown(situation)));
  }

  private static Situation withoutCoolDown(Situation situation) {
    LoadSettings settings = situation.scaling().load();
    LoadSettings none =
        new LoadSettings(
            settings.growAboveCpuPercent(),
            settings.growAboveMemoryPercent(),
            settings.fillUpToPercent(),
            settings.growWindow(),
            settings.shrinkWindow(),
            Duration.ZERO,
            settings.timeout(),
            settings.retryAfter());
    return new Situation(
        situation.state(),
        situation.now(),
        situation.zones(),
        situation.sizes(),
        situation.fleet(),
        situation.demand(),
        situation.occasion(),
        situation.mayMove(),
        situation.utilization(),
        new ScalingSettings(situation.scaling().burstLinger(), none),
        situation.replicasFound(),
        situation.refused());
  }

  /** Shrinks whenever it need not grow. */
  static Strategy nervous() {
    return new Changed(
        new LoadScaling(), (situation, events) -> events.isEmpty() ? shrink(situation) : events);
  }

  private static List<ClusterEvent> shrink(Situation situation) {
    boolean measured =
        situation.state().replicas().stream()
            .map(Replica::id)
            .anyMatch(situation.utilization().samples()::containsKey);
    boolean rested =
        situation
            .state()
            .latestReconfiguration()
            .filter(latest -> latest.since().epochMillis() + 6_000 > situation.now().epochMillis())
            .isEmpty();
    Managed realized = situation.state().managed().orElseThrow();
    if (!measured
        || !rested
        || situation.mayMove()
        || realized.sizeRange().isEmpty()
        || realized.replicationFactor() == 0
        || situation.state().reconfiguration().isPresent()
        || situation.state().burst().isPresent()) {
      return List.of();
    }
    List<String> steps =
        SizeSteps.of(realized.sizeRange().get(), situation.sizes()).steps().stream()
            .map(ReplicaSize::name)
            .toList();
    int step = steps.indexOf(realized.size());
    return step > 0
        ? move(situation, steps.get(step - 1), ScalingCause.LOAD_LOW, LoadFigures.NONE)
        : List.of();
  }

  /** Replaces what serves at once. */
  static Strategy immediate() {
    return new Changed(
        new LoadScaling(),
        (situation, events) -> {
          List<ClusterEvent> changed = new ArrayList<>();
          for (ClusterEvent event : events) {
            changed.add(
                event instanceof ReconfigurationStarted started
                    ? new SizeChanged(started.from().size(), started.target().size())
                    : event);
          }
          return changed;
        });
  }
}
