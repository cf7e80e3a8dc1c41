package dev.muster.api.sql.tree;

/** Every option of a cluster or a replica. */
public enum OptionName {
  AUTO_SCALING_STRATEGY,
  AVAILABILITY_ZONE,
  AVAILABILITY_ZONES,
  BILLED_AS,
  DISK,
  IDLE_ARRANGEMENT_MERGE_EFFORT,
  INTERNAL,
  INTROSPECTION_DEBUGGING,
  INTROSPECTION_INTERVAL,
  MANAGED,
  MAX_SIZE,
  MIN_SIZE,
  REPLICAS,
  REPLICATION_FACTOR,
  SCHEDULE,
  SIZE,
  WORKLOAD_CLASS;

  /** As statements and messages write it. */
  public String sql() {
    return name().replace('_', ' ');
  }
}
