package dev.muster.api.catalog.history;

import dev.muster.api.catalog.CatalogChange;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.Published;
import dev.muster.api.catalog.rewrite.SqlErrors;
import dev.muster.api.error.SqlException;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.NameChange;
import dev.muster.journal.read.JournalReader;
import dev.muster.journal.read.JournalReader.Sequenced;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Reads the journal as far as snapshots go, and keeps the rows until they are taken. Safe for use
 * by many threads, of which one reads at a time; reading blocks.
 */
public final class JournalHistory {
  /** Entities that are read at once. */
  private static final int PARALLEL_READS = 16;

  /** Rows that gather on the heap before they are handed over, of a first reading of long pasts. */
  private static final int ROWS_AT_ONCE = 20_000;

  private static final long LOOK_AGAIN_MILLIS = 20;

  private final JournalReader journal;
  private final Optional<Consumer<HistoryRows>> taker;
  private final ReentrantLock reading = new ReentrantLock();
  private final Map<ClusterId, ClusterHistory> clusters = new HashMap<>();
  private final AuditRows audit = new AuditRows();

  /** Not in the snapshots, nor ended: as long as that is so they are read each time. */
  private final Set<ClusterId> unsettled = new HashSet<>();

  /** Why the last reading failed. */
  private volatile Optional<String> unreadable = Optional.empty();

  private long settledRevision;
  private CatalogChange settledChange = CatalogSnapshot.EMPTY.stateChange();
  private long environmentReadTo;
  private HistoryRows rows = new HistoryRows();

  /** One whose rows gather until somebody takes them. */
  public JournalHistory(JournalReader journal) {
    this(journal, Optional.empty());
  }

  /**
   * One that hands its rows over while it reads, so that few of them are on the heap.
   *
   * @param taker called by whoever reads, before the reading returns; where it fails the rows stay
   */
  public JournalHistory(JournalReader journal, Consumer<HistoryRows> taker) {
    this(journal, Optional.of(taker));
  }

  private JournalHistory(JournalReader journal, Optional<Consumer<HistoryRows>> taker) {
    this.journal = journal;
    this.taker = taker;
  }

  /** Why the journal could not be read when it was last asked for; empty where it could. */
  public Optional<String> unreadable() {
    return unreadable;
  }

  /** What is done with rows. */
  @FunctionalInterface
  public interface Taking {
    void take(HistoryRows rows) throws java.sql.SQLException;
  }

  /**
   * Reads everything that the snapshot has and that was not read yet.
   *
   * @param canceled whether to give up; what was read until then is kept
   * @throws dev.muster.api.error.SqlException where the journal cannot be read, or it was canceled
   */
  public void readTo(CatalogSnapshot snapshot, BooleanSupplier canceled) {
    lock(canceled);
    try {
      if (snapshot.revision() <= settledRevision) {
        return;
      }
      readEnvironment(snapshot);
      readClusters(snapshot, canceled);
      handOver(1);
      settledRevision = snapshot.revision();
      settledChange = snapshot.stateChange();
      unreadable = Optional.empty();
    } catch (CompletionException e) {
      SqlException failure = SqlErrors.journalUnreadable(e);
      unreadable =
          Optional.of(failure.sqlMessage().detail().orElse(failure.sqlMessage().message()));
      throw failure;
    } finally {
      reading.unlock();
    }
  }

  private void lock(BooleanSupplier canceled) {
    try {
      while (!reading.tryLock(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
        requireWanted(canceled);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SqlErrors.canceled();
    }
  }

  private static void requireWanted(BooleanSupplier canceled) {
    if (canceled.getAsBoolean()) {
      throw SqlErrors.canceled();
    }
  }

  private void readClusters(CatalogSnapshot snapshot, BooleanSupplier canceled) {
    Deque<Read> underWay = new ArrayDeque<>();
    for (ClusterId id : candidates(snapshot)) {
      ClusterHistory history = clusters.computeIfAbsent(id, ClusterHistory::new);
      if (hasMore(history, id, snapshot)) {
        underWay.add(new Read(id, journal.cluster(id, history.readTo() + 1, Long.MAX_VALUE)));
      }
      if (underWay.size() >= PARALLEL_READS) {
        requireWanted(canceled);
        finish(underWay.remove(), snapshot);
      }
    }
    while (!underWay.isEmpty()) {
      requireWanted(canceled);
      finish(underWay.remove(), snapshot);
    }
  }

  /** The clusters that may have more: those touched since, or every one that ever was. */
  private Collection<ClusterId> candidates(CatalogSnapshot snapshot) {
    Optional<Set<ClusterId>> touched = snapshot.stateChange().clustersSince(settledChange);
    if (touched.isEmpty()) {
      return everyCluster(snapshot.environment().state());
    }
    Set<ClusterId> ids = new HashSet<>(touched.get());
    ids.addAll(unsettled);
    return ids;
  }

  /** Whether anything was read yet. */
  public boolean hasBegun() {
    reading.lock();
    try {
      return environmentReadTo > 0 || !clusters.isEmpty();
    } finally {
      reading.unlock();
    }
  }

  /** Hands over the rows that have gathered; where that fails, they stay. */
  public void take(Taking taking) throws java.sql.SQLException {
    reading.lock();
    try {
      if (!rows.isEmpty()) {
        taking.take(rows);
        rows = new HistoryRows();
      }
    } finally {
      reading.unlock();
    }
  }

  private void handOver(int least) {
    if (taker.isPresent() && !rows.isEmpty() && rows.count() + rows.renamings().size() >= least) {
      taker.get().accept(rows);
      rows = new HistoryRows();
    }
  }

  private record Read(ClusterId id, CompletionStage<List<Sequenced<ClusterEvent>>> events) {}

  private void finish(Read read, CatalogSnapshot snapshot) {
    ClusterHistory history = clusters.get(read.id());
    for (Sequenced<ClusterEvent> event : read.events().toCompletableFuture().join()) {
      history.apply(event, rows);
      audit.add(read.id(), event.recorded(), rows);
    }
    EnvironmentState environment = snapshot.environment().state();
    if (!environment.clusters().containsKey(read.id())
        && !environment.dropping().contains(read.id())) {
      history.end();
    }
    if (history.ended()) {
      audit.ended(read.id());
    }
    handOver(ROWS_AT_ONCE);
    if (history.ended() || snapshot.clusters().containsKey(read.id())) {
      unsettled.remove(read.id());
    } else {
      unsettled.add(read.id());
    }
  }

  private static boolean hasMore(ClusterHistory history, ClusterId id, CatalogSnapshot snapshot) {
    if (history.ended()) {
      return false;
    }
    Published<ClusterState> published = snapshot.clusters().get(id);
    return published == null || published.sequenceNumber() > history.readTo();
  }

  private static List<ClusterId> everyCluster(EnvironmentState environment) {
    List<ClusterId> ids = new ArrayList<>();
    for (long number = 1; number <= environment.lastSystemId(); number++) {
      ids.add(ClusterId.system(number));
    }
    for (long number = 1; number <= environment.lastUserId(); number++) {
      ids.add(ClusterId.user(number));
    }
    return ids;
  }

  private void readEnvironment(CatalogSnapshot snapshot) {
    if (snapshot.environment().sequenceNumber() <= environmentReadTo) {
      return;
    }
    List<Sequenced<EnvironmentEvent>> events =
        journal
            .environment(environmentReadTo + 1, snapshot.environment().sequenceNumber())
            .toCompletableFuture()
            .join();
    for (Sequenced<EnvironmentEvent> event : events) {
      environmentReadTo = event.sequenceNumber();
      audit.add(event.recorded(), rows);
      if (event.recorded().event() instanceof EnvironmentEvent.ClusterCreationStarted started) {
        name(started.id(), started.name());
      }
      if (event.recorded().event() instanceof EnvironmentEvent.ClusterNamesChanged changed) {
        for (NameChange change : changed.changes()) {
          name(change.id(), change.newName());
        }
      }
    }
  }

  private void name(ClusterId id, String name) {
    rows.clusterNames().put(id.value(), List.of(id.value(), name));
  }
}
