package dev.muster.actors.reconcile;

import dev.muster.journal.event.AutoScalingStrategy;
import dev.muster.journal.event.BurstEnd;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.BurstCaughtUp;
import dev.muster.journal.event.ClusterEvent.BurstEnded;
import dev.muster.journal.event.ClusterEvent.BurstResumed;
import dev.muster.journal.event.ClusterEvent.BurstStarted;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.state.Burst;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code AUTO SCALING STRATEGY (ON HYDRATION (...))}: while no steady replica serves, one more,
 * named {@code r1-burst}, of the size that the strategy names.
 *
 * <pre>
 *   no steady replica serves          one does, for as long as the linger duration
 *   BurstStarted ------> helping out ------ BurstCaughtUp -----> lingering ------> BurstEnded
 *                            ^                                      |
 *                            +------------- BurstResumed -----------+
 *                                     none serves any more
 * </pre>
 *
 * <p>It ends early where the cluster is turned off, or where its strategy is changed or removed; in
 * the latter case not while the replica that helps out is the only one that serves (invariant 7).
 */
public final class HydrationBurst implements Strategy {
  static final String BURST_SUFFIX = "-burst";

  /** What the replica is called. */
  public static final String NAME = "r1" + BURST_SUFFIX;

  @Override
  public List<ClusterEvent> advance(Situation situation) {
    Optional<Burst> under = situation.state().burst();
    if (under.isEmpty()) {
      return begin(situation);
    }
    Optional<BurstEnd> early = endsEarly(under.get(), situation);
    if (early.isEmpty()) {
      return move(under.get(), situation).stream().toList();
    }
    List<ClusterEvent> events = new ArrayList<>();
    events.add(new BurstEnded(early.get()));
    events.addAll(begin(situation));
    return events;
  }

  private static List<ClusterEvent> begin(Situation situation) {
    ClusterState.Live state = situation.state();
    return isOn(state) && !steadyServes(situation)
        ? wantedSize(situation).<ClusterEvent>map(BurstStarted::new).stream().toList()
        : List.of();
  }

  private static boolean isOn(ClusterState.Live state) {
    return state.managed().orElseThrow().replicationFactor() > 0;
  }

  /** Empty where there is no strategy, or one that would be of no help. */
  private static Optional<String> wantedSize(Situation situation) {
    Managed realized = situation.state().managed().orElseThrow();
    return realized
        .autoScaling()
        .map(AutoScalingStrategy::hydrationSize)
        .filter(size -> !size.equals(realized.size()))
        .filter(size -> situation.sizes().find(size).isPresent());
  }

  private static Optional<BurstEnd> endsEarly(Burst under, Situation situation) {
    ClusterState.Live state = situation.state();
    if (!isOn(state)) {
      return Optional.of(BurstEnd.TURNED_OFF);
    }
    if (!situation.replicasFound()) {
      return Optional.empty();
    }
    Optional<String> wanted = wantedSize(situation);
    boolean asWanted = wanted.equals(Optional.of(under.size()));
    boolean lingers = under.lingersUntil().isPresent() && wanted.isPresent();
    if (asWanted || lingers || helpsAlone(situation)) {
      return Optional.empty();
    }
    boolean reached = under.size().equals(state.managed().orElseThrow().size());
    return Optional.of(reached ? BurstEnd.SIZE_REACHED : BurstEnd.STRATEGY_CHANGED);
  }

  /** Whether the replica that helps out is the only one that serves. */
  public static boolean isNeeded(ClusterState.Live state) {
    return !Steady.serves(state) && state.replica(NAME).filter(Replica::serves).isPresent();
  }

  /** What is in a zone that is lost is about to be placed anew, whatever was last heard of it. */
  private static boolean steadyServes(Situation situation) {
    return situation.state().replicas().stream()
        .anyMatch(
            replica -> Steady.isSteady(replica) && replica.serves() && !situation.isLost(replica));
  }

  private static boolean helpsAlone(Situation situation) {
    return !steadyServes(situation)
        && situation.state().replica(NAME).filter(Replica::serves).isPresent();
  }

  private static Optional<ClusterEvent> move(Burst under, Situation situation) {
    if (!steadyServes(situation)) {
      return under.lingersUntil().map(until -> new BurstResumed());
    }
    if (!situation.replicasFound()) {
      return Optional.empty();
    }
    Instant now = situation.instant();
    Instant until = under.lingersUntil().orElseGet(() -> now.plus(linger(situation)));
    if (!now.isBefore(until)) {
      return Optional.of(new BurstEnded(BurstEnd.CAUGHT_UP));
    }
    return under.lingersUntil().isPresent()
        ? Optional.empty()
        : Optional.of(new BurstCaughtUp(until));
  }

  /** Nothing to wait for where the strategy has gone. */
  private static Duration linger(Situation situation) {
    return situation
        .state()
        .managed()
        .flatMap(Managed::autoScaling)
        .map(strategy -> strategy.lingerDuration().orElse(situation.scaling().burstLinger()))
        .orElse(Duration.ZERO);
  }

  /** A change of the settings does not concern the replica that helps out. */
  @Override
  public List<Desire> desire(Situation situation) {
    ClusterState.Live state = situation.state();
    Managed realized = state.managed().orElseThrow();
    ReplicaSettings settings =
        state.replica(NAME).map(Replica::settings).orElse(realized.settings());
    return state.burst().stream()
        .filter(under -> situation.sizes().find(under.size()).isPresent())
        .map(under -> new ReplicaShape(under.size(), zones(realized, situation), settings))
        .map(shape -> new Desire(shape, 1, BURST_SUFFIX, Reason.HYDRATION_BURST))
        .toList();
  }

  /** Nor does one of the zones while it serves: it may be the only one that does. */
  private static List<String> zones(Managed realized, Situation situation) {
    List<String> declared = realized.availabilityZones();
    Optional<String> taken =
        situation
            .state()
            .replica(NAME)
            .filter(replica -> replica.serves() && !situation.isLost(replica))
            .map(Replica::zone)
            .filter(zone -> !declared.isEmpty() && !declared.contains(zone));
    return taken.map(List::of).orElse(declared);
  }

  @Override
  public Optional<Reason> drops(Replica replica) {
    return isBurst(replica) ? Optional.of(Reason.HYDRATION_BURST) : Optional.empty();
  }

  /** Whether the replica is there for a burst, and is none of the cluster's own. */
  public static boolean isBurst(Replica replica) {
    return replica.name().equals(NAME);
  }
}
