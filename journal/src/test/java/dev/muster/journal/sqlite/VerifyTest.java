package dev.muster.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.journal.PersistenceIds;
import dev.muster.journal.event.ClusterConfiguration;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.verify.Finding;
import dev.muster.journal.verify.JournalVerifier;
import dev.muster.journal.verify.JournalVerifier.Anchor;
import dev.muster.journal.verify.LiveState;
import dev.muster.journal.verify.StateDigest;
import dev.muster.journal.verify.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to a journal's file is found, and the first bad event is named. */
class VerifyTest {
  private static final String U1 = PersistenceIds.cluster(ChainedJournal.U1);

  @TempDir Path directory;

  private Verdict verdict(Map<String, LiveState> live, Optional<Anchor> anchor) {
    try (SqliteRawJournal journal = SqliteRawJournal.open(directory)) {
      return JournalVerifier.verify(journal, live, anchor);
    }
  }

  private Verdict verdict() {
    return verdict(Map.of(), Optional.empty());
  }

  private void tamper(String... statements) {
    SqliteFiles.execute(EmbeddedJournal.file(directory), statements);
  }

  private void written() throws SQLException {
    try (ChainedJournal journal = ChainedJournal.in(directory)) {
      journal.checkpoint();
    }
  }

  private void assertFirstBad(String entity, long number, String text) {
    Verdict verdict = verdict();
    assertFalse(verdict.isGood(), "nothing was found");
    Finding first = verdict.findings().getFirst();
    assertEquals(entity + " " + number, first.persistenceId() + " " + first.sequenceNumber());
    assertTrue(first.text().contains(text), first.text());
    assertEquals(1, first.text().lines().count());
  }

  @Test
  void whatMusterWroteIsGood() throws SQLException {
    try (ChainedJournal journal = ChainedJournal.in(directory)) {
      journal.snapshot();
      journal.checkpoint();
    }
    Verdict verdict = verdict();
    assertEquals("[]", verdict.findings().toString());
    assertEquals("[]", verdict.notes().toString());
    assertEquals(14, verdict.events());
    assertEquals(3, verdict.entities());
    assertEquals(0, verdict.eventsUnchained());
    assertEquals(1, verdict.checkpoints());
    assertEquals(1, verdict.snapshots());
  }

  /**
   * Through Pekko: one event, several at once, restarts from events, from a snapshot, from both.
   */
  @Test
  void theChainGoesOnOverRestartsAndSnapshots() {
    for (int restart = 0; restart < 4; restart++) {
      try (JournalNode node = JournalNode.start(directory, RetentionCriteria.snapshotEvery(3, 2))) {
        if (restart == 0) {
          node.record(ChainedJournal.U1, Events.created(ChainedJournal.U1));
        } else {
          int number = 10 * restart;
          node.record(ChainedJournal.U1, Events.added(ChainedJournal.U1, number));
          node.record(
              ChainedJournal.U1,
              Events.added(ChainedJournal.U1, number + 1),
              Events.added(ChainedJournal.U1, number + 2));
        }
      }
    }
    Verdict verdict = verdict();
    // It has no environment: that is found, and nothing else.
    assertEquals(1, verdict.findings().size(), verdict.findings().toString());
    assertTrue(verdict.findings().getFirst().what().contains("knows nothing of"));
    assertEquals(10, verdict.events());
    assertEquals(0, verdict.eventsUnchained());
    assertTrue(verdict.snapshots() > 0);
  }

  @Test
  void aFlippedByteOfTheFileIsFound() throws Exception {
    written();
    Path file = EmbeddedJournal.file(directory);
    byte[] payload =
        SqliteFiles.bytes(
            file,
            "SELECT event_payload FROM event_journal"
                + " WHERE persistence_id = 'cluster|u1' AND sequence_number = 3");
    String event = new String(payload, StandardCharsets.ISO_8859_1);
    byte[] bytes = Files.readAllBytes(file);
    // As it stands in the file, and in what SQLite left of it: the zone of that event's replica.
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    for (int at = text.indexOf(event); at >= 0; at = text.indexOf(event, at + 1)) {
      bytes[at + event.indexOf("\"az1\"") + 3] = '2';
    }
    Files.write(file, bytes);
    assertFirstBad(U1, 3, "is not what was journaled there");
  }

  @Test
  void aFlippedByteOfAHashIsFoundAndTheEventAfterItIsNotBlamed() throws SQLException {
    written();
    tamper(
        "UPDATE event_journal SET adapter_manifest = 'x' || substr(adapter_manifest, 2)"
            + " WHERE persistence_id = 'cluster|u1' AND sequence_number = 2");
    assertFirstBad(U1, 2, "is not what was journaled there");
    assertEquals(1, verdict().findings().size());
  }

  @Test
  void anotherTypeBesideTheSameBytesIsFound() throws SQLException {
    written();
    tamper(
        "UPDATE event_journal SET event_ser_manifest = 'environment.cluster-drop-finished:1'"
            + " WHERE event_ser_manifest = 'environment.cluster-creation-finished:1'"
            + " AND sequence_number = 3");
    assertFirstBad("environment|main", 3, "is not what was journaled there");
  }

  @Test
  void aRemovedEventIsFound() throws SQLException {
    written();
    tamper("DELETE FROM event_journal WHERE persistence_id='cluster|u1' AND sequence_number=2");
    assertFirstBad(U1, 2, "is missing");
  }

  @Test
  void anEventThatIsMarkedAsDeletedIsFound() throws SQLException {
    written();
    tamper(
        "UPDATE event_journal SET deleted = 1 WHERE persistence_id = 'cluster|u1'"
            + " AND sequence_number = 2");
    assertFirstBad(U1, 2, "is missing");
  }

  @Test
  void aRemovedEventIsFoundThoughTheOthersAreCountedAnew() throws SQLException {
    written();
    tamper(
        "DELETE FROM event_journal WHERE persistence_id='cluster|u1' AND sequence_number=3",
        "UPDATE event_journal SET sequence_number = 3"
            + " WHERE persistence_id = 'cluster|u1' AND sequence_number = 4");
    assertFirstBad(U1, 3, "is not what was journaled there");
  }

  @Test
  void anInsertedEventIsFound() throws SQLException {
    written();
    tamper(
        "UPDATE event_journal SET sequence_number = 5"
            + " WHERE persistence_id = 'cluster|u1' AND sequence_number = 4",
        "INSERT INTO event_journal (persistence_id, sequence_number, writer, write_timestamp,"
            + " adapter_manifest, event_ser_id, event_ser_manifest, event_payload)"
            + " SELECT persistence_id, 4, writer, write_timestamp, adapter_manifest, event_ser_id,"
            + " event_ser_manifest, replace(CAST(event_payload AS TEXT), 'u1-2', 'u1-9')"
            + " FROM event_journal WHERE persistence_id = 'cluster|u1' AND sequence_number = 3");
    assertFirstBad(U1, 4, "is not what was journaled there");
  }

  @Test
  void reorderedEventsAreFound() throws SQLException {
    written();
    tamper(
        "UPDATE event_journal SET sequence_number = 99"
            + " WHERE persistence_id = 'cluster|u1' AND sequence_number = 2",
        "UPDATE event_journal SET sequence_number = 2"
            + " WHERE persistence_id = 'cluster|u1' AND sequence_number = 3",
        "UPDATE event_journal SET sequence_number = 3"
            + " WHERE persistence_id = 'cluster|u1' AND sequence_number = 99");
    assertFirstBad(U1, 2, "is not what was journaled there");
  }

  @Test
  void aTailCutOffIsFoundByTheCheckpoint() throws SQLException {
    written();
    tamper("DELETE FROM event_journal WHERE persistence_id='cluster|u1' AND sequence_number > 2");
    assertFirstBad(U1, 3, "missing from the end: event 6 of environment|main knows of event 4");
  }

  @Test
  void aClusterThatIsGoneAltogetherIsFoundByTheCheckpoint() throws SQLException {
    written();
    tamper("DELETE FROM event_journal WHERE persistence_id = 'cluster|u1'");
    assertFirstBad(
        U1, 1, "all events of cluster|u1 are missing: event 6 of environment|main knows");
    assertFalse(verdict().findings().getFirst().text().contains("1970"));
  }

  @Test
  void aClusterThatIsGoneAltogetherIsFoundByItsCreationThoughNoCheckpointKnowsOfIt()
      throws SQLException {
    ChainedJournal.in(directory).close();
    tamper("DELETE FROM event_journal WHERE persistence_id = 'cluster|u1'");
    assertFirstBad(
        U1,
        1,
        "all events of cluster|u1 are missing: event 3 of environment|main says that the cluster"
            + " was created");
    assertEquals(1, verdict().findings().size());
  }

  @Test
  void theEnvironmentsOwnTailIsFoundByAClusterThatItKnowsNothingOf() throws SQLException {
    ChainedJournal.in(directory).close();
    tamper(
        "DELETE FROM event_journal WHERE persistence_id='environment|main' AND sequence_number >"
            + " 3");
    assertFirstBad(
        PersistenceIds.cluster(ChainedJournal.U2),
        1,
        "is of a cluster that environment|main knows nothing of");
    assertEquals("[]", verdict().notes().toString());
  }

  @Test
  void aCreationThatWasCutShortIsGood() throws SQLException {
    try (ChainedJournal journal = ChainedJournal.in(directory)) {
      journal.environment(
          new EnvironmentEvent.ClusterCreationStarted(
              ClusterId.user(3), "c3", "alice", new ClusterConfiguration.Unmanaged(), List.of()));
    }
    assertEquals("[]", verdict().findings().toString());
  }

  @Test
  void aHistoryThatWasWrittenAnewWithItsChainIsFoundByTheCheckpoint() throws SQLException {
    written();
    Path other = directory.resolve("other");
    try (ChainedJournal forged = ChainedJournal.in(other)) {
      forged.cluster(ChainedJournal.U1, Events.added(ChainedJournal.U1, 9));
    }
    tamper(
        "DELETE FROM event_journal WHERE persistence_id = 'cluster|u1'",
        "ATTACH '" + EmbeddedJournal.file(other) + "' AS forged",
        "INSERT INTO event_journal (persistence_id, sequence_number, writer, write_timestamp,"
            + " adapter_manifest, event_ser_id, event_ser_manifest, event_payload)"
            + " SELECT persistence_id, CASE sequence_number WHEN 5 THEN 4 ELSE sequence_number END,"
            + " writer, write_timestamp, adapter_manifest, event_ser_id, event_ser_manifest,"
            + " event_payload FROM forged.event_journal"
            + " WHERE persistence_id = 'cluster|u1' AND sequence_number <> 4");
    Verdict verdict = verdict();
    assertTrue(
        verdict.findings().stream()
            .anyMatch(one -> one.what().contains("event 6 of environment|main knows of")),
        verdict.findings().toString());
  }

  @Test
  void theEnvironmentsOwnTailIsFoundByTheAnchorThatSomebodyKept() throws SQLException {
    written();
    Verdict good = verdict();
    Anchor anchor = new Anchor(good.environmentEvents(), good.environmentHash());
    assertTrue(verdict(Map.of(), Optional.of(anchor)).isGood());
    tamper(
        "DELETE FROM event_journal WHERE persistence_id='environment|main' AND sequence_number=6");
    assertTrue(verdict().isGood(), "nobody but the anchor knows");
    Finding found = verdict(Map.of(), Optional.of(anchor)).findings().getFirst();
    assertTrue(found.text().contains("the anchor knows of event 6"), found.text());
  }

  @Test
  void aSnapshotKnowsOfAnotherState() throws SQLException {
    try (ChainedJournal journal = ChainedJournal.in(directory)) {
      journal.snapshot();
    }
    tamper(
        "UPDATE snapshot SET snapshot_payload ="
            + " CAST(replace(CAST(snapshot_payload AS TEXT), '\"r2\"', '\"r7\"') AS BLOB)");
    assertFirstBad(U1, 4, "leads to another state than the snapshot");
  }

  @Test
  void aSnapshotKnowsOfATailCutOff() throws SQLException {
    try (ChainedJournal journal = ChainedJournal.in(directory)) {
      journal.snapshot();
    }
    tamper("DELETE FROM event_journal WHERE persistence_id='cluster|u1' AND sequence_number = 4");
    assertFirstBad(U1, 4, "there is a snapshot taken after event 4");
  }

  @Test
  void theRunningMusterKnowsWhatItIs() throws SQLException {
    ClusterState state;
    try (ChainedJournal journal = ChainedJournal.in(directory)) {
      state = journal.first();
    }
    LiveState same = new LiveState(4, StateDigest.of(state));
    Verdict good = verdict(Map.of(U1, same), Optional.empty());
    assertTrue(good.isGood(), good.findings().toString());
    assertEquals(1, good.states());
    LiveState other = new LiveState(4, StateDigest.of(new ClusterState.Absent()));
    assertEquals(
        "leads to another state than the running Muster has",
        verdict(Map.of(U1, other), Optional.empty()).findings().getFirst().what());
    LiveState ahead = new LiveState(5, same.digest());
    assertEquals(
        "is missing from the end: the running Muster has event 5",
        verdict(Map.of(U1, ahead), Optional.empty()).findings().getFirst().what());
  }

  @Test
  void aJournalFromBeforeChainsIsGoodAndSaidToHaveNone() throws SQLException {
    ChainedJournal.withoutChains(directory).close();
    Verdict verdict = verdict();
    assertTrue(verdict.isGood(), verdict.findings().toString());
    assertEquals(13, verdict.eventsUnchained());
    assertEquals("", verdict.environmentHash());
  }

  @Test
  void aHashThatWasRemovedIsFound() throws SQLException {
    written();
    tamper(
        "UPDATE event_journal SET adapter_manifest = ''"
            + " WHERE persistence_id = 'cluster|u1' AND sequence_number = 3");
    assertFirstBad(U1, 3, "carries no hash");
  }

  @Test
  void allHashesRemovedAreFoundByTheCheckpoint() throws SQLException {
    written();
    tamper("UPDATE event_journal SET adapter_manifest = '' WHERE persistence_id = 'cluster|u1'");
    assertFirstBad(U1, 4, "is another than the one that event 6 of environment|main knows of");
  }

  @Test
  void anEventOfAnUnknownVersionIsNamed() throws SQLException {
    written();
    tamper(
        "UPDATE event_journal SET event_ser_manifest = 'cluster.created:99'"
            + " WHERE persistence_id = 'cluster|u1' AND sequence_number = 1");
    assertFirstBad(U1, 1, "written by a newer Muster");
    assertTrue(
        verdict().findings().getFirst().text().startsWith("event 1 of cluster|u1 cannot be"));
  }

  @Test
  void aClockThatJumpedBackIsNamed() throws SQLException {
    ChainedJournal.withoutChains(directory).close();
    tamper(
        "UPDATE event_journal SET event_payload = CAST(json_set(CAST(event_payload AS TEXT),"
            + " '$.at', 1) AS BLOB) WHERE persistence_id = 'cluster|u1' AND sequence_number = 3");
    assertFirstBad(U1, 3, "a clock jumped back");
  }

  @Test
  void anEventThatCannotHaveHappenedIsNamed() throws SQLException {
    ChainedJournal.withoutChains(directory).close();
    tamper(
        "UPDATE event_journal SET event_ser_manifest = 'cluster.replica-dropped:1',"
            + " event_payload = CAST(json_set(CAST(event_payload AS TEXT), '$.event',"
            + " json('{\"id\":\"u1-7\",\"reason\":\"manual\"}')) AS BLOB)"
            + " WHERE persistence_id = 'cluster|u1' AND sequence_number = 3");
    assertFirstBad(U1, 3, "cannot have happened");
  }
}
