package dev.muster.actors.replica;

import dev.muster.actors.host.HostDirectory;
import dev.muster.api.size.SizeCatalogue;
import dev.muster.journal.state.Replica;
import java.time.Clock;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/**
 * What all supervisors of a node share.
 *
 * @param hosts tells which host has a replica's zone
 * @param present whether the node that an actor was on is there, as far as this one knows
 * @param random numbers in [0, 1), for the jitter of the backoff
 */
public record ReplicaSupervision(
    ActorRef<HostDirectory.Command> hosts,
    SizeCatalogue sizes,
    Backoff backoff,
    Clock clock,
    Predicate<ActorRef<?>> present,
    DoubleSupplier random)
    implements ReplicaSupervisors {
  @Override
  public Behavior<SupervisorCommand> create(Replica replica, ActorRef<ReplicaReport> reports) {
    return ReplicaSupervisor.create(replica, reports, this);
  }
}
