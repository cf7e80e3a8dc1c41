package dev.muster.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.journal.JournalErrors;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.read.JournalReader;
import dev.muster.journal.read.JournalReader.Sequenced;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An instant needs no more of a journal than what it has seen. */
class SqliteJournalReaderTest {
  private static final ClusterId ID = ClusterId.user(1);

  @TempDir Path directory;

  private static List<Sequenced<ClusterEvent>> all(JournalReader reader) {
    return reader.cluster(ID, 1, Long.MAX_VALUE).toCompletableFuture().join();
  }

  private static List<Long> until(JournalReader reader, long from, Instant instant) {
    return reader.clusterUntil(ID, from, instant).toCompletableFuture().join().stream()
        .map(Sequenced::sequenceNumber)
        .toList();
  }

  private static void recordFive(JournalNode node) {
    node.record(ID, Events.created(ID));
    for (int number = 1; number <= 4; number++) {
      node.record(ID, Events.added(ID, number));
    }
  }

  @Test
  void itReadsUpToTheFirstThatIsLater() {
    try (JournalNode node = JournalNode.start(directory)) {
      recordFive(node);
      JournalReader reader = node.reader();
      List<Sequenced<ClusterEvent>> all = all(reader);
      Instant second = all.get(1).recorded().at().instant();
      assertEquals(List.of(1L, 2L, 3L), until(reader, 1, second));
      assertEquals(List.of(2L, 3L), until(reader, 2, second));
      assertEquals(List.of(3L), until(reader, 3, second));
      assertEquals(List.of(1L), until(reader, 1, Instant.EPOCH));
      assertEquals(
          List.of(4L, 5L), until(reader, 4, all.getLast().recorded().at().instant()), "to the end");
      assertEquals(List.of(), until(reader, 6, second));
      assertEquals(List.of(), reader.environmentUntil(1, second).toCompletableFuture().join());
    }
  }

  @Test
  void whatIsDamagedLaterDoesNotMatter() {
    try (JournalNode node = JournalNode.start(directory)) {
      recordFive(node);
      JournalReader reader = node.reader();
      Instant second = all(reader).get(1).recorded().at().instant();
      SqliteFiles.execute(
          EmbeddedJournal.file(directory),
          "UPDATE event_journal SET event_payload = x'00' WHERE sequence_number = 4");
      assertEquals(List.of(1L, 2L, 3L), until(reader, 1, second));
      CompletionException failure =
          assertThrows(CompletionException.class, () -> until(reader, 1, second.plusSeconds(60)));
      String line = JournalErrors.describe(failure).orElseThrow();
      assertTrue(line.contains("damaged") && line.contains("cluster|u1"), line);
    }
  }
}
