package dev.muster.api.catalog;

import dev.muster.api.CatalogIncompleteException;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterEntry;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * The state of everything at one instant, immutable.
 *
 * @param revision grows with every change; equal revisions are equal snapshots
 * @param withdrawals of clusters, so far: as long as it stays, no cluster that was there has gone
 * @param stateChange the newest change of the environment or of a cluster
 * @param observationChange the newest change of the observations
 * @param damaged clusters whose state cannot be read, and will not be by itself, with the reason
 */
public record CatalogSnapshot(
    long revision,
    Published<EnvironmentState> environment,
    PMap<ClusterId, Published<ClusterState>> clusters,
    PMap<ReplicaId, ReplicaObservation> observations,
    long withdrawals,
    CatalogChange stateChange,
    CatalogChange observationChange,
    PMap<ClusterId, String> damaged) {
  private static final int NAMED_AT_MOST = 5;

  public static final CatalogSnapshot EMPTY =
      new CatalogSnapshot(
          0,
          new Published<>(EnvironmentState.EMPTY, 0, 0),
          HashTreePMap.empty(),
          HashTreePMap.empty(),
          0,
          CatalogChange.NONE,
          CatalogChange.NONE,
          HashTreePMap.empty());

  /** One of which nobody knows how it came to be. */
  public CatalogSnapshot(
      long revision,
      Published<EnvironmentState> environment,
      PMap<ClusterId, Published<ClusterState>> clusters,
      PMap<ReplicaId, ReplicaObservation> observations,
      long withdrawals) {
    this(
        revision,
        environment,
        clusters,
        observations,
        withdrawals,
        CatalogChange.unknown(),
        CatalogChange.unknown(),
        HashTreePMap.empty());
  }

  /** Clusters that the environment has and that nobody has told of yet. */
  public long missing() {
    return environment.state().clusters().values().stream()
        .filter(entry -> entry.creating().isEmpty() && !isKnown(entry.id()))
        .count();
  }

  /** Whether its owner has told of it: its state, or that there is none to be had. */
  public boolean isKnown(ClusterId id) {
    return clusters.containsKey(id) || damaged.containsKey(id);
  }

  /**
   * Of whoever needs every cluster's state.
   *
   * @throws CatalogIncompleteException that names those that cannot be read
   */
  public void requireWhole() {
    requireReadable(damaged.keySet());
  }

  /**
   * Of whoever needs some clusters' states.
   *
   * @throws CatalogIncompleteException that names those of them that cannot be read
   */
  public void requireReadable(Set<ClusterId> ids) {
    List<ClusterId> unreadable =
        damaged.keySet().stream().filter(ids::contains).filter(this::isWanted).sorted().toList();
    if (!unreadable.isEmpty()) {
      throw unreadable(unreadable);
    }
  }

  /**
   * Of whoever needs one cluster's state.
   *
   * @throws CatalogIncompleteException where it cannot be read
   */
  public void requireReadable(ClusterId id) {
    requireReadable(Set.of(id));
  }

  /** What is being dropped, or still being created, has no rows. */
  private boolean isWanted(ClusterId id) {
    ClusterEntry entry = environment.state().clusters().get(id);
    return entry != null && entry.creating().isEmpty();
  }

  private CatalogIncompleteException unreadable(List<ClusterId> ids) {
    String more = ids.size() > NAMED_AT_MOST ? " and " + (ids.size() - NAMED_AT_MOST) : "";
    return CatalogIncompleteException.damaged(
        (ids.size() == 1 ? "cluster " : "clusters ")
            + ids.stream().limit(NAMED_AT_MOST).map(this::named).collect(Collectors.joining(", "))
            + (more.isEmpty() ? "" : more + " more")
            + " cannot be read",
        ids.stream()
            .limit(NAMED_AT_MOST)
            .map(id -> ids.size() == 1 ? damaged.get(id) : id + ": " + damaged.get(id))
            .collect(Collectors.joining("; ")));
  }

  private String named(ClusterId id) {
    return environment
        .state()
        .cluster(id)
        .map(entry -> "\"" + entry.name() + "\" (" + id + ")")
        .orElseGet(id::value);
  }
}
