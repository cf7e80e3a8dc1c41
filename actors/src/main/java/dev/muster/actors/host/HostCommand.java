package dev.muster.actors.host;

import dev.muster.actors.runtime.ReplicaOrder;
import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.journal.event.ReplicaId;
import org.apache.pekko.actor.typed.ActorRef;

/** What a supervisor tells a host. All of it may come again without harm. */
public sealed interface HostCommand {
  /** Adopt the replica if it runs. */
  record Find(ReplicaId id, ActorRef<RuntimeSignal> signals) implements HostCommand {}

  /** Run the replica; adopt it if it runs. */
  record Start(ReplicaOrder order, ActorRef<RuntimeSignal> signals) implements HostCommand {}

  /** Stop the replica. */
  record Stop(ReplicaId id, ActorRef<RuntimeSignal> signals) implements HostCommand {}
}
