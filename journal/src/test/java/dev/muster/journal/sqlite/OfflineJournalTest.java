package dev.muster.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.journal.JournalErrors;
import dev.muster.journal.JournalUnusableException;
import dev.muster.journal.PersistenceIds;
import dev.muster.journal.codec.JournalCodec;
import dev.muster.journal.codec.JournalSerializer;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.Recorded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OfflineJournalTest {
  private static final ClusterId ID = ClusterId.user(1);

  @TempDir Path directory;
  private WriteConnection writer;
  private long written;

  @BeforeEach
  void open() throws SQLException {
    EmbeddedJournal.prepare(directory);
    writer =
        new WriteConnection(
            new ConnectionFactory(JournalFile.url(EmbeddedJournal.file(directory)), Map.of()));
    write(Events.recorded(Events.created(ID)));
  }

  @AfterEach
  void close() throws SQLException {
    writer.close();
  }

  private Recorded<ClusterEvent> write(Recorded<ClusterEvent> event) throws SQLException {
    JournalCodec.Encoded encoded = JournalCodec.STANDARD.encode(event);
    writer.append(
        List.of(
            new EventRow(
                PersistenceIds.cluster(ID),
                ++written,
                "writer",
                0,
                "",
                new Payload(
                    JournalSerializer.IDENTIFIER,
                    encoded.manifest().toString(),
                    encoded.bytes()))));
    return event;
  }

  private void tamper(String sql) {
    SqliteFiles.execute(EmbeddedJournal.file(directory), sql);
  }

  private String refusal() {
    try (OfflineJournal journal = OfflineJournal.open(directory)) {
      CompletionException failure =
          assertThrows(
              CompletionException.class,
              () -> journal.cluster(ID, 1, Long.MAX_VALUE).toCompletableFuture().join());
      return JournalErrors.describe(failure).orElseThrow();
    }
  }

  private void assertRefusedBecause(String text) {
    String line = refusal();
    assertTrue(line.contains(text), line);
    assertEquals(1, line.lines().count());
  }

  @Test
  void whatIsWrittenLaterIsNotSeen() throws SQLException {
    Recorded<ClusterEvent> second = write(Events.recorded(Events.added(ID, 1)));
    try (OfflineJournal journal = OfflineJournal.open(directory)) {
      write(Events.recorded(Events.added(ID, 2)));
      var events = journal.cluster(ID, 1, Long.MAX_VALUE).toCompletableFuture().join();
      assertEquals(2, events.size());
      assertEquals(second, events.getLast().recorded());
    }
  }

  @Test
  void aStretchIsReadByItsNumbers() throws SQLException {
    write(Events.recorded(Events.added(ID, 1)));
    write(Events.recorded(Events.added(ID, 2)));
    try (OfflineJournal journal = OfflineJournal.open(directory)) {
      assertEquals(2, journal.cluster(ID, 2, 3).toCompletableFuture().join().size());
      assertEquals(List.of(), journal.environment(1, Long.MAX_VALUE).toCompletableFuture().join());
    }
  }

  @Test
  void nothingIsWritten() throws Exception {
    writer.close();
    byte[] before = Files.readAllBytes(EmbeddedJournal.file(directory));
    try (OfflineJournal journal = OfflineJournal.open(directory)) {
      journal.cluster(ID, 1, Long.MAX_VALUE).toCompletableFuture().join();
    }
    assertArrayEquals(before, Files.readAllBytes(EmbeddedJournal.file(directory)));
  }

  @Test
  void aMissingEventIsNamed() throws SQLException {
    write(Events.recorded(Events.added(ID, 1)));
    write(Events.recorded(Events.added(ID, 2)));
    tamper("DELETE FROM event_journal WHERE sequence_number = 2");
    assertRefusedBecause("the journal of cluster|u1 has a gap: event 2 is missing");
  }

  @Test
  void aClockThatJumpedBackIsNamed() throws SQLException {
    Recorded<ClusterEvent> early = Events.recorded(Events.added(ID, 1));
    write(Events.recorded(Events.added(ID, 2)));
    write(early);
    assertRefusedBecause("in the journal of cluster|u1 the clock jumps back: event 3 is of ");
  }

  @Test
  void anEventOfANewerVersionIsNamed() {
    tamper("UPDATE event_journal SET event_ser_manifest = 'cluster.created:99'");
    assertRefusedBecause("written by a newer Muster");
  }

  @Test
  void anEventOfAnotherProgramIsNamed() {
    tamper("UPDATE event_journal SET event_ser_id = 1");
    assertRefusedBecause("event 1 of cluster|u1 is none of Muster's");
  }

  @Test
  void aFolderWithoutAJournalIsNamed() {
    Path elsewhere = directory.resolve("elsewhere");
    JournalUnusableException refused =
        assertThrows(JournalUnusableException.class, () -> OfflineJournal.open(elsewhere));
    assertEquals("there is no journal at " + elsewhere.resolve("journal.db"), refused.getMessage());
    assertTrue(Files.notExists(elsewhere));
  }

  @Test
  void aTruncatedFileIsNamed() throws Exception {
    for (int number = 1; number <= 200; number++) {
      write(Events.recorded(Events.added(ID, number)));
    }
    writer.close();
    SqliteFiles.truncateToHalf(EmbeddedJournal.file(directory));
    String line;
    try {
      line = refusal();
    } catch (JournalUnusableException atOnce) {
      line = atOnce.getMessage();
    }
    assertTrue(line.contains("damaged"), line);
  }
}
