package dev.muster.api.metrics;

import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.Published;
import dev.muster.api.catalog.ReplicaObservation;
import dev.muster.api.catalog.ReplicaState;
import dev.muster.journal.event.ClusterConfiguration;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterEntry;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import dev.muster.journal.state.Reconfiguration;
import dev.muster.journal.state.Replica;
import dev.muster.journal.state.ReplicaProgress;
import dev.muster.journal.state.ReplicaProgress.Failed;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.pcollections.PMap;

/**
 * What can be read off the state of this node's entities: nothing is counted on the way, all is
 * looked at when somebody asks. Several nodes each tell of their own clusters: sums are sums.
 *
 * <p>Each cluster and each replica has series of its own as long as there are not too many.
 */
public final class CatalogMetrics implements MultiCollector {
  private static final double MILLIS_PER_SECOND = 1e3;

  private final Supplier<CatalogSnapshot> own;
  private final Supplier<EnvironmentState> names;
  private final int detailedClustersMax;

  /**
   * @param own what this node's entities have published
   * @param names of clusters; may be a little older, and may be of another node
   * @param detailedClustersMax where the node has more clusters, none has series of its own
   */
  public CatalogMetrics(
      Supplier<CatalogSnapshot> own, Supplier<EnvironmentState> names, int detailedClustersMax) {
    this.own = own;
    this.names = names;
    this.detailedClustersMax = detailedClustersMax;
  }

  @Override
  public MetricSnapshots collect() {
    CatalogSnapshot snapshot = own.get();
    Look look = new Look(names.get(), snapshot.observations());
    look.environment(snapshot.environment().state());
    for (Published<ClusterState> published : snapshot.clusters().values()) {
      if (published.state() instanceof ClusterState.Live live) {
        look.cluster(live, snapshot.clusters().size() <= detailedClustersMax);
      }
    }
    look.end(snapshot.clusters().size() > detailedClustersMax);
    return look.gauges.snapshots();
  }

  /** Managed clusters are kept at their factor, unmanaged ones as they are. */
  private static int wanted(ClusterState.Live cluster) {
    return switch (cluster.configuration()) {
      case ClusterConfiguration.Managed managed -> managed.replicationFactor();
      case ClusterConfiguration.Unmanaged ignored -> cluster.replicas().size();
    };
  }

  /**
   * As the bill has it: what Muster has for itself costs nothing, unless it is billed as a size.
   */
  private static BigDecimal creditsPerHour(Replica replica) {
    return replica.internal() && replica.billedAs().isEmpty()
        ? BigDecimal.ZERO
        : replica.creditsPerHour();
  }

  private record StateInZone(ReplicaState state, String zone) implements Comparable<StateInZone> {
    @Override
    public int compareTo(StateInZone other) {
      int byState = state.compareTo(other.state);
      return byState == 0 ? zone.compareTo(other.zone) : byState;
    }
  }

  /** One look at everything. */
  private static final class Look {
    private final Gauges gauges = new Gauges();
    private final EnvironmentState names;
    private final PMap<ReplicaId, ReplicaObservation> observations;
    private final Map<StateInZone, Integer> replicas = new TreeMap<>();
    private BigDecimal creditsPerHour = BigDecimal.ZERO;
    private int environments;
    private int managed;
    private int unmanaged;
    private int unserved;
    private int reconfiguring;
    private int bursting;

    Look(EnvironmentState names, PMap<ReplicaId, ReplicaObservation> observations) {
      this.names = names;
      this.observations = observations;
    }

    void environment(EnvironmentState environment) {
      environments = environment.environmentId().isPresent() ? 1 : 0;
      if (environments == 1) {
        gauges.zonesOut(environment.zoneOutages().size());
        environment.zoneOutages().keySet().forEach(gauges::zoneOut);
      }
    }

    void cluster(ClusterState.Live cluster, boolean inDetail) {
      boolean isManaged = cluster.managed().isPresent();
      managed += isManaged ? 1 : 0;
      unmanaged += isManaged ? 0 : 1;
      long hydrated = cluster.replicas().stream().filter(Replica::serves).count();
      unserved += hydrated == 0 && wanted(cluster) > 0 ? 1 : 0;
      reconfiguring += cluster.reconfiguration().isPresent() ? 1 : 0;
      bursting += cluster.burst().isPresent() ? 1 : 0;
      BigDecimal credits = BigDecimal.ZERO;
      for (Replica replica : cluster.replicas()) {
        credits = credits.add(creditsPerHour(replica));
        replicas.merge(
            new StateInZone(ReplicaState.of(replica.progress()), replica.zone()), 1, Integer::sum);
      }
      creditsPerHour = creditsPerHour.add(credits);
      if (inDetail) {
        String name = names.cluster(cluster.id()).map(ClusterEntry::name).orElse("");
        detail(cluster, new Gauges.Cluster(cluster.id().value(), name), hydrated, credits);
      }
    }

    private void detail(
        ClusterState.Live cluster, Gauges.Cluster named, long hydrated, BigDecimal credits) {
      gauges.cluster(named, wanted(cluster), hydrated, credits.doubleValue());
      cluster.reconfiguration().ifPresent(under -> reconfiguration(named, under));
      for (Replica replica : cluster.replicas()) {
        Gauges.Replica labels =
            new Gauges.Replica(
                named, replica.id().value(), replica.name(), replica.size(), replica.zone());
        gauges.replica(labels, replica.serves(), failures(replica.progress()));
        ReplicaObservation seen = observations.get(replica.id());
        if (seen != null) {
          seen.utilization()
              .ifPresent(
                  used -> gauges.utilization(labels, used.cpuFraction(), used.memoryFraction()));
        }
      }
    }

    private void reconfiguration(Gauges.Cluster named, Reconfiguration under) {
      gauges.reconfiguration(
          named,
          under.startedAt().epochMillis() / MILLIS_PER_SECOND,
          under.deadline().toEpochMilli() / MILLIS_PER_SECOND);
    }

    /** Failures in a row that have not been lived down yet. */
    private static int failures(ReplicaProgress progress) {
      return progress instanceof Failed failed ? failed.consecutiveFailures() : 0;
    }

    void end(boolean detailOmitted) {
      gauges.entities(managed + unmanaged, environments);
      gauges.clusters(managed, unmanaged, unserved, reconfiguring, bursting);
      replicas.forEach((key, count) -> gauges.replicas(key.state().text(), key.zone(), count));
      gauges.credits(creditsPerHour.doubleValue());
      gauges.detailOmitted(detailOmitted);
    }
  }
}
