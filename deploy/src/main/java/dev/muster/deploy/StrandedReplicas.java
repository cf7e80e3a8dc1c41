package dev.muster.deploy;

import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Replicas in availability zones that are configured no longer. No host has such a zone, so they
 * wait for one, and would do so without a word.
 */
final class StrandedReplicas {
  private StrandedReplicas() {}

  /**
   * One line for each zone that has replicas and is not configured, in the order of their names.
   */
  static List<String> warnings(CatalogSnapshot snapshot, Collection<String> configuredZones) {
    return replicasByZone(snapshot).entrySet().stream()
        .filter(zone -> !configuredZones.contains(zone.getKey()))
        .map(
            zone ->
                ("availability zone \"%s\" is not configured, and has replicas: %d. They are"
                        + " neither started nor watched until it is (--zones), or until they are"
                        + " dropped.")
                    .formatted(zone.getKey(), zone.getValue()))
        .toList();
  }

  private static Map<String, Long> replicasByZone(CatalogSnapshot snapshot) {
    return snapshot.clusters().values().stream()
        .map(published -> published.state())
        .filter(ClusterState.Live.class::isInstance)
        .map(ClusterState.Live.class::cast)
        .flatMap(cluster -> cluster.replicas().stream())
        .collect(Collectors.groupingBy(Replica::zone, TreeMap::new, Collectors.counting()));
  }
}
