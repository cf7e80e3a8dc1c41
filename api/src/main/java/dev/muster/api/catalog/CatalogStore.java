package dev.muster.api.catalog;

import dev.muster.api.catalog.CatalogChange.Touched;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What the entities of one node have published. Owners write, each its own entry, before they
 * reply; readers take snapshots. Safe for use by many threads, and nobody ever waits.
 *
 * <p>Every change leaves in the snapshot what it touched ({@link CatalogChange}), of each kind at
 * least the last {@link #REMEMBERED}.
 */
public final class CatalogStore {
  static final int REMEMBERED = 4096;

  private final AtomicReference<CatalogSnapshot> current =
      new AtomicReference<>(CatalogSnapshot.EMPTY);
  private final AtomicReference<CatalogChange> stateMark = new AtomicReference<>();
  private final AtomicReference<CatalogChange> observationMark = new AtomicReference<>();

  public CatalogSnapshot snapshot() {
    return current.get();
  }

  /** The environment, where it is not known how it came to be: after a recovery. */
  public void publish(EnvironmentState state, long sequenceNumber) {
    publish(state, sequenceNumber, now -> new Touched.Everything());
  }

  /**
   * The environment after more events.
   *
   * @param sequenceNumber of the last of them
   * @param events that were persisted since it was published last
   */
  public void publish(EnvironmentState state, long sequenceNumber, List<EnvironmentEvent> events) {
    Touched touched = new Touched.Clusters(EnvironmentChanges.touched(events));
    publish(
        state,
        sequenceNumber,
        now ->
            now.environment().sequenceNumber() + events.size() == sequenceNumber
                ? touched
                : new Touched.Everything());
  }

  /**
   * The environment as another node has it.
   *
   * @param touched the clusters whose entries differ from what was published last
   */
  public void publish(EnvironmentState state, long sequenceNumber, Set<ClusterId> touched) {
    publish(state, sequenceNumber, now -> new Touched.Clusters(touched));
  }

  /** Forgets the environment, which has moved to another node. */
  public void withdrawEnvironment() {
    publish(EnvironmentState.EMPTY, 0, now -> new Touched.Everything());
  }

  private void publish(
      EnvironmentState state, long sequenceNumber, Function<CatalogSnapshot, Touched> touched) {
    update(
        now ->
            new CatalogSnapshot(
                now.revision() + 1,
                new Published<>(state, sequenceNumber, now.revision() + 1),
                now.clusters(),
                now.observations(),
                now.withdrawals(),
                now.stateChange().then(touched.apply(now)),
                now.observationChange(),
                now.damaged()));
  }

  public void publish(ClusterId id, ClusterState state, long sequenceNumber) {
    update(
        now ->
            new CatalogSnapshot(
                now.revision() + 1,
                now.environment(),
                now.clusters().plus(id, new Published<>(state, sequenceNumber, now.revision() + 1)),
                now.observations(),
                now.withdrawals(),
                now.stateChange().then(new Touched.Clusters(Set.of(id))),
                now.observationChange(),
                now.damaged().minus(id)));
  }

  public void publish(ReplicaObservation observation) {
    update(
        now ->
            new CatalogSnapshot(
                now.revision() + 1,
                now.environment(),
                now.clusters(),
                now.observations().plus(observation.id(), observation),
                now.withdrawals(),
                now.stateChange(),
                now.observationChange().then(new Touched.Observation(observation.id())),
                now.damaged()));
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
                now.withdrawals() + 1,
                now.stateChange().then(new Touched.Clusters(Set.of(id))),
                now.observationChange(),
                now.damaged().minus(id)));
  }

  /**
   * Forgets a cluster's state, which cannot be read, and will not be by itself.
   *
   * @param reason one line
   */
  public void damaged(ClusterId id, String reason) {
    update(
        now ->
            reason.equals(now.damaged().get(id))
                ? now
                : new CatalogSnapshot(
                    now.revision() + 1,
                    now.environment(),
                    now.clusters().minus(id),
                    now.observations(),
                    now.withdrawals() + 1,
                    now.stateChange().then(new Touched.Clusters(Set.of(id))),
                    now.observationChange(),
                    now.damaged().plus(id, reason)));
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
                now.withdrawals(),
                now.stateChange(),
                now.observationChange().then(new Touched.Observation(id)),
                now.damaged()));
  }

  private void update(UnaryOperator<CatalogSnapshot> change) {
    CatalogSnapshot now = current.updateAndGet(change);
    cut(stateMark, now.stateChange());
    cut(observationMark, now.observationChange());
  }

  /** Lets go of what is older than the mark before the last one. */
  private static void cut(AtomicReference<CatalogChange> mark, CatalogChange newest) {
    CatalogChange last = mark.get();
    long since = newest.number() - (last == null ? 0 : last.number());
    if (since >= REMEMBERED && mark.compareAndSet(last, newest) && last != null) {
      last.forgetPrevious();
    }
  }
}
