package dev.muster.actors.reconcile;

import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ReconfigurationFinished;
import dev.muster.journal.event.ClusterEvent.ReconfigurationTimedOut;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReconfigurationTarget;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaPromotion;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Reconfiguration;
import dev.muster.journal.state.Replica;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The target of a reconfiguration: replicas of another shape, named {@code r1-pending} and so on,
 * that hydrate beside those that serve.
 *
 * <pre>
 *                         +---- another target ----+
 *                         v                        |
 *   ReconfigurationStarted --> in progress --------+
 *                                |  |  |
 *       the whole target         |  |  |   ALTER back to what is realized
 *       has hydrated; or the     |  |  +--------------------> ReconfigurationCancelled
 *       deadline, with COMMIT    |  |
 *                                |  |   the deadline, with ROLLBACK
 *   ReconfigurationFinished <----+  +-----------------------> ReconfigurationTimedOut
 * </pre>
 *
 * <p>Success comes before the timeout: what has hydrated when the deadline is found to have passed
 * is cut over to.
 */
public final class GracefulReconfiguration implements Strategy {
  static final String PENDING_SUFFIX = "-pending";

  @Override
  public List<ClusterEvent> advance(Situation situation) {
    return situation.state().reconfiguration().flatMap(under -> end(under, situation)).stream()
        .toList();
  }

  private static Optional<ClusterEvent> end(Reconfiguration under, Situation situation) {
    if (hasHydrated(situation, under.target())) {
      return Optional.of(cutOver(situation.state(), true));
    }
    if (!situation.replicasFound() || situation.instant().isBefore(under.deadline())) {
      return Optional.empty();
    }
    return Optional.of(
        switch (under.onTimeout()) {
          case COMMIT -> cutOver(situation.state(), false);
          case ROLLBACK -> new ReconfigurationTimedOut(under.target(), under.deadline());
        });
  }

  @Override
  public List<Desire> desire(Situation situation) {
    Managed realized = situation.state().managed().orElseThrow();
    return situation
        .state()
        .reconfiguration()
        .map(
            under ->
                new Desire(
                    ReplicaShape.of(under.target().applyTo(realized)),
                    under.target().replicationFactor(),
                    PENDING_SUFFIX,
                    reason(under, situation.state())))
        .stream()
        .toList();
  }

  /** Whether a user asked for it, or the load did. */
  private static Reason reason(Reconfiguration under, ClusterState.Live state) {
    boolean decided =
        under.startedBy().equals(Origin.SYSTEM.role())
            && state
                .latestScaling()
                .filter(latest -> latest.toSize().equals(under.target().size()))
                .isPresent();
    return decided ? Reason.LOAD : Reason.RECONFIGURATION;
  }

  @Override
  public Optional<Reason> drops(Replica replica) {
    return isPending(replica) ? Optional.of(Reason.RECONFIGURATION) : Optional.empty();
  }

  /** Whether the replica is there for a reconfiguration, and does not count as realized yet. */
  public static boolean isPending(Replica replica) {
    return replica.name().endsWith(PENDING_SUFFIX);
  }

  /** The replicas of the target that there are, in the order of their numbers. */
  public static List<Replica> pending(ClusterState.Live state, ReconfigurationTarget target) {
    return IntStream.rangeClosed(1, target.replicationFactor())
        .mapToObj(number -> state.replica("r" + number + PENDING_SUFFIX))
        .flatMap(Optional::stream)
        .toList();
  }

  /** What is in a zone that is lost serves no more, whatever was last heard of it. */
  private static boolean hasHydrated(Situation situation, ReconfigurationTarget target) {
    List<Replica> pending = pending(situation.state(), target);
    return pending.size() == target.replicationFactor()
        && pending.stream().allMatch(replica -> isOfTarget(replica, target))
        && pending.stream().allMatch(Replica::serves)
        && pending.stream().noneMatch(situation::isLost);
  }

  /** Right after a change of target the replicas may still be those of the target before. */
  private static boolean isOfTarget(Replica replica, ReconfigurationTarget target) {
    return replica.size().equals(target.size())
        && replica.settings().equals(target.settings())
        && (target.availabilityZones().isEmpty()
            || target.availabilityZones().contains(replica.zone()));
  }

  /** The cut-over to the target of the reconfiguration under way: one event. */
  public static ReconfigurationFinished cutOver(ClusterState.Live state, boolean hydrated) {
    Reconfiguration under = state.reconfiguration().orElseThrow();
    List<ReplicaPromotion> promoted = new ArrayList<>();
    for (Replica replica : pending(state, under.target())) {
      String name = replica.name();
      promoted.add(
          new ReplicaPromotion(
              replica.id(), name, name.substring(0, name.length() - PENDING_SUFFIX.length())));
    }
    List<ReplicaId> retired =
        state.replicas().stream()
            .filter(replica -> !HydrationBurst.isBurst(replica))
            .map(Replica::id)
            .filter(id -> promoted.stream().noneMatch(one -> one.id().equals(id)))
            .toList();
    return new ReconfigurationFinished(
        ReconfigurationTarget.of(state.managed().orElseThrow()),
        under.target(),
        hydrated,
        promoted,
        retired);
  }
}
