package dev.muster.journal.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.apache.pekko.NotUsed;
import org.apache.pekko.persistence.query.EventEnvelope;
import org.apache.pekko.persistence.query.Offset;
import org.apache.pekko.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import org.apache.pekko.persistence.query.javadsl.ReadJournal;
import org.apache.pekko.stream.ActorAttributes;
import org.apache.pekko.stream.javadsl.Source;

/**
 * The events of one entity as a stream: those that are committed when it begins. It fails where one
 * of them is missing.
 */
final class SqliteReadJournal implements ReadJournal, CurrentEventsByPersistenceIdQuery {
  private final EmbeddedDatabase database;

  SqliteReadJournal(EmbeddedDatabase database) {
    this.database = database;
  }

  @Override
  public Source<EventEnvelope, NotUsed> currentEventsByPersistenceId(
      String persistenceId, long fromSequenceNumber, long toSequenceNumber) {
    return Source.unfoldResource(
            () -> open(persistenceId, fromSequenceNumber, toSequenceNumber),
            cursor -> cursor.rows().next() ? Optional.of(envelope(cursor)) : Optional.empty(),
            this::close)
        .withAttributes(ActorAttributes.dispatcher(EmbeddedDatabase.READING_DISPATCHER));
  }

  private record Cursor(ReadConnection connection, ResultSet rows, Succession succession) {}

  private Cursor open(String persistenceId, long from, long to) throws SQLException {
    ReadConnection connection = database.borrow();
    return new Cursor(
        connection,
        connection.events(persistenceId, from, to, Long.MAX_VALUE),
        new Succession(persistenceId, from));
  }

  private EventEnvelope envelope(Cursor cursor) throws SQLException {
    EventRow row = EventRow.of(cursor.rows());
    cursor.succession().next(row.sequenceNumber());
    return EventEnvelope.apply(
        Offset.sequence(row.sequenceNumber()),
        row.persistenceId(),
        row.sequenceNumber(),
        row.payload().value(database.serialization()),
        row.writtenAt());
  }

  private void close(Cursor cursor) throws SQLException {
    cursor.rows().close();
    database.giveBack(cursor.connection());
  }
}
