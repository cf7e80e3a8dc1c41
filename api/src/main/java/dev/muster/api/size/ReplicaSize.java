package dev.muster.api.size;

import java.math.BigDecimal;
import java.util.Comparator;

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
    boolean zoneSpread) {

  /** Smaller ones first: by price, then by the CPU and by the memory of all processes. */
  public static final Comparator<ReplicaSize> BY_EXTENT =
      Comparator.comparing(ReplicaSize::creditsPerHour)
          .thenComparingLong(ReplicaSize::totalCpuNanoCores)
          .thenComparingLong(ReplicaSize::totalMemoryBytes);

  /** Of all processes. */
  public long totalCpuNanoCores() {
    return processes * cpuNanoCores;
  }

  /** Of all processes. */
  public long totalMemoryBytes() {
    return processes * memoryBytes;
  }
}
