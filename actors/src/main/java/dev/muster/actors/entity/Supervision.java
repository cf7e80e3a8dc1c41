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
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The supervisors of one cluster's replicas: one child actor for each replica of the state, and for
 * each that is being stopped. Level-based: {@link #align} may run at any time.
 */
final class Supervision {
  private static final Duration MIN_BACKOFF = Duration.ofMillis(200);
  private static final Duration MAX_BACKOFF = Duration.ofSeconds(30);

  private final ActorContext<ClusterMessage> context;
  private final ReplicaSupervisors supervisors;
  private final ActorRef<ReplicaReport> reports;
  private final Map<ReplicaId, ActorRef<SupervisorCommand>> children = new HashMap<>(4);
  private final Set<ReplicaId> stopping = new HashSet<>(4);

  Supervision(ActorContext<ClusterMessage> context, ReplicaSupervisors supervisors) {
    this.context = context;
    this.supervisors = supervisors;
    this.reports = context.messageAdapter(ReplicaReport.class, ClusterMessage.Reported::new);
  }

  /** Starts a supervisor for each replica without one, and stops those of dropped replicas. */
  void align(ClusterState state) {
    List<Replica> replicas = state instanceof ClusterState.Live live ? live.replicas() : List.of();
    for (Replica replica : replicas) {
      if (!children.containsKey(replica.id())) {
        start(replica);
      }
    }
    children.forEach(
        (id, child) -> {
          boolean wanted = replicas.stream().anyMatch(replica -> replica.id().equals(id));
          if (!wanted && stopping.add(id)) {
            child.tell(new SupervisorCommand.Stop());
          }
        });
  }

  private void start(Replica replica) {
    Behavior<SupervisorCommand> supervised =
        Behaviors.supervise(supervisors.create(replica, reports))
            .onFailure(
                RuntimeException.class,
                SupervisorStrategy.restartWithBackoff(MIN_BACKOFF, MAX_BACKOFF, 0.2));
    ActorRef<SupervisorCommand> child = context.spawn(supervised, replica.id().value());
    context.watch(child);
    children.put(replica.id(), child);
  }

  /** Takes note that a child has stopped; says whose it was when it was not told to. */
  Optional<ReplicaId> stopped(ActorRef<Void> child) {
    ReplicaId id = new ReplicaId(child.path().name());
    children.remove(id);
    return stopping.remove(id) ? Optional.empty() : Optional.of(id);
  }

  boolean isIdle() {
    return children.isEmpty();
  }
}
