package dev.muster.actors.runtime;

import dev.muster.api.size.ReplicaSize;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaSettings;

/**
 * What shall run.
 *
 * @param incarnation counts the starts of this replica, from 1
 * @param name the replica's name at this start; it may be renamed while it runs
 */
public record ReplicaOrder(
    ReplicaId id,
    long incarnation,
    String name,
    String zone,
    ReplicaSize size,
    ReplicaSettings settings) {}
