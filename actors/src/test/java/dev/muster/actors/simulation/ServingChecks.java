package dev.muster.actors.simulation;

import dev.muster.actors.reconcile.GracefulReconfiguration;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.WaitPolicy;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ReconfigurationFinished;
import dev.muster.journal.event.ClusterEvent.ReplicationFactorChanged;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.OnTimeout;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Serving continues (invariant 7), by what the journal says as by what runs on the hosts: Muster
 * never gives up the last replica of a managed cluster that serves, unless somebody asked for that.
 */
final class ServingChecks {
  /** Within this time Muster knows that a process has ended. */
  private static final long KNOWN_AFTER_MICROS = 500_000;

  /** Within this time what was given up is stopped. */
  private static final long STOPPED_AFTER_MICROS = 12_000_000;

  private final World world;
  private final Map<ReplicaId, Long> endedMicros = new HashMap<>();
  private final Map<ClusterId, Long> failedMicros = new HashMap<>();
  private final Set<ReplicaId> givenUp = new HashSet<>();
  private final Set<ClusterId> stoppedInThisStep = new HashSet<>();

  ServingChecks(World world) {
    this.world = world;
  }

  /**
   * After each write of a cluster.
   *
   * @param informed the state before, with the news of its replicas in it
   */
  void written(
      ClusterState informed,
      List<Recorded<ClusterEvent>> events,
      ClusterState.Live after,
      Optional<ClusterCommand> command) {
    if (!(informed instanceof ClusterState.Live before) || before.managed().isEmpty()) {
      return;
    }
    if (isAskedFor(before, events, command)) {
      return;
    }
    Violation.unless(
        !any(before, Replica::serves) || any(after, Replica::serves),
        7,
        () -> "no replica serves after " + command + ": " + before + " became " + after);
    Violation.unless(
        !any(before, one -> one.serves() && runs(one)) || any(after, this::runsAsFarAsIsKnown),
        7,
        () -> "no process serves after " + command + ": " + before + " became " + after);
    before.replicas().stream()
        .filter(replica -> !GracefulReconfiguration.isPending(replica))
        .map(Replica::id)
        .filter(id -> after.replicas().stream().noneMatch(one -> one.id().equals(id)))
        .forEach(givenUp::add);
  }

  /**
   * Whether a user has asked for an interruption: by {@code WAIT FOR '0s'}, by fewer replicas, by
   * the removal of replicas, or by {@code ON TIMEOUT COMMIT} of the one under way, at its deadline.
   */
  private static boolean isAskedFor(
      ClusterState.Live before,
      List<Recorded<ClusterEvent>> events,
      Optional<ClusterCommand> command) {
    boolean byCommand =
        switch (command.orElse(null)) {
          case null -> false;
          case ClusterCommand.Alter alter ->
              alter.waitPolicy() instanceof WaitPolicy.For wait && wait.duration().isZero();
          case ClusterCommand.DropReplicasById ignored -> true;
          case ClusterCommand.Create ignored -> false;
          case ClusterCommand.Drop ignored -> true;
          case ClusterCommand.CreateReplica ignored -> false;
          case ClusterCommand.DropReplicas ignored -> false;
          case ClusterCommand.RenameReplica ignored -> false;
          case ClusterCommand.CommentOn ignored -> false;
        };
    return byCommand
        || events.stream()
            .anyMatch(
                one ->
                    one.event() instanceof ReplicationFactorChanged changed
                            && changed.newFactor() < changed.oldFactor()
                        || one.event() instanceof ReconfigurationFinished finished
                            && !finished.hydrated()
                            && mayForce(before, one.at().instant()));
  }

  private static boolean mayForce(ClusterState.Live before, Instant at) {
    return before
        .reconfiguration()
        .filter(under -> under.onTimeout() == OnTimeout.COMMIT && !at.isBefore(under.deadline()))
        .isPresent();
  }

  /** In zones that are in service; what is pending may be called off again, and does not count. */
  private boolean any(ClusterState.Live state, Predicate<Replica> serves) {
    Set<String> outages = world.journal().environmentState().zoneOutages().keySet();
    return state.replicas().stream()
        .filter(replica -> !GracefulReconfiguration.isPending(replica))
        .filter(replica -> !outages.contains(replica.zone()))
        .anyMatch(serves);
  }

  private boolean runs(Replica replica) {
    Process process = world.host(replica.zone()).processes().get(replica.id());
    return process != null && process.hydrated;
  }

  /** What ends behind Muster's back is not its fault. */
  private boolean runsAsFarAsIsKnown(Replica replica) {
    Host host = world.host(replica.zone());
    return runs(replica)
        || !host.isAlive()
        || isRecent(host.backSinceMicros(), KNOWN_AFTER_MICROS)
        || isRecent(world.upSinceMicros(), KNOWN_AFTER_MICROS)
        || isRecent(endedMicros.getOrDefault(replica.id(), Long.MIN_VALUE), KNOWN_AFTER_MICROS);
  }

  private boolean isRecent(long sinceMicros, long withinMicros) {
    return sinceMicros >= world.agenda().nowMicros() - withinMicros;
  }

  /** A process has ended by itself, or with its host. */
  void ended(ReplicaId id) {
    endedMicros.put(id, world.agenda().nowMicros());
    failedMicros.put(id.cluster(), world.agenda().nowMicros());
  }

  /** A process is about to be stopped. */
  void stopping(Process process) {
    if (process.hydrated && givenUp.remove(process.id)) {
      stoppedInThisStep.add(process.id.cluster());
    }
  }

  /** After each step: what was stopped in it was not the last that serves. */
  void stepped() {
    for (ClusterId id : stoppedInThisStep) {
      if (world.journal().state(id) instanceof ClusterState.Live live
          && live.managed().isPresent()
          && world.journal().environmentState().clusters().containsKey(id)) {
        Violation.unless(
            live.replicas().stream().anyMatch(this::runs)
                || isRecent(failedMicros.getOrDefault(id, Long.MIN_VALUE), STOPPED_AFTER_MICROS)
                || live.managed().get().replicationFactor() == 0,
            7,
            () -> "the last process that serves was stopped: " + live);
      }
    }
    stoppedInThisStep.clear();
  }
}
