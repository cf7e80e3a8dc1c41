package dev.muster.actors.placement;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/** Chooses zones. */
public final class Placement {
  private Placement() {}

  /**
   * The zone for one more replica: the one with the fewest of the cluster's replicas, among equals
   * the least loaded, among those the first of the candidates.
   *
   * @param candidates at least one
   * @param replicas how many replicas of the cluster are in a zone
   */
  public static String choose(
      List<String> candidates, ToIntFunction<String> replicas, ZoneLoad load) {
    return choose(candidates, replicas, zone -> 0, load);
  }

  /**
   * The same, while replicas are placed one after the other and some stay where they are.
   *
   * @param replicas how many of those placed so far are in a zone
   * @param staying how many of those yet to be placed are in a zone, and would rather stay; decides
   *     among equals before the load does
   */
  public static String choose(
      List<String> candidates,
      ToIntFunction<String> replicas,
      ToIntFunction<String> staying,
      ZoneLoad load) {
    Comparator<String> order =
        Comparator.comparingInt(replicas).thenComparingInt(staying).thenComparingLong(load::of);
    return candidates.stream()
        .min(order)
        .orElseThrow(() -> new IllegalArgumentException("no zone to choose from"));
  }

  /** Whether the counts of any two zones differ by at most one (invariant 6). */
  public static boolean isEven(List<String> zones, ToIntFunction<String> replicas) {
    int fewest = zones.stream().mapToInt(replicas).min().orElse(0);
    int most = zones.stream().mapToInt(replicas).max().orElse(0);
    return most - fewest <= 1;
  }
}
