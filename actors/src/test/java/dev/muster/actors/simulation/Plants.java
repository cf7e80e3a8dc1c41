package dev.muster.actors.simulation;

import dev.muster.actors.cluster.ReportDecider;
import dev.muster.actors.placement.Zones;
import dev.muster.actors.reconcile.Baseline;
import dev.muster.actors.reconcile.Desire;
import dev.muster.actors.reconcile.GracefulReconfiguration;
import dev.muster.actors.reconcile.HydrationBurst;
import dev.muster.actors.reconcile.LoadScaling;
import dev.muster.actors.reconcile.Reconciler;
import dev.muster.actors.reconcile.Situation;
import dev.muster.actors.reconcile.Strategy;
import dev.muster.actors.reconcile.ZoneRepair;
import dev.muster.actors.replica.Backoff;
import dev.muster.actors.replica.ReplicaReport;
import dev.muster.actors.replica.SupervisorDriver;
import dev.muster.actors.runtime.Liveness;
import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The planted defects that take more than leaving something out. */
final class Plants {
  /** Those that decide otherwise than the product does. */
  private static final Map<Plant, Supplier<Reconciler>> RECONCILERS =
      Map.ofEntries(
          Map.entry(
              Plant.DROP_BEFORE_ADD, () -> new Reconciler(List.of(new Baseline(), new Hasty()))),
          Map.entry(
              Plant.REPAIR_DROPS_FIRST,
              () ->
                  new Reconciler(
                      List.of(new Baseline(), new GracefulReconfiguration(), new HastyRepair()))),
          Map.entry(
              Plant.REPAIR_NEVER_BEGINS,
              () -> new Reconciler(List.of(new Baseline(), new GracefulReconfiguration()))),
          Map.entry(
              Plant.BURST_OUTSTAYS,
              () -> ScalingPlants.reconciler(ScalingPlants.outstays(), new LoadScaling())),
          Map.entry(
              Plant.BURST_ENDS_EARLY,
              () -> ScalingPlants.reconciler(ScalingPlants.endsEarly(), new LoadScaling())),
          Map.entry(
              Plant.BURST_TWICE,
              () -> ScalingPlants.reconciler(ScalingPlants.wantsMore(), new LoadScaling())),
          Map.entry(
              Plant.SCALING_UNBOUNDED,
              () -> ScalingPlants.reconciler(new HydrationBurst(), ScalingPlants.unbounded())),
          Map.entry(
              Plant.SCALING_RESTLESS,
              () -> ScalingPlants.reconciler(new HydrationBurst(), ScalingPlants.restless())),
          Map.entry(
              Plant.SCALING_NERVOUS,
              () -> ScalingPlants.reconciler(new HydrationBurst(), ScalingPlants.nervous())),
          Map.entry(
              Plant.SCALING_IMMEDIATE,
              () -> ScalingPlants.reconciler(new HydrationBurst(), ScalingPlants.immediate())),
          Map.entry(
              Plant.DECIDES_BY_MOOD,
              () -> new Reconciler(List.of(new Moody(), new GracefulReconfiguration()))));

  private static final Map<Plant, SupervisorDriver.Flaw> FLAWS =
      Map.of(
          Plant.JOURNAL_FLOODED, SupervisorDriver.Flaw.FORGETS_WHAT_IT_TOLD,
          Plant.HYDRATION_INVENTED, SupervisorDriver.Flaw.TAKES_STARTED_FOR_HYDRATED,
          Plant.LOOP_BELIEVED, SupervisorDriver.Flaw.PROVES_NOTHING);

  private Plants() {}

  static Reconciler reconciler(Plant plant) {
    return RECONCILERS.getOrDefault(plant, () -> Reconciler.STANDARD).get();
  }

  static Zones zones(Plant plant, Zones zones) {
    if (plant == Plant.DOUBLE_PLACEMENT) {
      return new Zones(zones.configured(), Set.of(zones.configured().get(0)));
    }
    return plant == Plant.LOST_ZONE_IGNORED ? Zones.of(zones.configured()) : zones;
  }

  /** Sometimes names the replicas the other way round. */
  private static final class Moody implements Strategy {
    private static final int EVEN_TEMPERED = 50;

    private final Baseline baseline = new Baseline();
    private int asked;

    @Override
    public List<Desire> desire(Situation situation) {
      List<Desire> desires = baseline.desire(situation);
      return ++asked % EVEN_TEMPERED == 0
          ? desires.stream().map(Moody::reversed).toList()
          : desires;
    }

    private static Desire reversed(Desire desire) {
      return new Desire(
          desire.shape(),
          desire.nameSuffix(),
          desire.names().reversed(),
          desire.reason(),
          desire.exact());
    }
  }

  /** Takes the old replica away as soon as there is a new one, which has not hydrated. */
  private static final class HastyRepair implements Strategy {
    private final ZoneRepair repair = new ZoneRepair();

    @Override
    public List<ClusterEvent> advance(Situation situation) {
      List<ClusterEvent> events = new ArrayList<>();
      for (Replica moving : situation.state().replicas()) {
        if (ZoneRepair.isMoving(moving)) {
          String name = moving.name().replace("-moving", "");
          situation
              .state()
              .replica(name)
              .ifPresent(
                  old -> {
                    events.add(new ClusterEvent.ReplicaDropped(old.id(), Reason.ZONE_REPAIR));
                    events.add(new ClusterEvent.ReplicaRenamed(moving.id(), moving.name(), name));
                  });
        }
      }
      return events;
    }

    @Override
    public List<Desire> desire(Situation situation) {
      return repair.desire(situation);
    }
  }

  static Backoff backoff(Plant plant) {
    return plant == Plant.NO_BACKOFF
        ? new Backoff(Duration.ofMillis(1), Duration.ofMillis(1), Duration.ZERO)
        : new Backoff(
            Duration.ofMillis(World.BACKOFF_MIN_MILLIS),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10));
  }

  /** Lets replicas run that no event asks for yet. */
  static void startEarly(World world, ClusterState wanted) {
    if (wanted instanceof ClusterState.Live live) {
      for (Replica replica : live.replicas()) {
        Host host = world.host(replica.zone());
        if (host.isAlive() && !host.inventory().contains(replica.id())) {
          host.start(replica.id(), 1, signal -> {});
        }
      }
    }
  }

  /** What the answer to a question makes of how a replica counts. */
  static Liveness asked(Plant plant, Liveness before, Instant at, boolean answered) {
    if (plant == Plant.HANGING_IGNORED) {
      return before.asked(at, true);
    }
    return plant == Plant.HANGING_SUSPECTED && !answered
        ? Liveness.of(1).asked(at, false)
        : before.asked(at, answered);
  }

  /** What a supervisor hears. */
  static RuntimeSignal heard(Plant plant, RuntimeSignal signal) {
    return plant == Plant.CAUSE_GUESSED && signal instanceof RuntimeSignal.Ended ended
        ? new RuntimeSignal.Ended(
            ended.id(),
            ended.incarnation(),
            new ReplicaFailure(ReplicaFailure.Kind.EXITED, Optional.empty()))
        : signal;
  }

  /** What is wrong with every supervisor. */
  static SupervisorDriver.Flaw flaw(Plant plant) {
    return FLAWS.getOrDefault(plant, SupervisorDriver.Flaw.NONE);
  }

  /** Takes every report of a failure for news, however old. */
  static Optional<ClusterEvent> believe(ClusterState state, ReplicaReport report) {
    boolean known =
        state instanceof ClusterState.Live live
            && live.replicas().stream().anyMatch(replica -> replica.id().equals(report.id()));
    return known && report instanceof ReplicaReport.Failed failed
        ? Optional.of(
            new ClusterEvent.ReplicaFailed(
                failed.id(), failed.incarnation(), failed.failure(), failed.consecutiveFailures()))
        : ReportDecider.decide(state, report);
  }

  /** Cuts over as soon as it is asked to, to replicas that have not hydrated. */
  private static final class Hasty implements Strategy {
    private final GracefulReconfiguration graceful = new GracefulReconfiguration();

    @Override
    public List<ClusterEvent> advance(Situation situation) {
      return situation.state().reconfiguration().isPresent()
          ? List.of(GracefulReconfiguration.cutOver(situation.state(), false))
          : List.of();
    }

    @Override
    public List<Desire> desire(Situation situation) {
      return graceful.desire(situation);
    }
  }
}
