package dev.muster.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.journal.JournalErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteConnectionTest {
  @TempDir Path directory;

  private ConnectionFactory factory;
  private WriteConnection writer;

  @BeforeEach
  void open() {
    EmbeddedJournal.prepare(directory);
    factory = new ConnectionFactory(JournalFile.url(EmbeddedJournal.file(directory)), Map.of());
    writer = new WriteConnection(factory);
  }

  @AfterEach
  void close() throws SQLException {
    writer.close();
  }

  private static EventRow row(String entity, long number) {
    return new EventRow(entity, number, "writer", 0, "", new Payload(1, "type:1", new byte[] {1}));
  }

  private long highest(String entity) throws SQLException {
    try (ReadConnection reader = new ReadConnection(factory.forReading())) {
      return reader.highestSequenceNumber(entity);
    }
  }

  @Test
  void aCommitIsSeenByReadersAtOnce() throws SQLException {
    writer.append(List.of(row("a", 1)));
    writer.append(List.of(row("a", 2), row("b", 1)));
    assertEquals(2, highest("a"));
    assertEquals(1, highest("b"));
    assertEquals(0, highest("c"));
  }

  @Test
  void whereOneNumberIsTakenNothingOfTheCommitIsWritten() throws SQLException {
    writer.append(List.of(row("a", 1)));
    assertThrows(
        SQLException.class, () -> writer.append(List.of(row("b", 1), row("a", 1), row("c", 1))));
    assertEquals(0, highest("b"));
    assertEquals(0, highest("c"));
  }

  @Test
  void afterAFailureTheNextCommitSucceeds() throws SQLException {
    writer.append(List.of(row("a", 1)));
    assertThrows(SQLException.class, () -> writer.append(List.of(row("a", 1))));
    assertThrows(SQLException.class, () -> writer.append(List.of(row("b", 1), row("a", 1))));
    writer.append(List.of(row("a", 2), row("b", 1)));
    assertEquals(2, highest("a"));
    assertEquals(1, highest("b"));
  }

  @Test
  void afterItWasClosedItOpensAnew() throws SQLException {
    writer.append(List.of(row("a", 1)));
    writer.close();
    writer.append(List.of(row("a", 2)));
    assertEquals(2, highest("a"));
  }

  /** As it is after a failure, too: another thread is about to sync it. */
  @Test
  void aConnectionThatIsClosedHasSyncedWhatItCommitted() throws SQLException {
    long commit = writer.append(List.of(row("a", 1)));
    assertFalse(writer.isSynced());
    writer.close();
    assertTrue(writer.isSynced());
    writer.sync(commit);
  }

  @Test
  void afterASyncThatFailedTheNextWriterBringsAllIntoTheFileFirst() throws Exception {
    AtomicBoolean fails = new AtomicBoolean(true);
    try (WriteConnection unlucky =
        new WriteConnection(
            factory,
            disk ->
                () -> {
                  if (fails.getAndSet(false)) {
                    throw new IOException("Input/output error");
                  }
                  disk.sync();
                })) {
      long lost = unlucky.append(List.of(row("a", 1)));
      var failure = assertThrows(SQLException.class, () -> unlucky.sync(lost));
      assertTrue(
          JournalErrors.describe(failure).orElseThrow().contains("the disk failed"),
          failure.getMessage());
      assertFalse(unlucky.isSynced());

      unlucky.sync(lost);
      assertEquals(0, Files.size(factory.log()));
      unlucky.sync(unlucky.append(List.of(row("a", 2))));
      assertTrue(unlucky.isSynced());
      assertEquals(2, highest("a"));
    }
  }

  @Test
  void aLogInDoubtThatIsInUseIsNotSettled() throws Exception {
    try (WriteConnection unlucky =
            new WriteConnection(
                new ConnectionFactory(factory.url(), Map.of("busy_timeout", "1")),
                disk ->
                    () -> {
                      throw new IOException("Input/output error");
                    });
        ReadConnection reader = new ReadConnection(factory.forReading())) {
      unlucky.append(List.of(row("a", 1), row("a", 2)));
      try (ResultSet rows = reader.events("a", 1, 2, 2)) {
        assertTrue(rows.next());
        long lost = unlucky.append(List.of(row("a", 3)));
        assertThrows(SQLException.class, () -> unlucky.sync(lost));
        assertThrows(SQLException.class, () -> unlucky.sync(lost));
        assertThrows(SQLException.class, () -> unlucky.append(List.of(row("a", 4))));
      }
      unlucky.sync();
      assertTrue(unlucky.isSynced());
      assertEquals(3, highest("a"));
    }
  }
}
