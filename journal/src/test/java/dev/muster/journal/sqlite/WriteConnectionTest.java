package dev.muster.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
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
}
