package dev.muster.journal.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.dispatch.Futures;
import org.apache.pekko.japi.pf.ReceiveBuilder;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import scala.PartialFunction;
import scala.concurrent.Future;
import scala.concurrent.Promise;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;
import scala.runtime.BoxedUnit;

/**
 * The journal plugin: events in the order of their arrival, many in one commit.
 *
 * <p>The actor has a thread of its own, and commits on it. What arrives during a commit waits in
 * the mailbox and shares the next one. A commit is synced on another thread while the next one is
 * made, and a sync serves all that are committed when it begins. One who is alone waits for nobody,
 * nor for a thread to wake: for him the actor syncs itself.
 *
 * <pre>
 *   writes      A     B C D        E F G ...
 *   commits     [A]   [B C D]      [E F G]
 *   syncs       [--A--][---B C D---][---E F G---]
 *   answers            A            B C D
 * </pre>
 */
final class SqliteJournal extends AsyncWriteJournal {
  /** Events in one commit, unless a single write has more: bounds how long the first one waits. */
  private static final int EVENTS_AT_MOST = 500;

  private final EmbeddedDatabase database = EmbeddedDatabase.of(context().system());
  private final List<Write> waiting = new ArrayList<>();
  private int eventsWaiting;
  private boolean wasAlone;

  /** What one entity wants written, all or nothing, and who is told of it. */
  private record Write(List<EventRow> rows, Promise<Iterable<Optional<Exception>>> answer) {
    void done() {
      // No answer for each event means that all are written.
      answer.success(List.of());
    }

    void failed(SQLException failure) {
      answer.failure(failure);
    }
  }

  /** Sent to itself with the first write, and so behind all that have arrived with it. */
  private enum Commit {
    NOW
  }

  @Override
  public PartialFunction<Object, BoxedUnit> receivePluginInternal() {
    return ReceiveBuilder.create().matchEquals(Commit.NOW, ignored -> commit()).build().onMessage();
  }

  @Override
  public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(
      Iterable<AtomicWrite> messages) {
    List<EventRow> rows = new ArrayList<>();
    long writtenAt = System.currentTimeMillis();
    for (AtomicWrite message : messages) {
      for (PersistentRepr event : CollectionConverters.asJava(message.payload())) {
        rows.add(row(event, writtenAt));
      }
    }
    Promise<Iterable<Optional<Exception>>> answer = Futures.promise();
    if (waiting.isEmpty()) {
      self().tell(Commit.NOW, self());
    }
    waiting.add(new Write(rows, answer));
    eventsWaiting += rows.size();
    if (eventsWaiting >= EVENTS_AT_MOST) {
      commit();
    }
    return answer.future();
  }

  private EventRow row(PersistentRepr event, long writtenAt) {
    return new EventRow(
        event.persistenceId(),
        event.sequenceNr(),
        event.writerUuid(),
        writtenAt,
        event.manifest(),
        Payload.of(event.payload(), database.serialization()));
  }

  private void commit() {
    if (waiting.isEmpty()) {
      return;
    }
    List<Write> writes = List.copyOf(waiting);
    waiting.clear();
    eventsWaiting = 0;
    try {
      long commit =
          database
              .writer()
              .append(writes.stream().flatMap(write -> write.rows().stream()).toList());
      answerWhenSynced(commit, writes);
      database.checkpoints().committed(pages(writes));
    } catch (SQLException failure) {
      if (writes.size() == 1) {
        writes.getFirst().failed(failure);
      } else {
        // One may have spoilt it for all: a number that is taken, a record that is too big.
        writes.forEach(this::commitAlone);
      }
    }
  }

  /** Two commits of one write each, one after the other: there is nothing to do beside. */
  private void answerWhenSynced(long commit, List<Write> writes) {
    boolean isAlone = writes.size() == 1;
    if (isAlone && wasAlone) {
      syncAndAnswer(commit, writes);
    } else {
      database.syncing().execute(() -> syncAndAnswer(commit, writes));
    }
    wasAlone = isAlone;
  }

  private void syncAndAnswer(long commit, List<Write> writes) {
    try {
      database.writer().sync(commit);
      writes.forEach(Write::done);
    } catch (SQLException failure) {
      writes.forEach(write -> write.failed(failure));
    }
  }

  /** About: the end of the table, and of each entity a page of the index. */
  private static int pages(List<Write> writes) {
    return 2 + writes.size();
  }

  private void commitAlone(Write write) {
    try {
      answerWhenSynced(database.writer().append(write.rows()), List.of(write));
    } catch (SQLException failure) {
      write.failed(failure);
    }
  }

  @Override
  public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNumber) {
    return Futures.failed(new UnsupportedOperationException("events are never deleted"));
  }

  /**
   * Whoever recovers sees what it wrote itself before: nothing of it may still wait here. And what
   * it sees it takes for acknowledged: reading waits until it is synced.
   */
  @Override
  public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long fromSequenceNumber) {
    commit();
    return FutureConverters.asScala(
        database.readAsync(connection -> connection.highestSequenceNumber(persistenceId)));
  }

  /** Fails where a number is missing: nothing may be written behind a gap. */
  @Override
  public Future<Void> doAsyncReplayMessages(
      String persistenceId, long from, long to, long max, Consumer<PersistentRepr> replay) {
    return FutureConverters.asScala(
        database.readAsync(
            connection -> {
              Succession succession = new Succession(persistenceId, from);
              try (ResultSet rows = connection.events(persistenceId, from, to, max)) {
                while (rows.next()) {
                  EventRow row = EventRow.of(rows);
                  succession.next(row.sequenceNumber());
                  replay.accept(event(row));
                }
              }
              return null;
            }));
  }

  private PersistentRepr event(EventRow row) {
    return PersistentRepr.apply(
            row.payload().value(database.serialization()),
            row.sequenceNumber(),
            row.persistenceId(),
            row.adapterManifest(),
            false,
            null,
            row.writer())
        .withTimestamp(row.writtenAt());
  }
}
