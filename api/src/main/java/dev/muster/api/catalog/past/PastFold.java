package dev.muster.api.catalog.past;

import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.CatalogStore;
import dev.muster.api.catalog.Published;
import dev.muster.journal.JournalErrors;
import dev.muster.journal.PersistenceIds;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.read.JournalReader;
import dev.muster.journal.read.JournalReader.Sequenced;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import dev.muster.journal.state.ImpossibleEventException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * A journal folded to an instant, which can be moved: of each entity it knows from when until when
 * it was what it is, and reads again only those that were something else at the next instant. For
 * one thread at a time; blocks, and fails as the journal's stages do. After a failure it can be
 * moved again.
 *
 * <p>A cluster whose events cannot be read so far is {@link CatalogSnapshot#damaged}; an
 * environment fails the move.
 */
public final class PastFold {
  /** Entities that are read at once. */
  private static final int PARALLEL_READS = 16;

  private final JournalReader journal;
  private final CatalogStore store = new CatalogStore();
  private final Map<ClusterId, Span<ClusterState>> clusters = new HashMap<>();
  private Span<EnvironmentState> environment = Span.before(EnvironmentState.EMPTY);

  private record Read(
      ClusterId id,
      Span<ClusterState> from,
      CompletionStage<List<Sequenced<ClusterEvent>>> events) {}

  /**
   * A question.
   *
   * @param present a snapshot of now: it tells of which entities there are newer events
   */
  public record Target(Instant instant, CatalogSnapshot present) {
    private long millis() {
      return instant.toEpochMilli();
    }

    private long newest(ClusterId id) {
      Published<ClusterState> known = present.clusters().get(id);
      return known == null ? Long.MAX_VALUE : known.sequenceNumber();
    }
  }

  public PastFold(JournalReader journal) {
    this.journal = journal;
  }

  /** Another one that stands where this one does, and is moved by itself. */
  public PastFold copy() {
    PastFold copy = new PastFold(journal);
    copy.clusters.putAll(clusters);
    return copy;
  }

  /** How many entities would have to be read again. */
  public int distance(Target target) {
    int others = 0;
    for (Map.Entry<ClusterId, Span<ClusterState>> entry : clusters.entrySet()) {
      others += entry.getValue().holds(target.millis(), target.newest(entry.getKey())) ? 0 : 1;
    }
    return others;
  }

  /** The state after the last event that is not later than the instant. */
  public CatalogSnapshot moveTo(Target target, Patience patience) {
    moveEnvironment(target, patience);
    Deque<Read> underWay = new ArrayDeque<>();
    for (ClusterId id : environment.state().clusters().keySet()) {
      Span<ClusterState> known = clusters.get(id);
      if (known != null && known.holds(target.millis(), target.newest(id))) {
        publish(id, known);
        continue;
      }
      underWay.add(read(id, known, target));
      if (underWay.size() >= PARALLEL_READS) {
        finish(underWay.remove(), target, patience);
      }
    }
    while (!underWay.isEmpty()) {
      finish(underWay.remove(), target, patience);
    }
    return store.snapshot();
  }

  private void moveEnvironment(Target target, Patience patience) {
    long newest = target.present().environment().sequenceNumber();
    if (environment.holds(target.millis(), newest == 0 ? Long.MAX_VALUE : newest)) {
      return;
    }
    boolean onwards = environment.reaches(target.millis());
    Span<EnvironmentState> from = onwards ? environment : Span.before(EnvironmentState.EMPTY);
    List<EnvironmentEvent> applied = new ArrayList<>();
    environment =
        from.next(
            PersistenceIds.environment(),
            patience.await(
                Beginning.until(
                    target.instant(),
                    from.sequenceNumber() + 1,
                    journal.environmentUntil(from.sequenceNumber() + 1, target.instant()),
                    journal::environment)),
            target.millis(),
            (state, at, event) -> {
              applied.add(event);
              return state.evolve(at, event);
            });
    if (onwards && applied.isEmpty()) {
      return;
    }
    if (onwards && from.sequenceNumber() > 0) {
      store.publish(environment.state(), environment.sequenceNumber(), applied);
    } else {
      store.publish(environment.state(), environment.sequenceNumber());
    }
    Set<ClusterId> there = environment.state().clusters().keySet();
    store.snapshot().clusters().keySet().stream()
        .filter(id -> !there.contains(id))
        .forEach(store::withdraw);
  }

  private Read read(ClusterId id, Span<ClusterState> known, Target target) {
    Span<ClusterState> from =
        known != null && known.reaches(target.millis())
            ? known
            : Span.before(new ClusterState.Absent());
    long first = from.sequenceNumber() + 1;
    return new Read(
        id,
        from,
        Beginning.until(
            target.instant(),
            first,
            journal.clusterUntil(id, first, target.instant()),
            (begin, end) -> journal.cluster(id, begin, end)));
  }

  private void finish(Read read, Target target, Patience patience) {
    try {
      Span<ClusterState> span =
          read.from()
              .next(
                  PersistenceIds.cluster(read.id()),
                  patience.await(read.events()),
                  target.millis(),
                  (state, at, event) -> state.evolve(at, event));
      clusters.put(read.id(), span);
      publish(read.id(), span);
    } catch (CompletionException | ImpossibleEventException e) {
      if (!JournalErrors.isDamage(e)) {
        throw e;
      }
      // The others have their past all the same.
      clusters.remove(read.id());
      store.damaged(read.id(), JournalErrors.describe(e).orElseGet(e::getMessage));
    }
  }

  private void publish(ClusterId id, Span<ClusterState> span) {
    Published<ClusterState> known = store.snapshot().clusters().get(id);
    if (span.sequenceNumber() == 0) {
      if (known != null) {
        store.withdraw(id);
      }
    } else if (known == null || known.sequenceNumber() != span.sequenceNumber()) {
      store.publish(id, span.state(), span.sequenceNumber());
    }
  }
}
