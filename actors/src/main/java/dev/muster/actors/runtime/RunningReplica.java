package dev.muster.actors.runtime;

import dev.muster.actors.placement.Resources;
import dev.muster.journal.event.ReplicaId;

/**
 * A replica as the inventory has it. Components as in {@link ReplicaOrder}.
 *
 * @param takes what it was given of the machine; nothing where that is not known
 */
public record RunningReplica(
    ReplicaId id, long incarnation, String zone, long processId, Resources takes) {
  public RunningReplica(ReplicaId id, long incarnation, String zone, long processId) {
    this(id, incarnation, zone, processId, Resources.NONE);
  }
}
