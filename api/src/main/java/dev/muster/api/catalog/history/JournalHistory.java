package dev.muster.api.catalog.history;

import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.Published;
import dev.muster.api.catalog.rewrite.SqlErrors;
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
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Reads the journal as far as snapshots go, and keeps the rows until they are taken. Safe for use
 * by many threads, of which one reads at a time; reading blocks.
 */
public final class JournalHistory {
  /** Entities that are read at once. */
  private static final int PARALLEL_READS = 16;

  private final JournalReader journal;
  private final ReentrantLock reading = new ReentrantLock();
  private final Map<ClusterId, ClusterHistory> clusters = new HashMap<>();
  private long environmentReadTo;
  private HistoryRows rows = new HistoryRows();

  public JournalHistory(JournalReader journal) {
    this.journal = journal;
  }

  /** What is done with rows. */
  @FunctionalInterface
  public interface Taking {
    void take(HistoryRows rows) throws java.sql.SQLException;
  }

  /**
   * Reads everything that the snapshot has and that was not read yet.
   *
   * @throws dev.muster.api.error.SqlException where the journal cannot be read
   */
  public void readTo(CatalogSnapshot snapshot) {
    reading.lock();
    try {
      readEnvironment(snapshot);
      Deque<Read> underWay = new ArrayDeque<>();
      for (ClusterId id : everyCluster(snapshot.environment().state())) {
        ClusterHistory history = clusters.computeIfAbsent(id, ClusterHistory::new);
        if (hasMore(history, id, snapshot)) {
          underWay.add(new Read(id, journal.cluster(id, history.readTo() + 1, Long.MAX_VALUE)));
        }
        if (underWay.size() >= PARALLEL_READS) {
          finish(underWay.remove(), snapshot);
        }
      }
      while (!underWay.isEmpty()) {
        finish(underWay.remove(), snapshot);
      }
    } catch (CompletionException e) {
      throw SqlErrors.error("58030", "the journal could not be read");
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

  private record Read(ClusterId id, CompletionStage<List<Sequenced<ClusterEvent>>> events) {}

  private void finish(Read read, CatalogSnapshot snapshot) {
    ClusterHistory history = clusters.get(read.id());
    for (Sequenced<ClusterEvent> event : read.events().toCompletableFuture().join()) {
      history.apply(event, rows);
    }
    EnvironmentState environment = snapshot.environment().state();
    if (!environment.clusters().containsKey(read.id())
        && !environment.dropping().contains(read.id())) {
      history.end();
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
