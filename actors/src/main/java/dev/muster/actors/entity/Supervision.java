package dev.muster.actors.entity;

import dev.muster.actors.replica.ReplicaReport;
import dev.muster.actors.replica.ReplicaSupervisors;
import dev.muster.actors.replica.SupervisorCommand;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * The supervisors of one cluster's replicas: one child actor for each replica of the state, and for
 * each that is being stopped. Level-based: {@link #align} may run at any time.
 */
final class Supervision {
  private final ActorContext<ClusterMessage> context;
  private final ReplicaSupervisors supervisors;
  private final ActorRef<ReplicaReport> reports;
  private final Map<ReplicaId, ActorRef<SupervisorCommand>> children = new HashMap<>(4);
  private final Map<ReplicaId, String> names = new HashMap<>(4);
  private final Set<ReplicaId> stopping = new HashSet<>(4);
  private final Map<ReplicaId, Integer> crashes = new HashMap<>(1);
  private final Set<ReplicaId> resting = new HashSet<>(1);
  private final EntitySettings settings;

  Supervision(
      ActorContext<ClusterMessage> context,
      ReplicaSupervisors supervisors,
      EntitySettings settings) {
    this.context = context;
    this.supervisors = supervisors;
    this.settings = settings;
    this.reports = context.messageAdapter(ReplicaReport.class, ClusterMessage.Reported::new);
  }

  /** Starts a supervisor for each replica without one, and stops those of dropped replicas. */
  void align(ClusterState state) {
    List<Replica> replicas = state instanceof ClusterState.Live live ? placed(live) : List.of();
    for (Replica replica : replicas) {
      ActorRef<SupervisorCommand> child = children.get(replica.id());
      if (child == null && !resting.contains(replica.id())) {
        start(replica);
      } else if (child != null && !replica.name().equals(names.put(replica.id(), replica.name()))) {
        child.tell(new SupervisorCommand.Rename(replica.name()));
      }
    }
    if (!crashes.isEmpty()) {
      crashes.keySet().removeIf(id -> !isAmong(replicas, id));
    }
    children.forEach(
        (id, child) -> {
          if (!isAmong(replicas, id) && stopping.add(id)) {
            child.tell(new SupervisorCommand.Stop());
          }
        });
  }

  private static boolean isAmong(List<Replica> replicas, ReplicaId id) {
    for (Replica replica : replicas) {
      if (replica.id().equals(id)) {
        return true;
      }
    }
    return false;
  }

  /** What has no place has nothing to look after. */
  private static List<Replica> placed(ClusterState.Live state) {
    return state.replicas().stream().filter(replica -> replica.waiting().isEmpty()).toList();
  }

  private void start(Replica replica) {
    ActorRef<SupervisorCommand> child =
        context.spawn(supervisors.create(replica, reports), replica.id().value());
    context.watch(child);
    children.put(replica.id(), child);
    names.put(replica.id(), replica.name());
  }

  /**
   * Takes note that a child has stopped. One that was not told to rests for a while, longer with
   * each time in a row, and is then replaced by one that begins from the state of that time.
   */
  void stopped(ActorRef<Void> child) {
    ReplicaId id = new ReplicaId(child.path().name());
    children.remove(id);
    names.remove(id);
    if (!stopping.remove(id)) {
      resting.add(id);
      Duration rest = rest(crashes.merge(id, 1, Integer::sum));
      context.scheduleOnce(rest, context.getSelf(), new ClusterMessage.Supervise(id));
    }
  }

  private Duration rest(int crashesInARow) {
    Duration doubled =
        settings.restartMinBackoff().multipliedBy(1L << Math.min(crashesInARow - 1, 20));
    Duration most = settings.restartMaxBackoff();
    return doubled.compareTo(most) < 0 ? doubled : most;
  }

  /** A replica without its supervisor has rested. */
  void rested(ReplicaId id, ClusterState state) {
    resting.remove(id);
    align(state);
  }

  /** A supervisor whose replica serves is in order: its crashes are counted anew. */
  void serves(ReplicaId id) {
    crashes.remove(id);
  }

  boolean isIdle() {
    return children.isEmpty();
  }
}
