package dev.muster.actors.entity;

import dev.muster.journal.event.ClusterId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which entities of this node cannot recover, and why, for errors that name the culprit. Of one
 * that has moved to another node nothing is known here. Safe for use by many threads.
 */
public final class EntityHealth {
  private final Map<ClusterId, String> clusters = new ConcurrentHashMap<>();
  private volatile String environment;

  void clusterFailed(ClusterId id, String reason) {
    clusters.put(id, reason);
  }

  /** Or it is here no longer. */
  void clusterRecovered(ClusterId id) {
    clusters.remove(id);
  }

  void environmentFailed(String reason) {
    environment = reason;
  }

  /** Or it is here no longer. */
  void environmentRecovered() {
    environment = null;
  }

  public Optional<String> cluster(ClusterId id) {
    return Optional.ofNullable(clusters.get(id));
  }

  /** All clusters that cannot be read here, with the reason. */
  public Map<ClusterId, String> clusters() {
    return Map.copyOf(clusters);
  }

  public Optional<String> environment() {
    return Optional.ofNullable(environment);
  }
}
