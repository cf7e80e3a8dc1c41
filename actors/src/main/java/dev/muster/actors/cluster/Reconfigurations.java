package dev.muster.actors.cluster;

import dev.muster.actors.reconcile.GracefulReconfiguration;
import dev.muster.api.catalog.ReplicaObservation;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.ReconfigurationHandle;
import dev.muster.api.command.ReconfigurationProgress;
import dev.muster.api.command.Rejection;
import dev.muster.journal.event.ReconfigurationTarget;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Reconfiguration;
import dev.muster.journal.state.Replica;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** What a statement that waits for a reconfiguration is told. */
public final class Reconfigurations {
  private Reconfigurations() {}

  /**
   * The reconfiguration that a command has started, given another target, or asked for again, and
   * that its statement may wait for: one that is under way, or that timed out at once.
   */
  public static Optional<ReconfigurationHandle> awaited(
      ClusterState before, ClusterCommand command, ClusterState after) {
    if (!(command instanceof ClusterCommand.Alter alter)
        || !concernsReplicas(alter)
        || !(after instanceof ClusterState.Live live)) {
      return Optional.empty();
    }
    return live.latestReconfiguration()
        .filter(
            latest ->
                switch (latest.status()) {
                  case IN_PROGRESS -> true;
                  case TIMED_OUT -> !latest(before).equals(Optional.of(latest));
                  case FINISHED, FORCED, CANCELLED -> false;
                })
        .map(latest -> new ReconfigurationHandle(latest.startedAt(), latest.target()));
  }

  private static Optional<Reconfiguration> latest(ClusterState state) {
    return state instanceof ClusterState.Live live
        ? live.latestReconfiguration()
        : Optional.empty();
  }

  private static boolean concernsReplicas(ClusterCommand.Alter alter) {
    return alter.waitPolicy().waits()
        || alter.size().isMentioned()
        || alter.replicationFactor().isMentioned()
        || alter.availabilityZones().isMentioned()
        || alter.introspectionInterval().isMentioned()
        || alter.introspectionDebugging().isMentioned()
        || alter.idleArrangementMergeEffort().isMentioned()
        || alter.disk().isMentioned();
  }

  /**
   * How far a reconfiguration is.
   *
   * @param observations what was last seen of a replica
   */
  public static ReconfigurationProgress progress(
      ClusterState state,
      ReconfigurationHandle awaited,
      Function<ReplicaId, Optional<ReplicaObservation>> observations) {
    return switch (state) {
      case ClusterState.Absent ignored -> ended(new Rejection.ClusterGone());
      case ClusterState.Dropped ignored -> ended(new Rejection.ClusterGone());
      case ClusterState.Live live -> progress(live, awaited, observations);
    };
  }

  private static ReconfigurationProgress progress(
      ClusterState.Live state,
      ReconfigurationHandle awaited,
      Function<ReplicaId, Optional<ReplicaObservation>> observations) {
    Optional<Reconfiguration> own =
        state
            .latestReconfiguration()
            .filter(latest -> latest.startedAt().equals(awaited.startedAt()))
            .filter(latest -> latest.target().equals(awaited.target()));
    return own.map(latest -> progress(state, latest, observations))
        .orElseGet(() -> overtaken(state, awaited.target()));
  }

  private static ReconfigurationProgress progress(
      ClusterState.Live state,
      Reconfiguration own,
      Function<ReplicaId, Optional<ReplicaObservation>> observations) {
    return switch (own.status()) {
      case IN_PROGRESS -> hydrating(state, own.target(), observations);
      case FINISHED -> new ReconfigurationProgress.Finished(true);
      case FORCED -> new ReconfigurationProgress.Finished(false);
      case TIMED_OUT -> ended(new Rejection.ReconfigurationTimedOut(own.from()));
      case CANCELLED -> ended(new Rejection.ReconfigurationCancelled(realized(state)));
    };
  }

  /** Later statements may have led to the same end by another way. */
  private static ReconfigurationProgress overtaken(
      ClusterState.Live state, ReconfigurationTarget wanted) {
    if (realized(state).equals(Optional.of(wanted))) {
      return new ReconfigurationProgress.Finished(true);
    }
    return ended(
        state
            .declared()
            .map(ReconfigurationTarget::of)
            .<Rejection>map(Rejection.ReconfigurationOvertaken::new)
            .orElseGet(() -> new Rejection.ReconfigurationCancelled(Optional.empty())));
  }

  /** As it is now: the statement that called it off may have changed it too. */
  private static Optional<ReconfigurationTarget> realized(ClusterState.Live state) {
    return state.managed().map(ReconfigurationTarget::of);
  }

  private static ReconfigurationProgress hydrating(
      ClusterState.Live state,
      ReconfigurationTarget target,
      Function<ReplicaId, Optional<ReplicaObservation>> observations) {
    List<Replica> pending = GracefulReconfiguration.pending(state, target);
    int hydrated = (int) pending.stream().filter(Replica::serves).count();
    return new ReconfigurationProgress.Hydrating(
        hydrated, target.replicationFactor(), percent(pending, observations));
  }

  /** Known once something is known of every replica. */
  private static OptionalInt percent(
      List<Replica> pending, Function<ReplicaId, Optional<ReplicaObservation>> observations) {
    long done = 0;
    long total = 0;
    for (Replica replica : pending) {
      Optional<ReplicaObservation> seen = observations.apply(replica.id());
      if (seen.isEmpty() || seen.get().objectsTotal() <= 0) {
        return OptionalInt.empty();
      }
      done += seen.get().objectsDone();
      total += seen.get().objectsTotal();
    }
    return total == 0 ? OptionalInt.empty() : OptionalInt.of((int) (100 * done / total));
  }

  private static ReconfigurationProgress ended(Rejection why) {
    return new ReconfigurationProgress.Ended(why);
  }
}
