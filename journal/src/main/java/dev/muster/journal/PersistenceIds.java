package dev.muster.journal;

import dev.muster.journal.event.ClusterId;

/**
 * Under which ids the entities journal: {@code environment|main} and {@code cluster|u1}. Never to
 * be changed.
 */
public final class PersistenceIds {
  /** The type of the environment's entity, also under sharding. */
  public static final String ENVIRONMENT_TYPE = "environment";

  /** The type of the clusters' entities, also under sharding. */
  public static final String CLUSTER_TYPE = "cluster";

  /** The one environment of an installation. */
  public static final String ENVIRONMENT_ENTITY = "main";

  private static final String SEPARATOR = "|";

  private PersistenceIds() {}

  public static String environment() {
    return ENVIRONMENT_TYPE + SEPARATOR + ENVIRONMENT_ENTITY;
  }

  public static String cluster(ClusterId id) {
    return CLUSTER_TYPE + SEPARATOR + id.value();
  }

  /** Whether it is one of a cluster. */
  public static boolean isCluster(String persistenceId) {
    return persistenceId.startsWith(CLUSTER_TYPE + SEPARATOR);
  }
}
