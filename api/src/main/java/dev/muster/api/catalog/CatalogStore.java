package dev.muster.api.catalog;

import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * What the entities of one node have published. Owners write, each its own entry, before they
 * reply; readers take snapshots. Safe for use by many threads, and nobody ever waits.
 */
public final class CatalogStore {
  private final AtomicReference<CatalogSnapshot> current =
      new AtomicReference<>(CatalogSnapshot.EMPTY);

  public CatalogSnapshot snapshot() {
    return current.get();
  }

  public void publish(EnvironmentState state, long sequenceNumber) {
    update(
        now ->
            new CatalogSnapshot(
                now.revision() + 1,
                new Published<>(state, sequenceNumber, now.revision() + 1),
                now.clusters(),
                now.observations(),
                now.withdrawals()));
  }

  public void publish(ClusterId id, ClusterState state, long sequenceNumber) {
    update(
        now ->
            new CatalogSnapshot(
                now.revision() + 1,
                now.environment(),
                now.clusters().plus(id, new Published<>(state, sequenceNumber, now.revision() + 1)),
                now.observations(),
                now.withdrawals()));
  }

  public void publish(ReplicaObservation observation) {
    update(
        now ->
            new CatalogSnapshot(
                now.revision() + 1,
                now.environment(),
                now.clusters(),
                now.observations().plus(observation.id(), observation),
                now.withdrawals()));
  }

  /** Forgets a cluster that has gone, or that has moved to another node. */
  public void withdraw(ClusterId id) {
    update(
        now ->
            new CatalogSnapshot(
                now.revision() + 1,
                now.environment(),
                now.clusters().minus(id),
                now.observations(),
                now.withdrawals() + 1));
  }

  /** Forgets a replica that no longer runs. */
  public void withdraw(ReplicaId id) {
    update(
        now ->
            new CatalogSnapshot(
                now.revision() + 1,
                now.environment(),
                now.clusters(),
                now.observations().minus(id),
                now.withdrawals()));
  }

  private void update(UnaryOperator<CatalogSnapshot> change) {
    current.updateAndGet(change);
  }
}
