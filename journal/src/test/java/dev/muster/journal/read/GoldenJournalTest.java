package dev.muster.journal.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.journal.codec.JournalCodec;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.history.Histories;
import dev.muster.journal.read.JournalReader.Sequenced;
import dev.muster.journal.sqlite.JournalNode;
import dev.muster.journal.sqlite.SqliteFiles;
import dev.muster.journal.sqlite.SqliteRawJournal;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import dev.muster.journal.verify.JournalVerifier;
import dev.muster.journal.verify.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The journal that version 1 left behind goes on being read, and what a later version added to it
 * (layer L4).
 */
class GoldenJournalTest {
  private static final ClusterId U1 = ClusterId.user(1);
  private static final ClusterId U2 = ClusterId.user(2);
  private static final ClusterId U3 = ClusterId.user(3);
  private static final ClusterId U4 = ClusterId.user(4);
  private static final ClusterId U5 = ClusterId.user(5);
  private static final long AFTER_THE_SNAPSHOT = 10;

  @TempDir Path directory;

  private JournalNode node;

  @BeforeEach
  void restoreAndStart() throws Exception {
    for (String script :
        List.of(
            "journal-1.sql", "journal-2.sql", "journal-3.sql", "journal-4.sql", "journal-5.sql")) {
      SqliteFiles.execute(
          directory.resolve("journal.db"), text("/golden-journal/" + script).split(";\n"));
    }
    node = JournalNode.start(directory);
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void everyEventOfBothFamiliesIsInIt() {
    long types =
        Stream.of(cluster(U1), cluster(U2), cluster(U3), cluster(U4), cluster(U5), environment())
            .flatMap(List::stream)
            .map(recorded -> recorded.event().getClass())
            .distinct()
            .count();
    assertEquals(
        ClusterEvent.class.getPermittedSubclasses().length
            + EnvironmentEvent.class.getPermittedSubclasses().length,
        types);
  }

  @Test
  void itFoldsToWhatItFoldedToThen() throws Exception {
    assertEquals(
        text("/golden-journal/cluster-u1.json"),
        json(Histories.fold(new ClusterState.Absent(), cluster(U1))));
    assertEquals(
        text("/golden-journal/cluster-u2.json"),
        json(Histories.fold(new ClusterState.Absent(), cluster(U2))));
    assertEquals(
        text("/golden-journal/cluster-u3.json"),
        json(Histories.fold(new ClusterState.Absent(), cluster(U3))));
    assertEquals(
        text("/golden-journal/cluster-u4.json"),
        json(Histories.fold(new ClusterState.Absent(), cluster(U4))));
    assertEquals(
        text("/golden-journal/cluster-u5.json"),
        json(Histories.fold(new ClusterState.Absent(), cluster(U5))));
    assertEquals(
        text("/golden-journal/environment.json"),
        json(Histories.fold(EnvironmentState.EMPTY, environment())));
  }

  @Test
  void itsSnapshotIsTheFoldUpToItAndItsEntitiesRecover() {
    ClusterState snapshot =
        (ClusterState)
            JournalCodec.STANDARD.decode(
                "cluster-state:1",
                SqliteFiles.bytes(
                    directory.resolve("journal.db"), "SELECT snapshot_payload FROM snapshot"));
    assertEquals(
        Histories.fold(
            new ClusterState.Absent(), cluster(U1).subList(0, (int) AFTER_THE_SNAPSHOT - 1)),
        snapshot);
    assertEquals(Histories.fold(new ClusterState.Absent(), cluster(U1)), node.state(U1));
    assertEquals(Histories.fold(new ClusterState.Absent(), cluster(U2)), node.state(U2));
  }

  @Test
  void itsChainsHoldAndItIsSaidWhatIsOlderThanChains() {
    try (SqliteRawJournal raw = SqliteRawJournal.open(directory)) {
      Verdict verdict = JournalVerifier.verify(raw, Map.of(), Optional.empty());
      // Written for its types: of three of its clusters its environment tells nothing.
      assertTrue(
          verdict.findings().stream().allMatch(one -> one.what().contains("knows nothing of")),
          verdict.findings().toString());
      assertEquals(verdict.events() - 3, verdict.eventsUnchained());
      assertEquals(1, verdict.checkpoints());
    }
  }

  @Test
  void aReaderGetsWhatItAskedForAndNothingElse() {
    assertEquals(
        List.of(3L, 4L, 5L),
        node.reader().cluster(U1, 3, 5).toCompletableFuture().join().stream()
            .map(Sequenced::sequenceNumber)
            .toList());
    assertEquals(
        LongStream.rangeClosed(AFTER_THE_SNAPSHOT, cluster(U1).size()).boxed().toList(),
        node
            .reader()
            .cluster(U1, AFTER_THE_SNAPSHOT, Long.MAX_VALUE)
            .toCompletableFuture()
            .join()
            .stream()
            .map(Sequenced::sequenceNumber)
            .toList());
    assertEquals(List.of(), cluster(ClusterId.user(9)));
    assertEquals(
        List.of(), node.reader().environment(1_000, Long.MAX_VALUE).toCompletableFuture().join());
  }

  private List<Recorded<ClusterEvent>> cluster(ClusterId id) {
    return recorded(node.reader().cluster(id, 1, Long.MAX_VALUE).toCompletableFuture().join());
  }

  private List<Recorded<EnvironmentEvent>> environment() {
    return recorded(node.reader().environment(1, Long.MAX_VALUE).toCompletableFuture().join());
  }

  private static <E> List<Recorded<E>> recorded(List<Sequenced<E>> events) {
    return events.stream().map(Sequenced::recorded).toList();
  }

  private static String json(Object state) {
    return new String(JournalCodec.STANDARD.encode(state).bytes(), StandardCharsets.UTF_8);
  }

  private static String text(String resource) throws Exception {
    try (var stream = GoldenJournalTest.class.getResourceAsStream(resource)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
    }
  }
}
