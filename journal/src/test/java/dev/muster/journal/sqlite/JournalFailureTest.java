package dev.muster.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.journal.JournalErrors;
import dev.muster.journal.JournalFailure;
import dev.muster.journal.JournalUnusableException;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.state.ClusterState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What goes wrong is said in one clear line, and what was acknowledged stays. */
class JournalFailureTest {
  private static final ClusterId ID = ClusterId.user(1);
  private static final ClusterId OTHER = ClusterId.user(2);
  private static final String PRAGMAS = "muster.journal.embedded.pragmas.";

  @TempDir Path directory;

  private Path file() {
    return EmbeddedJournal.file(directory);
  }

  private JournalNode startWith(String pragma) {
    EmbeddedJournal.prepare(directory);
    Config overlay = ConfigFactory.parseString(PRAGMAS + pragma);
    return JournalNode.unprepared(directory, RetentionCriteria.disabled(), overlay);
  }

  private static String described(Throwable failure) {
    String line = JournalErrors.describe(failure).orElseThrow(() -> new AssertionError(failure));
    assertEquals(1, line.lines().count(), line);
    return line;
  }

  private String prepareFails() {
    return described(
        assertThrows(JournalUnusableException.class, () -> EmbeddedJournal.prepare(directory)));
  }

  /** One cluster with enough replicas that the file has many pages, and another one. */
  private void aJournalOfTwoClusters() {
    try (JournalNode node = JournalNode.start(directory)) {
      node.record(ID, Events.created(ID));
      for (int number = 1; number <= 60; number++) {
        node.record(ID, Events.added(ID, number));
      }
      node.record(OTHER, Events.created(OTHER));
    }
  }

  @Test
  void anEventOfANewerMusterStopsItsEntityAndNoOther() {
    aJournalOfTwoClusters();
    SqliteFiles.execute(
        file(),
        "UPDATE event_journal SET event_ser_manifest = 'cluster.replica-added:2'"
            + " WHERE sequence_number = 5");
    try (JournalNode node = JournalNode.start(directory)) {
      String line = described(node.failureOf(ID, Events.added(ID, 99)));
      assertTrue(line.contains("\"cluster.replica-added\" version 2"), line);
      assertTrue(line.contains("upgrade this Muster"), line);
      assertTrue(line.contains("cluster|u1"), line);
      assertInstanceOf(ClusterState.Live.class, node.state(OTHER));
      assertEquals(
          List.of(0L),
          node.numbers("SELECT count(*) FROM event_journal WHERE sequence_number > 61"));
    }
  }

  @Test
  void aDamagedRecordStopsItsEntityAndNoOther() {
    aJournalOfTwoClusters();
    SqliteFiles.execute(
        file(),
        "UPDATE event_journal SET event_payload ="
            + " CAST(substr(event_payload, 1, 20) || x'00ff' || substr(event_payload, 23) AS BLOB)"
            + " WHERE persistence_id = 'cluster|u1' AND sequence_number = 5");
    try (JournalNode node = JournalNode.start(directory)) {
      String line = described(node.failureOf(ID, Events.added(ID, 99)));
      assertTrue(line.contains("damaged record of type \"cluster.replica-added:1\""), line);
      assertTrue(line.contains("cluster|u1"), line);
      assertInstanceOf(ClusterState.Live.class, node.state(OTHER));
      var failure =
          assertThrows(
              CompletionException.class,
              () -> node.reader().cluster(ID, 1, Long.MAX_VALUE).toCompletableFuture().join());
      assertTrue(described(failure).contains("damaged record"), failure::toString);
      assertTrue(described(failure).contains("cluster|u1"), failure::toString);
    }
  }

  @Test
  void nothingIsWrittenToAFileThatIsGoneAndAllGoesOnOnceItIsBack() throws Exception {
    EmbeddedJournal.prepare(directory);
    try (JournalNode node = JournalNode.start(directory)) {
      node.record(ID, Events.created(ID));
      Path aside = directory.resolve("aside");
      Files.createDirectory(aside);
      move(directory, aside);

      String gone =
          "the journal %s was removed or replaced while Muster ran: put it back, or stop Muster and restore a backup"
              .formatted(file());
      assertEquals(
          gone + " (in the journal of cluster|u2)",
          described(node.failureOf(OTHER, Events.created(OTHER))));
      var unread =
          assertThrows(
              CompletionException.class,
              () -> node.reader().cluster(ID, 1, 1).toCompletableFuture().join());
      assertEquals(gone + " (in the journal of cluster|u1)", described(unread));
      assertTrue(Files.notExists(file()), "somebody has made another journal");

      move(aside, directory);
      node.record(ID, Events.added(ID, 1));
      assertEquals(List.of(2L), node.numbers("SELECT count(*) FROM event_journal"));
    }
  }

  private void move(Path from, Path to) throws IOException {
    for (String suffix : List.of("", "-wal", "-shm")) {
      String name = file().getFileName() + suffix;
      Files.move(from.resolve(name), to.resolve(name));
    }
  }

  @Test
  void aMissingEventStopsItsEntityAndItsReadingAndNothingIsWrittenBehindIt() {
    aJournalOfTwoClusters();
    SqliteFiles.execute(
        file(),
        "DELETE FROM event_journal WHERE persistence_id = 'cluster|u1' AND sequence_number = 6");
    String gap = "cluster|u1: event 6 is missing in the journal; run 'muster audit verify'";
    try (JournalNode node = JournalNode.start(directory)) {
      assertEquals(gap, described(node.failureOf(ID, Events.added(ID, 99))));
      assertInstanceOf(ClusterState.Live.class, node.state(OTHER));
      assertEquals(
          List.of(0L),
          node.numbers("SELECT count(*) FROM event_journal WHERE sequence_number > 61"));
      for (long from : List.of(1L, 6L)) {
        var failure =
            assertThrows(
                CompletionException.class,
                () -> node.reader().cluster(ID, from, 20).toCompletableFuture().join());
        assertEquals(gap, described(failure));
      }
      assertEquals(5, node.reader().cluster(ID, 1, 5).toCompletableFuture().join().size());
      assertEquals(14, node.reader().cluster(ID, 7, 20).toCompletableFuture().join().size());
    }
  }

  @Test
  void missingEventsBehindASnapshotStopTheRecoveryThoseBeforeItDoNot() {
    RetentionCriteria retention = RetentionCriteria.snapshotEvery(4, 1);
    try (JournalNode node = JournalNode.start(directory, retention)) {
      node.record(ID, Events.created(ID));
      node.record(ID, Events.added(ID, 1), Events.added(ID, 2), Events.added(ID, 3));
      node.await(List.of(1L), () -> node.numbers("SELECT count(*) FROM snapshot"));
      node.record(ID, Events.added(ID, 4), Events.added(ID, 5), Events.added(ID, 6));
    }
    SqliteFiles.execute(file(), "DELETE FROM event_journal WHERE sequence_number = 2");
    try (JournalNode node = JournalNode.start(directory, retention)) {
      assertInstanceOf(ClusterState.Live.class, node.state(ID));
    }
    SqliteFiles.execute(file(), "DELETE FROM event_journal WHERE sequence_number IN (5, 6)");
    try (JournalNode node = JournalNode.start(directory, retention)) {
      assertEquals(
          "cluster|u1: events 5 to 6 are missing in the journal; run 'muster audit verify'",
          described(node.failureOf(ID, Events.added(ID, 9))));
    }
  }

  /** As if somebody else wrote for the entity, behind its back. */
  @Test
  void aNumberThatIsTakenFailsItsOwnWriteAndNoOtherThatSharesTheCommit() {
    try (JournalNode node = JournalNode.start(directory)) {
      List<ClusterId> ids = LongStream.rangeClosed(1, 40).mapToObj(ClusterId::user).toList();
      ids.forEach(id -> node.record(id, Events.created(id)));
      SqliteFiles.execute(
          file(),
          "INSERT INTO event_journal (persistence_id, sequence_number, writer, write_timestamp,"
              + " adapter_manifest, event_ser_id, event_ser_manifest, event_payload)"
              + " SELECT persistence_id, 2, writer, write_timestamp, adapter_manifest,"
              + " event_ser_id, event_ser_manifest, event_payload FROM event_journal"
              + " WHERE persistence_id = 'cluster|u20'");
      var written =
          ids.stream()
              .filter(id -> !id.equals(ClusterId.user(20)))
              .map(id -> node.recordAsync(id, Events.added(id, 1)).toCompletableFuture())
              .toList();
      assertTrue(
          described(node.failureOf(ClusterId.user(20), Events.added(ClusterId.user(20), 1)))
              .contains("UNIQUE"));
      written.forEach(CompletableFuture::join);
    }
  }

  @Test
  void aDamagedSnapshotIsReplacedByAllEvents() {
    RetentionCriteria retention = RetentionCriteria.snapshotEvery(2, 1);
    ClusterState before;
    try (JournalNode node = JournalNode.start(directory, retention)) {
      node.record(ID, Events.created(ID));
      node.record(ID, Events.added(ID, 1), Events.added(ID, 2));
      before = node.state(ID);
      node.await(List.of(1L), () -> node.numbers("SELECT count(*) FROM snapshot"));
    }
    SqliteFiles.execute(file(), "UPDATE snapshot SET snapshot_payload = x'7b00'");
    try (JournalNode node = JournalNode.start(directory, retention)) {
      assertEquals(before, node.state(ID));
    }
  }

  @Test
  void aTruncatedFileIsSaidToBeDamaged() throws Exception {
    aJournalOfTwoClusters();
    SqliteFiles.truncateToHalf(file());
    assertTrue(prepareFails().contains("damaged"));
  }

  @Test
  void aScrambledFileIsSaidToBeDamagedAtTheLatestWhenItIsRead() throws Exception {
    aJournalOfTwoClusters();
    SqliteFiles.scramble(file());
    try (JournalNode node = JournalNode.start(directory)) {
      String line = described(node.failureOf(ID, Events.added(ID, 99)));
      assertTrue(line.contains("damaged"), line);
    } catch (JournalUnusableException atStart) {
      assertTrue(described(atStart).contains("damaged"));
    }
  }

  @Test
  void theSqliteDatabaseOfAnotherProgramIsLeftAlone() {
    SqliteFiles.execute(file(), "CREATE TABLE recipes (name TEXT)");
    assertTrue(prepareFails().contains("is not a Muster journal"));
    SqliteFiles.execute(file(), "INSERT INTO recipes VALUES ('still here')");
  }

  @Test
  void aFileThatIsNoDatabaseIsLeftAlone() throws Exception {
    String text = "Dear diary, this is certainly not a database. ".repeat(100);
    Files.writeString(file(), text);
    assertTrue(prepareFails().contains("not a SQLite database"));
    assertEquals(text, Files.readString(file()));
  }

  @Test
  void theJournalOfANewerMusterIsLeftAlone() {
    EmbeddedJournal.prepare(directory);
    SqliteFiles.execute(file(), "PRAGMA user_version = 2");
    String line = prepareFails();
    assertTrue(line.contains("schema version 2, written by a newer Muster"), line);
  }

  @Test
  void anEmptyFileAndAnUnfinishedStartAreBegunAnew() throws Exception {
    Files.createFile(file());
    EmbeddedJournal.prepare(directory);
    EmbeddedJournal.prepare(directory);
    Path second = directory.resolve("second");
    Files.createDirectory(second);
    SqliteFiles.execute(EmbeddedJournal.file(second), "PRAGMA encoding = 'UTF-8'", "VACUUM");
    EmbeddedJournal.prepare(second);
    try (JournalNode node = JournalNode.start(second)) {
      node.record(ID, Events.created(ID));
    }
  }

  @Test
  void aDataDirectoryThatIsAFileIsRefused() throws Exception {
    Path notADirectory = Files.createFile(directory.resolve("file"));
    var failure =
        assertThrows(JournalUnusableException.class, () -> EmbeddedJournal.prepare(notADirectory));
    assertTrue(described(failure).contains("cannot create the journal"), failure.getMessage());
  }

  @Test
  void aFullDiskRefusesTheWriteLosesNothingAndIsOverWhenThereIsSpace() {
    aJournalOfTwoClusters();
    try (JournalNode node = startWith("max_page_count = 1")) {
      ClusterState before = node.state(ID);
      long number = 61;
      Throwable failure = null;
      // The pages that are there have room for some more.
      while (failure == null) {
        failure = node.outcomeOf(ID, Events.added(ID, number++)).orElse(null);
      }
      // Often enough that a breaker with its usual settings would have cut the journal off.
      for (int again = 0; again < 12; again++) {
        failure = node.failureOf(ID, Events.added(ID, number - 1));
      }
      String line = described(failure);
      assertTrue(line.contains("disk is full"), line);
      ClusterState after = node.state(ID);
      assertEquals(number - 2, ((ClusterState.Live) after).lastReplicaNumber());
      assertEquals(
          ((ClusterState.Live) before).replicas(),
          ((ClusterState.Live) after).replicas().subList(0, 60));

      node.pragma("max_page_count = 1000000");
      node.record(ID, Events.added(ID, number - 1));
      assertEquals(number - 1, ((ClusterState.Live) node.state(ID)).lastReplicaNumber());
    }
  }

  /** What comes of a disk that is full when the log is written; a small tmpfs shows the same. */
  @Test
  void aCommitThatSqliteRolledBackItselfIsTakenForAFullDisk() throws Exception {
    EmbeddedJournal.prepare(directory);
    try (Connection connection = SqliteFiles.open(file());
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.executeUpdate("CREATE TABLE t (x)");
      statement.execute("ROLLBACK");
      var failure = assertThrows(SQLException.class, () -> connection.setAutoCommit(true));
      assertTrue(described(failure).contains("disk is full"), failure.getMessage());
    }
  }

  @Test
  void aReadOnlyFileRefusesTheWriteAndStillTellsThePast() {
    aJournalOfTwoClusters();
    try (JournalNode node = startWith("query_only = true")) {
      ClusterState before = node.state(ID);
      String line = described(node.failureOf(ID, Events.added(ID, 61)));
      assertTrue(line.contains("cannot be written"), line);
      assertEquals(before, node.state(ID));
    }
  }

  @Test
  void whatWasAcknowledgedIsInTheFilesBeforeAnythingIsClosed() throws Exception {
    Path copy = Files.createDirectory(directory.resolve("copy"));
    try (JournalNode node = JournalNode.start(directory)) {
      node.record(ID, Events.created(ID));
      node.record(ID, Events.added(ID, 1));
      for (String name : List.of("journal.db", "journal.db-wal")) {
        Files.copy(directory.resolve(name), copy.resolve(name));
      }
    }
    try (JournalNode node = JournalNode.start(copy)) {
      assertEquals(1, ((ClusterState.Live) node.state(ID)).lastReplicaNumber());
    }
  }

  @Test
  void anOrdinaryFailureIsNotTheJournals() {
    assertTrue(JournalErrors.describe(new IllegalStateException("else")).isEmpty());
  }

  @Test
  void aFailureTellsWhatBecameOfTheWrite() {
    assertEquals(
        JournalFailure.UNREACHABLE,
        JournalErrors.kind(
            new IllegalStateException(AllNodesFailedException.fromErrors(List.of()))));
    assertEquals(
        JournalFailure.UNCONFIRMED,
        JournalErrors.kind(new DriverTimeoutException("Query timed out after PT2S")));
    assertEquals(
        JournalFailure.UNCONFIRMED,
        JournalErrors.kind(new TimeoutException("Circuit Breaker Timed out.")));
    assertEquals(
        JournalFailure.DISK_FULL,
        JournalErrors.kind(new SQLiteException("full", SQLiteErrorCode.SQLITE_FULL)));
    assertEquals(
        JournalFailure.REFUSED,
        JournalErrors.kind(new SQLiteException("damaged", SQLiteErrorCode.SQLITE_CORRUPT)));
    assertEquals(JournalFailure.REFUSED, JournalErrors.kind(new IllegalStateException("else")));
  }
}
