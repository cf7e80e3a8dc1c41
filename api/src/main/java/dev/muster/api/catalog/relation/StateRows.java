package dev.muster.api.catalog.relation;

import dev.muster.api.size.ReplicaSize;
import dev.muster.api.size.SizeCatalogue;
import dev.muster.journal.event.AutoScalingStrategy;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.event.Schedule;
import dev.muster.journal.state.ClusterEntry;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import dev.muster.journal.state.Replica;
import dev.muster.journal.state.ReplicaProgress;
import dev.muster.journal.state.Role;
import dev.muster.journal.state.ZoneOutage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The rows of {@link BaseTable}s that a state gives; values by position, null for NULL. */
public final class StateRows {
  private final SizeCatalogue sizes;

  public StateRows(SizeCatalogue sizes) {
    this.sizes = sizes;
  }

  /** The row of a cluster. */
  public List<Object> cluster(
      ClusterEntry entry, ClusterState.Live state, EnvironmentState environment) {
    String owner = ownerId(entry, environment);
    Optional<Managed> managed = state.managed();
    Optional<ReplicaSettings> settings = managed.map(Managed::settings);
    Optional<AutoScalingStrategy> scaling = managed.flatMap(Managed::autoScaling);
    List<Object> row = new ArrayList<>();
    Collections.addAll(
        row,
        entry.id().value(),
        entry.name(),
        owner,
        List.of(owner + "=UC/" + owner),
        managed.isPresent(),
        managed.map(Managed::size).orElse(null),
        managed.map(shape -> (long) shape.replicationFactor()).orElse(null),
        managed.map(shape -> disk(shape.settings(), shape.size())).orElse(null),
        managed.map(Managed::availabilityZones).filter(zones -> !zones.isEmpty()).orElse(null),
        settings.map(ReplicaSettings::introspectionDebugging).orElse(null),
        settings
            .flatMap(ReplicaSettings::introspectionInterval)
            .map(StateRows::micros)
            .orElse(null),
        managed.map(shape -> scheduleType(shape.schedule())).orElse(null),
        managed.flatMap(shape -> refreshEstimate(shape.schedule())).orElse(null),
        scaling.map(AutoScalingStrategy::hydrationSize).orElse(null),
        scaling.flatMap(AutoScalingStrategy::lingerDuration).map(StateRows::micros).orElse(null),
        state.createdAt().instant(),
        state.comment().orElse(null),
        replicas(state, environment));
    row.addAll(ReconfigurationRows.columns(state.latestReconfiguration()));
    row.addAll(ScalingRows.columns(state));
    return row;
  }

  /** The row of a replica. */
  public List<Object> replica(ClusterEntry entry, Replica replica, EnvironmentState environment) {
    ReplicaProgress progress = replica.progress();
    List<Object> row = new ArrayList<>();
    Collections.addAll(
        row,
        entry.id().value(),
        replica.id().value(),
        replica.id().number(),
        replica.name(),
        ownerId(entry, environment),
        replica.size(),
        replica.zone(),
        replica.zonePinned(),
        disk(replica.settings(), replica.size()),
        replica.internal(),
        replica.creditsPerHour(),
        replica.createdAt().instant(),
        progressName(progress),
        progress.at(),
        reason(progress),
        progress.incarnation(),
        host(progress),
        processId(progress),
        replica.comment().orElse(null));
    row.addAll(ProgressRows.columns(replica));
    row.add(replica.lacksMemory());
    return row;
  }

  /** The replicas as SHOW CLUSTERS lists them; made here, where it costs no aggregation a query. */
  private static String replicas(ClusterState.Live state, EnvironmentState environment) {
    List<String> texts =
        state.replicas().stream()
            .filter(replica -> visible(replica.id(), environment))
            .sorted(Comparator.comparing(Replica::name))
            .map(replica -> replica.name() + " (" + replica.size() + ")")
            .toList();
    return texts.isEmpty() ? null : String.join(", ", texts);
  }

  /** Whether readers may see the replica: not once its drop has been decided. */
  public static boolean visible(ReplicaId id, EnvironmentState environment) {
    return !environment.replicaDrops().contains(id);
  }

  /** The row of a role. */
  public List<Object> role(Role role) {
    return Arrays.asList(
        role.id(),
        oid(role.id()),
        role.name(),
        role.superuser(),
        role.login(),
        role.inherit(),
        role.comment().orElse(null));
  }

  /** The row of a zone that is out of service. */
  public List<Object> zoneOutage(ZoneOutage outage) {
    return Arrays.asList(outage.zone(), outage.since().instant(), outage.reason().orElse(null));
  }

  /**
   * The object id by which PostgreSQL's clients know what has a text id: 16384 and up, those of the
   * system even, those of users odd.
   */
  static long oid(String id) {
    return 16384L + 2 * Long.parseLong(id, 1, id.length(), 10) + (id.charAt(0) == 's' ? 0 : 1);
  }

  private static String ownerId(ClusterEntry entry, EnvironmentState environment) {
    return environment.role(entry.owner()).map(Role::id).orElse(entry.owner());
  }

  /** Whether there is disk: as was asked for, or as the size has it. */
  private boolean disk(ReplicaSettings settings, String size) {
    return settings
        .disk()
        .orElseGet(() -> sizes.find(size).map(ReplicaSize::diskBytes).orElse(0L) > 0);
  }

  private static String scheduleType(Schedule schedule) {
    return switch (schedule) {
      case Schedule.Manual ignored -> "manual";
      case Schedule.OnRefresh ignored -> "on-refresh";
    };
  }

  private static Optional<Long> refreshEstimate(Schedule schedule) {
    return switch (schedule) {
      case Schedule.Manual ignored -> Optional.empty();
      case Schedule.OnRefresh refresh -> refresh.hydrationTimeEstimate().map(StateRows::micros);
    };
  }

  private static String progressName(ReplicaProgress progress) {
    return switch (progress) {
      case ReplicaProgress.Pending ignored -> "pending";
      case ReplicaProgress.Hydrating ignored -> "hydrating";
      case ReplicaProgress.Online ignored -> "online";
      case ReplicaProgress.Failed ignored -> "failed";
    };
  }

  /** Why the replica's process does not answer; null where it does. */
  private static String reason(ReplicaProgress progress) {
    return switch (progress) {
      case ReplicaProgress.Pending pending ->
          pending.waiting().map(wait -> wait.kind().text()).orElse("pending");
      case ReplicaProgress.Hydrating ignored -> null;
      case ReplicaProgress.Online ignored -> null;
      case ReplicaProgress.Failed failed -> failed.failure().kind().text();
    };
  }

  private static String host(ReplicaProgress progress) {
    return switch (progress) {
      case ReplicaProgress.Pending ignored -> null;
      case ReplicaProgress.Hydrating hydrating -> hydrating.host();
      case ReplicaProgress.Online online -> online.host();
      case ReplicaProgress.Failed ignored -> null;
    };
  }

  private static Long processId(ReplicaProgress progress) {
    return switch (progress) {
      case ReplicaProgress.Pending ignored -> null;
      case ReplicaProgress.Hydrating hydrating -> hydrating.processId();
      case ReplicaProgress.Online online -> online.processId();
      case ReplicaProgress.Failed ignored -> null;
    };
  }

  private static Long micros(Duration duration) {
    return Math.addExact(
        Math.multiplyExact(duration.toSeconds(), 1_000_000L), duration.toNanosPart() / 1000);
  }
}
