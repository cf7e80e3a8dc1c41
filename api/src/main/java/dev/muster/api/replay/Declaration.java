package dev.muster.api.replay;

import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.Published;
import dev.muster.api.sql.analysis.ClusterDefinition;
import dev.muster.journal.event.ClusterConfiguration;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterConfiguration.Unmanaged;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaPlan;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.event.Schedule;
import dev.muster.journal.event.SizeRange;
import dev.muster.journal.state.ClusterEntry;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import dev.muster.journal.state.Replica;
import dev.muster.journal.state.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What people have declared, without what Muster made of it: that part of a state which statements
 * can bring back.
 *
 * <p>A cluster that is being reconfigured counts as what it was declared to become. A size that
 * Muster chose, and a replication factor that a schedule decides, are nobody's declaration.
 *
 * @param clusters in the order of their ids
 * @param roleComments by the role's name
 * @param zonesOut the zones that are out of service, with what was said about it
 * @param parameters the system parameters that are set, by name
 */
public record Declaration(
    List<Cluster> clusters,
    Map<String, String> roleComments,
    Map<String, Optional<String>> zonesOut,
    Map<String, String> parameters) {
  /** Nothing at all. */
  public static final Declaration NOTHING =
      new Declaration(List.of(), Map.of(), Map.of(), Map.of());

  public Declaration {
    clusters = List.copyOf(clusters);
    roleComments = Map.copyOf(roleComments);
    zonesOut = Map.copyOf(zonesOut);
    parameters = Map.copyOf(parameters);
  }

  /**
   * One cluster.
   *
   * @param configuration empty where the cluster was still being created
   * @param replicas all that there are, in the order in which they were added
   */
  public record Cluster(
      ClusterId id,
      String name,
      String owner,
      Optional<String> comment,
      Optional<ClusterConfiguration> configuration,
      List<DeclaredReplica> replicas) {
    public Cluster {
      replicas = List.copyOf(replicas);
    }
  }

  /** One replica, as a statement would ask for it. */
  public record DeclaredReplica(ReplicaId id, ReplicaPlan plan, Optional<String> comment) {}

  public static Declaration of(CatalogSnapshot snapshot) {
    EnvironmentState environment = snapshot.environment().state();
    List<Cluster> clusters = new ArrayList<>();
    for (ClusterEntry entry : environment.clusters().values()) {
      Published<ClusterState> published = snapshot.clusters().get(entry.id());
      clusters.add(
          published != null && published.state() instanceof ClusterState.Live live
              ? cluster(entry, live)
              : new Cluster(
                  entry.id(),
                  entry.name(),
                  entry.owner(),
                  Optional.empty(),
                  Optional.empty(),
                  List.of()));
    }
    clusters.sort(Comparator.comparing(Cluster::id));
    Map<String, String> comments = new TreeMap<>();
    for (Role role : environment.roles().values()) {
      role.comment().ifPresent(comment -> comments.put(role.name(), comment));
    }
    Map<String, Optional<String>> zones = new TreeMap<>();
    environment.zoneOutages().values().forEach(out -> zones.put(out.zone(), out.reason()));
    return new Declaration(clusters, comments, zones, environment.parameters());
  }

  private static Cluster cluster(ClusterEntry entry, ClusterState.Live live) {
    ClusterConfiguration configuration =
        live.declared().<ClusterConfiguration>map(Declaration::declared).orElseGet(Unmanaged::new);
    return new Cluster(
        entry.id(),
        entry.name(),
        entry.owner(),
        live.comment(),
        Optional.of(configuration),
        live.replicas().stream().map(Declaration::replica).toList());
  }

  private static Managed declared(Managed managed) {
    Managed sized =
        managed
            .sizeRange()
            .map(SizeRange::minSize)
            .map(managed::withSize)
            .orElse(managed)
            .withSettings(declared(managed.settings()));
    return sized.schedule() instanceof Schedule.Manual ? sized : sized.withReplicationFactor(0);
  }

  private static DeclaredReplica replica(Replica replica) {
    ReplicaPlan plan = ClusterDefinition.plan(replica);
    return new DeclaredReplica(
        replica.id(),
        new ReplicaPlan(
            plan.name(),
            plan.size(),
            plan.availabilityZone(),
            declared(plan.settings()),
            plan.internal(),
            plan.billedAs()),
        replica.comment());
  }

  /** To report about reports that are turned off is nothing, and cannot be asked for. */
  private static ReplicaSettings declared(ReplicaSettings settings) {
    return new ReplicaSettings(
        settings.introspectionInterval(),
        settings.introspectionDebugging() && settings.introspectionInterval().isPresent(),
        settings.idleArrangementMergeEffort(),
        settings.disk());
  }

  /**
   * The clusters of one name, here or in another declaration, and nothing else.
   *
   * @param other where it may have had the name, when it has another here
   */
  public Declaration only(String name, Declaration other) {
    return new Declaration(
        clusters.stream()
            .filter(
                cluster ->
                    cluster.name().equals(name)
                        || other
                            .cluster(cluster.id())
                            .filter(then -> then.name().equals(name))
                            .isPresent())
            .toList(),
        Map.of(),
        Map.of(),
        Map.of());
  }

  /** The cluster that had an id. */
  Optional<Cluster> cluster(ClusterId id) {
    return clusters.stream().filter(cluster -> cluster.id().equals(id)).findFirst();
  }
}
