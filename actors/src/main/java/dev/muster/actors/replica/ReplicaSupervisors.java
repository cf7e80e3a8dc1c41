package dev.muster.actors.replica;

import dev.muster.journal.state.Replica;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/** Makes the supervisors of replicas. What a cluster's entity knows of hosts and runtimes. */
@FunctionalInterface
public interface ReplicaSupervisors {
  /**
   * The supervisor of one replica, which was journaled before: a new one, or one that was running
   * when this cluster's entity was last here, as {@link Replica#progress} says.
   *
   * @param reports where the supervisor reports to; reports may repeat
   */
  Behavior<SupervisorCommand> create(Replica replica, ActorRef<ReplicaReport> reports);
}
