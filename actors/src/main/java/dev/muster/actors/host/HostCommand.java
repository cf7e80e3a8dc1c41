package dev.muster.actors.host;

import dev.muster.actors.runtime.ReplicaOrder;
import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.journal.event.ReplicaId;
import org.apache.pekko.actor.typed.ActorRef;

/** What a supervisor tells a host. All of it may come again without harm. */
public sealed interface HostCommand {
  /** Adopt the replica if it runs. */
  record Find(ReplicaId id, ActorRef<RuntimeSignal> signals) implements HostCommand {}

  /**
   * Run the replica; adopt it if it runs.
   *
   * @param refusable whether it may be answered by {@link RuntimeSignal.NoRoom}: not where the
   *     replica has been on this host before, as the journal says
   */
  record Start(ReplicaOrder order, ActorRef<RuntimeSignal> signals, boolean refusable)
      implements HostCommand {
    public Start(ReplicaOrder order, ActorRef<RuntimeSignal> signals) {
      this(order, signals, false);
    }
  }

  /** Stop the replica. */
  record Stop(ReplicaId id, ActorRef<RuntimeSignal> signals) implements HostCommand {}
}
