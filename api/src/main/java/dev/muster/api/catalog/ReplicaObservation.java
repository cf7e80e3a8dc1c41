package dev.muster.api.catalog;

import dev.muster.journal.event.ReplicaId;
import java.time.Instant;
import java.util.Optional;

/**
 * What was last seen of a running replica: worth showing, not worth journaling.
 *
 * @param objectsDone objects loaded, of {@code objectsTotal}
 * @param memoryBytes resident memory
 * @param cpuNanoCores CPU in use, in billionths of a core
 */
public record ReplicaObservation(
    ReplicaId id,
    Instant at,
    long objectsDone,
    long objectsTotal,
    long bytes,
    Optional<Long> memoryBytes,
    Optional<Long> cpuNanoCores,
    Optional<Long> diskBytes) {}
