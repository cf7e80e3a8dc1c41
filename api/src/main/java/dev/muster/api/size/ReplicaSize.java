package dev.muster.api.size;

import java.math.BigDecimal;

/**
 * A named resource allocation of one replica.
 *
 * @param creditsPerHour the price of one replica of this size
 * @param zoneSpread whether an even spread over zones is promised for it: up to and including
 *     3200cc
 */
public record ReplicaSize(
    String name,
    int processes,
    int workers,
    long cpuNanoCores,
    long memoryBytes,
    long diskBytes,
    BigDecimal creditsPerHour,
    boolean zoneSpread) {}
