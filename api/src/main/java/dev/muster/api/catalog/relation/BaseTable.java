package dev.muster.api.catalog.relation;

import java.util.Arrays;
import java.util.List;

/**
 * A table of the engine that holds rows as the feeds give them; relations are queries over these.
 *
 * <p>The first column is the key by which rows are replaced: the id of the cluster, role or replica
 * that they tell of.
 */
public enum BaseTable {
  CLUSTER(
      Feed.STATE,
      """
      id VARCHAR, name VARCHAR, owner_id VARCHAR, privileges VARCHAR[], managed BOOLEAN,
      size VARCHAR, replication_factor BIGINT, disk BOOLEAN, availability_zones VARCHAR[],
      introspection_debugging BOOLEAN, introspection_micros BIGINT, schedule VARCHAR,
      refresh_micros BIGINT, hydration_size VARCHAR, linger_micros BIGINT,
      created_at TIMESTAMP WITH TIME ZONE, "comment" VARCHAR, replicas VARCHAR,
      reconfiguration_status VARCHAR, reconfiguration_deadline TIMESTAMP WITH TIME ZONE,
      reconfiguration_on_timeout VARCHAR, reconfiguration_target VARCHAR,
      reconfiguration_changes VARCHAR, reconfiguration_started_at TIMESTAMP WITH TIME ZONE,
      reconfiguration_started_by VARCHAR, reconfiguration_since TIMESTAMP WITH TIME ZONE,
      target_options VARCHAR,
      min_size VARCHAR, max_size VARCHAR, burst_state VARCHAR, scaled_at TIMESTAMP WITH TIME ZONE,
      scaled_from VARCHAR, scaled_to VARCHAR, scaling_cause VARCHAR\
      """),
  REPLICA(
      Feed.STATE,
      """
      cluster_id VARCHAR, id VARCHAR, number BIGINT, name VARCHAR, owner_id VARCHAR, size VARCHAR,
      availability_zone VARCHAR, zone_pinned BOOLEAN, disk BOOLEAN, internal BOOLEAN,
      credits_per_hour DECIMAL(18,6), created_at TIMESTAMP WITH TIME ZONE, progress VARCHAR,
      since TIMESTAMP WITH TIME ZONE, reason VARCHAR, incarnation BIGINT, host VARCHAR,
      pid BIGINT, "comment" VARCHAR, state VARCHAR, failure_detail VARCHAR,
      consecutive_failures BIGINT, failing_since TIMESTAMP WITH TIME ZONE,
      restart_at TIMESTAMP WITH TIME ZONE, hydration_micros BIGINT, peak_memory_bytes BIGINT,
      memory_limit_bytes BIGINT, memory_advice VARCHAR, lacks_memory BOOLEAN\
      """),
  ROLE(
      Feed.ENVIRONMENT,
      """
      id VARCHAR, oid BIGINT, name VARCHAR, superuser BOOLEAN, login BOOLEAN, inherit BOOLEAN,
      "comment" VARCHAR\
      """),
  ZONE_OUTAGE(Feed.ENVIRONMENT, "zone VARCHAR, since TIMESTAMP WITH TIME ZONE, reason VARCHAR"),
  OBSERVATION(
      Feed.OBSERVATIONS,
      """
      replica_id VARCHAR, seen_at TIMESTAMP WITH TIME ZONE, objects_done BIGINT, objects_total BIGINT,
      bytes BIGINT, memory_bytes BIGINT, memory_limit_bytes BIGINT, cpu_nano_cores BIGINT,
      cpu_limit_nano_cores BIGINT, disk_bytes BIGINT\
      """),
  REPLICA_HISTORY(
      Feed.HISTORY,
      """
      id VARCHAR, cluster_id VARCHAR, name VARCHAR, size VARCHAR,
      created_at TIMESTAMP WITH TIME ZONE, dropped_at TIMESTAMP WITH TIME ZONE,
      credits_per_hour DECIMAL(18,6), charged BOOLEAN\
      """),
  STATUS_HISTORY(
      Feed.HISTORY,
      """
      replica_id VARCHAR, status VARCHAR, reason VARCHAR,
      occurred_at TIMESTAMP WITH TIME ZONE, state VARCHAR, detail VARCHAR,
      consecutive_failures BIGINT, failing_since TIMESTAMP WITH TIME ZONE\
      """),
  HYDRATION_HISTORY(
      Feed.HISTORY,
      """
      replica_id VARCHAR, cluster_id VARCHAR, replica_name VARCHAR, size VARCHAR,
      incarnation BIGINT, cause VARCHAR, down_since TIMESTAMP WITH TIME ZONE,
      hydrated_at TIMESTAMP WITH TIME ZONE, hydration_micros BIGINT, recovery_micros BIGINT,
      objects BIGINT, bytes BIGINT, peak_memory_bytes BIGINT, memory_limit_bytes BIGINT,
      memory_advice VARCHAR\
      """),
  NAME_HISTORY(
      Feed.HISTORY,
      """
      replica_id VARCHAR, occurred_at TIMESTAMP WITH TIME ZONE, previous_name VARCHAR,
      new_name VARCHAR, purpose VARCHAR\
      """),
  SCALING_HISTORY(
      Feed.HISTORY,
      """
      cluster_id VARCHAR, decided_at TIMESTAMP WITH TIME ZONE, strategy VARCHAR, decision VARCHAR,
      from_size VARCHAR, to_size VARCHAR, reason VARCHAR, cpu_percent BIGINT,
      memory_percent BIGINT, measured_micros BIGINT, replicas BIGINT\
      """),
  CLUSTER_NAME(Feed.HISTORY, "id VARCHAR, name VARCHAR"),
  AUDIT_EVENT(
      Feed.HISTORY,
      """
      cluster_id VARCHAR, id BIGINT, event_type VARCHAR, object_type VARCHAR, details JSON,
      "user" VARCHAR, occurred_at TIMESTAMP WITH TIME ZONE\
      """);

  private final Feed feed;
  private final String columns;
  private final List<String> columnNames;
  private final List<String> columnTypes;

  BaseTable(Feed feed, String columns) {
    this.feed = feed;
    this.columns = columns;
    List<String[]> definitions =
        Arrays.stream(columns.split(",\\s+")).map(text -> text.split(" ", 2)).toList();
    this.columnNames = definitions.stream().map(words -> words[0].replace("\"", "")).toList();
    this.columnTypes = definitions.stream().map(words -> words[1].strip()).toList();
  }

  public Feed feed() {
    return feed;
  }

  /** The columns as the engine's CREATE TABLE takes them. */
  public String columns() {
    return columns;
  }

  /** By position, without quotes. */
  public List<String> columnNames() {
    return columnNames;
  }

  /** By position, as the engine names them. */
  public List<String> columnTypes() {
    return columnTypes;
  }

  /** The first column. */
  public String key() {
    return columnNames.getFirst();
  }

  /** Its name in the engine's schema {@code base}. */
  public String tableName() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
