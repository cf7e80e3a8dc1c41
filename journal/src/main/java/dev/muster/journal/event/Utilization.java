package dev.muster.journal.event;

import java.time.Instant;

/**
 * How busy a replica was over the moments before an instant, as fractions of what its size gives
 * it: 1 is all of it. Processors may exceed 1 where nothing holds a replica back.
 *
 * @param cpuFraction processor time used, of the size's
 * @param memoryFraction resident memory, of the memory that the replica was given
 */
public record Utilization(Instant measuredAt, double cpuFraction, double memoryFraction) {
  public Utilization {
    if (!(cpuFraction >= 0) || !(memoryFraction >= 0)) {
      throw new IllegalArgumentException(
          "a utilization is a fraction: " + cpuFraction + ", " + memoryFraction);
    }
  }
}
