package dev.muster.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.state.ClusterState;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedJournalTest {
  private static final ClusterId ID = ClusterId.user(1);

  @TempDir Path directory;

  @Test
  void whatWasAcknowledgedIsThereAfterARestart() {
    ClusterState before;
    try (JournalNode node = JournalNode.start(directory)) {
      node.record(ID, Events.created(ID));
      node.record(ID, Events.added(ID, 1), Events.added(ID, 2));
      before = node.state(ID);
    }
    try (JournalNode node = JournalNode.start(directory)) {
      assertEquals(before, node.state(ID));
    }
  }

  @Test
  void aPathWithBlanksAndQuestionMarksIsAPath() {
    Path odd = directory.resolve("what? a 100% & dir#1");
    try (JournalNode node = JournalNode.start(odd)) {
      node.record(ID, Events.created(ID));
    }
    assertTrue(EmbeddedJournal.file(odd).toFile().isFile());
    try (JournalNode node = JournalNode.start(odd)) {
      assertEquals(ID, ((ClusterState.Live) node.state(ID)).id());
    }
  }

  @Test
  void whatIsAcknowledgedIsSynced() {
    try (JournalNode node = JournalNode.start(directory)) {
      assertEquals("wal", node.pragma("journal_mode"));
      node.record(ID, Events.created(ID));
      assertTrue(node.isSynced());
      List<ClusterId> ids = LongStream.rangeClosed(2, 40).mapToObj(ClusterId::user).toList();
      ids.stream()
          .map(id -> node.recordAsync(id, Events.created(id)).toCompletableFuture())
          .toList()
          .forEach(CompletableFuture::join);
      assertTrue(node.isSynced());
    }
  }

  @Test
  void eachRowSaysWhenItWasWritten() {
    try (JournalNode node = JournalNode.start(directory)) {
      long before = System.currentTimeMillis();
      node.record(ID, Events.created(ID));
      long after = System.currentTimeMillis();
      long written = node.numbers("SELECT write_timestamp FROM event_journal").getFirst();
      assertTrue(before <= written && written <= after, before + " " + written + " " + after);
    }
  }

  @Test
  void snapshotsAreTakenReadAndDeletedByRetention() {
    RetentionCriteria retention = RetentionCriteria.snapshotEvery(2, 1);
    ClusterState before;
    try (JournalNode node = JournalNode.start(directory, retention)) {
      node.record(ID, Events.created(ID));
      for (int number = 1; number <= 9; number++) {
        node.record(ID, Events.added(ID, number));
      }
      before = node.state(ID);
      node.await(
          List.of(10L), () -> node.numbers("SELECT sequence_number FROM snapshot ORDER BY 1"));
    }
    try (JournalNode node = JournalNode.start(directory, retention)) {
      assertEquals(before, node.state(ID));
      assertEquals(List.of(10L), node.numbers("SELECT count(*) FROM event_journal"));
    }
  }

  @Test
  void anEmptyJournalHasNoLatestTime() {
    EmbeddedJournal.prepare(directory);
    assertEquals(Optional.empty(), EmbeddedJournal.latestTime(directory));
  }

  @Test
  void theLatestTimeIsThatOfTheLatestEventThoughItWasNotCommittedLast() {
    Path file = EmbeddedJournal.file(directory);
    Optional<HybridTime> early;
    Optional<HybridTime> late;
    try (JournalNode node = JournalNode.start(directory)) {
      node.record(ID, Events.created(ID));
      early = EmbeddedJournal.latestTime(directory);
      node.record(ID, Events.added(ID, 1));
      late = EmbeddedJournal.latestTime(directory);
    }
    assertTrue(late.orElseThrow().compareTo(early.orElseThrow()) > 0);
    SqliteFiles.execute(file, "UPDATE event_journal SET ordering = -ordering");
    assertEquals(late, EmbeddedJournal.latestTime(directory));
    SqliteFiles.execute(
        file, "UPDATE event_journal SET event_payload = x'7b' WHERE sequence_number = 2");
    assertEquals(early, EmbeddedJournal.latestTime(directory));
  }
}
