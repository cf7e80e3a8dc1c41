package dev.muster.actors.entity;

import dev.muster.journal.event.ClusterId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which entities of this node cannot recover, and why, for errors that name the culprit. Of one
 * that has moved to another node nothing is known here. Safe for use by many threads.
 */
public final class EntityHealth {
  private final Map<ClusterId, String> clusters = new ConcurrentHashMap<>();
  private final Set<ClusterId> damaged = ConcurrentHashMap.newKeySet();
  private volatile String environment;
  private volatile boolean environmentDamaged;

  /**
   * @param lasting whether what is stored is to blame, so that no waiting helps
   */
  public void clusterFailed(ClusterId id, String reason, boolean lasting) {
    clusters.put(id, reason);
    if (lasting) {
      damaged.add(id);
    } else {
      damaged.remove(id);
    }
  }

  /** Or it is here no longer. */
  void clusterRecovered(ClusterId id) {
    damaged.remove(id);
    clusters.remove(id);
  }

  /**
   * @param lasting whether what is stored is to blame, so that no waiting helps
   */
  void environmentFailed(String reason, boolean lasting) {
    environmentDamaged = lasting;
    environment = reason;
  }

  /** Or it is here no longer. */
  void environmentRecovered() {
    environment = null;
  }

  public Optional<String> cluster(ClusterId id) {
    return Optional.ofNullable(clusters.get(id));
  }

  /** Whether it cannot be read for what is stored: it will not get better by itself. */
  public boolean isDamaged(ClusterId id) {
    return damaged.contains(id);
  }

  /** All clusters that cannot be read here, with the reason. */
  public Map<ClusterId, String> clusters() {
    return Map.copyOf(clusters);
  }

  /** Whether it cannot be read for what is stored: it will not get better by itself. */
  public boolean isEnvironmentDamaged() {
    return environment != null && environmentDamaged;
  }

  public Optional<String> environment() {
    return Optional.ofNullable(environment);
  }
}
