package dev.muster.journal.event;

import java.time.Duration;

/**
 * What a decision about a cluster's size was made from: the busiest of its replicas, over a span of
 * time.
 *
 * @param window the span; zero where the decision was made from no measurement
 * @param replicas that were measured over all of it
 * @param cpuPercent of the CPU that the size has
 * @param memoryPercent of the memory that the size has
 */
public record LoadFigures(Duration window, int replicas, int cpuPercent, int memoryPercent) {
  /** Nothing was measured. */
  public static final LoadFigures NONE = new LoadFigures(Duration.ZERO, 0, 0, 0);
}
