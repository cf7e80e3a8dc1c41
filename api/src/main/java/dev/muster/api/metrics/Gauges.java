package dev.muster.api.metrics;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.Map;

/** The names of what {@link CatalogMetrics} sees, and one scrape's values. */
final class Gauges {
  private final Map<String, GaugeSnapshot.Builder> families = new LinkedHashMap<>();

  /** The labels of a cluster's series. */
  record Cluster(String id, String name) {
    Labels labels() {
      return Labels.of("cluster_id", id, "cluster_name", name);
    }
  }

  /** The labels of a replica's series. */
  record Replica(Cluster cluster, String id, String name, String size, String zone) {
    Labels labels() {
      return Labels.of(
          "cluster_id",
          cluster.id(),
          "cluster_name",
          cluster.name(),
          "replica_id",
          id,
          "replica_name",
          name,
          "size",
          size,
          "zone",
          zone);
    }
  }

  void entities(int clusters, int environments) {
    String help = "Entities that live on this node.";
    add("muster_entities", help, Labels.of("entity", "cluster"), clusters);
    add("muster_entities", help, Labels.of("entity", "environment"), environments);
  }

  void clusters(int managed, int unmanaged, int unserved, int reconfiguring, int bursting) {
    String help = "Clusters of this node by kind: managed or unmanaged.";
    add("muster_clusters", help, Labels.of("kind", "managed"), managed);
    add("muster_clusters", help, Labels.of("kind", "unmanaged"), unmanaged);
    add(
        "muster_clusters_unserved",
        "Clusters that want replicas and have none that is hydrated.",
        Labels.EMPTY,
        unserved);
    add(
        "muster_reconfigurations_in_progress",
        "Clusters with a graceful reconfiguration under way.",
        Labels.EMPTY,
        reconfiguring);
    add(
        "muster_bursts_in_progress",
        "Clusters with a hydration burst under way.",
        Labels.EMPTY,
        bursting);
  }

  void replicas(String state, String zone, int count) {
    add(
        "muster_replicas",
        "Replicas by status (waiting, placing, hydrating, online, backing-off, crash-looping) and"
            + " zone.",
        Labels.of("status", state, "zone", zone),
        count);
  }

  void credits(double perHour) {
    add(
        "muster_credits_per_hour",
        "What the replicas of this node's clusters cost now.",
        Labels.EMPTY,
        perHour);
  }

  void zonesOut(int count) {
    add(
        "muster_zones_out_of_service",
        "Availability zones that are out of service; told by the environment's node.",
        Labels.EMPTY,
        count);
  }

  void zoneOut(String zone) {
    add(
        "muster_zone_out_of_service",
        "1 for each availability zone that is out of service.",
        Labels.of("zone", zone),
        1);
  }

  void detailOmitted(boolean omitted) {
    add(
        "muster_metrics_detail_omitted",
        "1 where there are no series of single clusters and replicas, because there are too many.",
        Labels.EMPTY,
        omitted ? 1 : 0);
  }

  void cluster(Cluster cluster, int wanted, long hydrated, double creditsPerHour) {
    add(
        "muster_cluster_replicas_wanted",
        "Replicas that a cluster should have when nothing is under way.",
        cluster.labels(),
        wanted);
    add(
        "muster_cluster_replicas_hydrated",
        "Replicas of a cluster that serve.",
        cluster.labels(),
        hydrated);
    add(
        "muster_cluster_credits_per_hour",
        "What a cluster's replicas cost now.",
        cluster.labels(),
        creditsPerHour);
  }

  void reconfiguration(Cluster cluster, double startSeconds, double deadlineSeconds) {
    add(
        "muster_cluster_reconfiguration_start_timestamp_seconds",
        "When the graceful reconfiguration under way began.",
        cluster.labels(),
        startSeconds);
    add(
        "muster_cluster_reconfiguration_deadline_timestamp_seconds",
        "When the graceful reconfiguration under way stops waiting.",
        cluster.labels(),
        deadlineSeconds);
  }

  void replica(Replica replica, boolean serves, int failures) {
    add(
        "muster_replica_online",
        "1 where the replica has hydrated and serves, else 0.",
        replica.labels(),
        serves ? 1 : 0);
    add(
        "muster_replica_consecutive_failures",
        "How often the replica has failed in a row; 5 or more are a crash loop.",
        replica.labels(),
        failures);
  }

  void utilization(Replica replica, double cpu, double memory) {
    add(
        "muster_replica_cpu_usage_ratio",
        "CPU that the replica uses, of what its size stands for; 1 is all of it.",
        replica.labels(),
        cpu);
    add(
        "muster_replica_memory_usage_ratio",
        "Memory that the replica uses, of what it may use; 1 is all of it.",
        replica.labels(),
        memory);
  }

  private void add(String name, String help, Labels labels, double value) {
    families
        .computeIfAbsent(name, key -> GaugeSnapshot.builder().name(name).help(help))
        .dataPoint(GaugeDataPointSnapshot.builder().labels(labels).value(value).build());
  }

  MetricSnapshots snapshots() {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    families.values().forEach(family -> all.metricSnapshot(family.build()));
    return all.build();
  }
}
