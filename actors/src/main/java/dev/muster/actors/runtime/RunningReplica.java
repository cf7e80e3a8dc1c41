package dev.muster.actors.runtime;

import dev.muster.journal.event.ReplicaId;

/** A replica as the inventory has it. Components as in {@link ReplicaOrder}. */
public record RunningReplica(ReplicaId id, long incarnation, String zone, long processId) {}
