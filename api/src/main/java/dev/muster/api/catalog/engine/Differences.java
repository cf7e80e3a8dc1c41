package dev.muster.api.catalog.engine;

import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.EnvironmentState;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pcollections.PMap;

/**
 * What differs between two snapshots: told by the changes in between where they are known, at their
 * cost, and else by a look at everything.
 */
final class Differences {
  private Differences() {}

  /** Clusters that the changes in between touched; empty where those are not known. */
  static Optional<Set<ClusterId>> touchedClusters(CatalogSnapshot before, CatalogSnapshot after) {
    return after.stateChange().clustersSince(before.stateChange());
  }

  /** Replicas of which something was observed in between; empty where that is not known. */
  static Optional<Set<ReplicaId>> touchedReplicas(CatalogSnapshot before, CatalogSnapshot after) {
    return after.observationChange().replicasSince(before.observationChange());
  }

  /** Clusters that differ: in state, entry, or which of their replicas are being dropped. */
  static Set<ClusterId> clusters(CatalogSnapshot before, CatalogSnapshot after) {
    Set<ClusterId> changed = new HashSet<>();
    difference(before.clusters(), after.clusters(), changed);
    EnvironmentState old = before.environment().state();
    EnvironmentState now = after.environment().state();
    if (old != now) {
      difference(old.clusters(), now.clusters(), changed);
      for (ReplicaId id : symmetricDifference(old.replicaDrops(), now.replicaDrops())) {
        changed.add(id.cluster());
      }
    }
    return changed;
  }

  /** Replicas of which something else was observed. */
  static Set<ReplicaId> replicas(CatalogSnapshot before, CatalogSnapshot after) {
    Set<ReplicaId> changed = new HashSet<>();
    difference(before.observations(), after.observations(), changed);
    return changed;
  }

  /** Keys whose values are not the very same object: persistent maps share what did not change. */
  private static <K, V> void difference(PMap<K, V> before, PMap<K, V> after, Set<K> changed) {
    if (before == after) {
      return;
    }
    int found = 0;
    for (Map.Entry<K, V> entry : after.entrySet()) {
      V old = before.get(entry.getKey());
      if (old != null) {
        found++;
      }
      if (old != entry.getValue()) {
        changed.add(entry.getKey());
      }
    }
    if (found < before.size()) {
      for (K key : before.keySet()) {
        if (!after.containsKey(key)) {
          changed.add(key);
        }
      }
    }
  }

  private static <T> Set<T> symmetricDifference(Set<T> one, Set<T> other) {
    Set<T> result = new HashSet<>();
    one.stream().filter(item -> !other.contains(item)).forEach(result::add);
    other.stream().filter(item -> !one.contains(item)).forEach(result::add);
    return result;
  }
}
