package dev.muster.actors.placement;

import dev.muster.journal.event.ReplicaWait;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Chooses the place of one more replica. */
public final class Placement {
  private Placement() {}

  /**
   * Among the zones that are in service and have a host with room: the one with the fewest of the
   * cluster's replicas, among equals the one whose least loaded host is the least loaded, among
   * those the first in order. On that host. Where there is no such zone, the replica waits.
   *
   * @param order the zones that it may be in, the preferred first; at least one
   * @param replicas how many replicas of the cluster are in a zone
   */
  public static Place place(
      List<String> order,
      Zones zones,
      Fleet fleet,
      Resources demand,
      ToIntFunction<String> replicas) {
    List<String> inService = order.stream().filter(zones::isUsable).toList();
    if (inService.isEmpty()) {
      return new Place.Waits(
          first(order, replicas),
          new ReplicaWait(
              ReplicaWait.Kind.ZONE_LOST,
              Optional.of(
                  "not in service: " + String.join(", ", order.stream().sorted().toList()))));
    }
    String best = null;
    int fewest = 0;
    long lightest = 0;
    for (String zone : inService) {
      if (fleet.hasRoom(zone, demand)) {
        int count = replicas.applyAsInt(zone);
        long load = fleet.load(zone, demand);
        if (best == null || count < fewest || count == fewest && load < lightest) {
          best = zone;
          fewest = count;
          lightest = load;
        }
      }
    }
    return best == null
        ? new Place.Waits(first(inService, replicas), noRoom(inService, fleet, demand))
        : at(best, fleet, demand);
  }

  private static String first(List<String> zones, ToIntFunction<String> replicas) {
    return zones.stream().min(Comparator.comparingInt(replicas)).orElseThrow();
  }

  private static Place.At at(String zone, Fleet fleet, Resources demand) {
    return new Place.At(zone, fleet.roomiest(zone, demand).map(HostLoad::name).orElse(""));
  }

  private static ReplicaWait noRoom(List<String> zones, Fleet fleet, Resources demand) {
    String most =
        zones.stream()
            .flatMap(fleet::in)
            .max(
                Comparator.comparingLong((HostLoad host) -> host.left().memoryBytes())
                    .thenComparingLong(host -> host.left().cpuNanoCores()))
            .map(host -> host.left().toString())
            .orElse("nothing");
    return new ReplicaWait(
        ReplicaWait.Kind.NO_CAPACITY,
        Optional.of(
            "asked for: "
                + demand
                + "; the most that a host in "
                + String.join(", ", zones.stream().sorted().toList())
                + " has left: "
                + most));
  }

  /** Whether the counts of any two zones differ by at most one (invariant 6). */
  public static boolean isEven(List<String> zones, ToIntFunction<String> replicas) {
    int fewest = zones.stream().mapToInt(replicas).min().orElse(0);
    int most = zones.stream().mapToInt(replicas).max().orElse(0);
    return most - fewest <= 1;
  }
}
