package dev.muster.api.catalog;

import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one change touched, and the change before it: the newest changes of a store, as a chain that
 * is cut off behind. Who has read one snapshot finds from the next one's change what to read again,
 * at the cost of the changes in between. Where a change came is told by its identity, so that it
 * cannot be taken for one of another store.
 */
public final class CatalogChange {
  /** Before every change of every store. */
  static final CatalogChange NONE = new CatalogChange(null, 0, new Touched.Everything());

  private final Touched touched;
  private final long number;
  private volatile CatalogChange previous;

  /** What may differ from before. */
  public sealed interface Touched {
    /** Clusters: their states, names, owners or rows. */
    record Clusters(Set<ClusterId> ids) implements Touched {
      public Clusters {
        ids = Set.copyOf(ids);
      }
    }

    /** What was observed of a replica. */
    record Observation(ReplicaId id) implements Touched {}

    /** Nobody knows: all must be looked at. */
    record Everything() implements Touched {}
  }

  private CatalogChange(CatalogChange previous, long number, Touched touched) {
    this.previous = previous;
    this.number = number;
    this.touched = touched;
  }

  /** A change of which nothing is known, nor what came before. */
  static CatalogChange unknown() {
    return new CatalogChange(null, 0, new Touched.Everything());
  }

  CatalogChange then(Touched what) {
    return new CatalogChange(this, number + 1, what);
  }

  /** How many came before it. */
  long number() {
    return number;
  }

  /** Nothing before this one is known any more; whoever needs it looks at everything. */
  void forgetPrevious() {
    previous = null;
  }

  /**
   * The clusters that the changes after an earlier one touched, up to and including this.
   *
   * @return empty where that is not known: the earlier one is too old, or not of this chain
   */
  public Optional<Set<ClusterId>> clustersSince(CatalogChange earlier) {
    return since(earlier)
        .map(
            all ->
                all.stream()
                    .filter(Touched.Clusters.class::isInstance)
                    .flatMap(touched -> ((Touched.Clusters) touched).ids().stream())
                    .collect(Collectors.toSet()));
  }

  /** The same for the replicas of which something was observed. */
  public Optional<Set<ReplicaId>> replicasSince(CatalogChange earlier) {
    return since(earlier)
        .map(
            all ->
                all.stream()
                    .filter(Touched.Observation.class::isInstance)
                    .map(touched -> ((Touched.Observation) touched).id())
                    .collect(Collectors.toSet()));
  }

  private Optional<List<Touched>> since(CatalogChange earlier) {
    List<Touched> found = new ArrayList<>();
    for (CatalogChange change = this; change != earlier; change = change.previous) {
      if (change == null || change.touched instanceof Touched.Everything) {
        return Optional.empty();
      }
      found.add(change.touched);
    }
    return Optional.of(found);
  }
}
