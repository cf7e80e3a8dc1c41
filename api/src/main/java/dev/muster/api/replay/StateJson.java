package dev.muster.api.replay;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.Published;
import dev.muster.api.catalog.ReplicaState;
import dev.muster.api.sql.analysis.ClusterDefinition;
import dev.muster.api.sql.tree.SqlText;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ReconfigurationTarget;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.event.Schedule;
import dev.muster.journal.state.ClusterEntry;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import dev.muster.journal.state.Reconfiguration;
import dev.muster.journal.state.Replica;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A state as JSON: times in ISO 8601, durations too, what is not there is left out. */
public final class StateJson {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private StateJson() {}

  /**
   * @param which clusters, by name
   */
  public static ObjectNode of(CatalogSnapshot snapshot, Instant at, Predicate<String> which) {
    EnvironmentState environment = snapshot.environment().state();
    ObjectNode state = JSON.objectNode().put("at", at.toString());
    environment.environmentId().ifPresent(id -> state.put("environment_id", id));
    ObjectNode parameters = state.putObject("system_parameters");
    new TreeMap<>(environment.parameters()).forEach(parameters::put);
    ArrayNode roles = state.putArray("roles");
    environment.roles().values().stream()
        .sorted(Comparator.comparing(role -> role.id()))
        .forEach(
            role -> {
              ObjectNode json =
                  roles
                      .addObject()
                      .put("id", role.id())
                      .put("name", role.name())
                      .put("superuser", role.superuser())
                      .put("login", role.login())
                      .put("inherit", role.inherit());
              role.comment().ifPresent(comment -> json.put("comment", comment));
            });
    ArrayNode zones = state.putArray("zones_out_of_service");
    environment.zoneOutages().values().stream()
        .sorted(Comparator.comparing(outage -> outage.zone()))
        .forEach(
            outage -> {
              ObjectNode json =
                  zones
                      .addObject()
                      .put("id", outage.zone())
                      .put("since", outage.since().instant().toString());
              outage.reason().ifPresent(reason -> json.put("reason", reason));
            });
    ArrayNode clusters = state.putArray("clusters");
    environment.clusters().values().stream()
        .filter(entry -> which.test(entry.name()))
        .sorted(Comparator.comparing(ClusterEntry::id))
        .forEach(entry -> clusters.add(cluster(entry, snapshot.clusters().get(entry.id()))));
    return state;
  }

  private static ObjectNode cluster(ClusterEntry entry, Published<ClusterState> published) {
    ObjectNode json =
        JSON.objectNode()
            .put("id", entry.id().value())
            .put("name", entry.name())
            .put("owner", entry.owner());
    if (published == null || !(published.state() instanceof ClusterState.Live live)) {
      return json.put("state", "creating");
    }
    live.comment().ifPresent(comment -> json.put("comment", comment));
    json.put("created_at", live.createdAt().instant().toString());
    json.put("managed", live.managed().isPresent());
    live.managed().ifPresent(managed -> configuration(managed, json));
    live.reconfiguration().ifPresent(under -> json.set("reconfiguration", reconfiguration(under)));
    live.burst()
        .ifPresent(
            burst ->
                json.putObject("burst")
                    .put("size", burst.size())
                    .put("since", burst.startedAt().instant().toString()));
    json.put("create_sql", SqlText.of(ClusterDefinition.of(entry.name(), live)));
    ArrayNode replicas = json.putArray("replicas");
    live.replicas().forEach(replica -> replicas.add(replica(replica)));
    return json;
  }

  private static void configuration(Managed managed, ObjectNode json) {
    json.put("size", managed.size()).put("replication_factor", managed.replicationFactor());
    zones(managed.availabilityZones(), json);
    settings(managed.settings(), json);
    json.put("schedule", managed.schedule() instanceof Schedule.Manual ? "manual" : "on-refresh");
    if (managed.schedule() instanceof Schedule.OnRefresh refresh) {
      refresh
          .hydrationTimeEstimate()
          .ifPresent(estimate -> json.put("hydration_time_estimate", estimate.toString()));
    }
    managed
        .autoScaling()
        .ifPresent(
            strategy -> {
              json.put("hydration_size", strategy.hydrationSize());
              strategy
                  .lingerDuration()
                  .ifPresent(linger -> json.put("linger_duration", linger.toString()));
            });
    managed
        .sizeRange()
        .ifPresent(range -> json.put("min_size", range.minSize()).put("max_size", range.maxSize()));
  }

  private static void zones(List<String> zones, ObjectNode json) {
    ArrayNode all = json.putArray("availability_zones");
    zones.forEach(all::add);
  }

  private static void settings(ReplicaSettings settings, ObjectNode json) {
    json.put(
        "introspection_interval",
        settings.introspectionInterval().map(Object::toString).orElse("PT0S"));
    json.put("introspection_debugging", settings.introspectionDebugging());
    settings
        .idleArrangementMergeEffort()
        .ifPresent(effort -> json.put("idle_arrangement_merge_effort", effort));
    settings.disk().ifPresent(disk -> json.put("disk", disk));
  }

  private static ObjectNode reconfiguration(Reconfiguration under) {
    ReconfigurationTarget target = under.target();
    ObjectNode json =
        JSON.objectNode()
            .put("started_at", under.startedAt().instant().toString())
            .put("started_by", under.startedBy())
            .put("deadline", under.deadline().toString())
            .put("on_timeout", under.onTimeout().name().toLowerCase(Locale.ROOT));
    ObjectNode shape = json.putObject("target");
    shape.put("size", target.size()).put("replication_factor", target.replicationFactor());
    zones(target.availabilityZones(), shape);
    settings(target.settings(), shape);
    return json;
  }

  private static ObjectNode replica(Replica replica) {
    ObjectNode json =
        JSON.objectNode()
            .put("id", replica.id().value())
            .put("name", replica.name())
            .put("size", replica.size())
            .put("availability_zone", replica.zone())
            .put("zone_pinned", replica.zonePinned())
            .put("status", ReplicaState.of(replica.progress()).text())
            .put("since", replica.progress().since().instant().toString())
            .put("created_at", replica.createdAt().instant().toString())
            .put("credits_per_hour", replica.creditsPerHour())
            .put("internal", replica.internal());
    replica.billedAs().ifPresent(size -> json.put("billed_as", size));
    replica.comment().ifPresent(comment -> json.put("comment", comment));
    return json;
  }
}
