package dev.muster.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * SIGKILL at random moments while sixteen connections write: nothing acknowledged is lost, nothing
 * is half made.
 */
class PowerLossIT {
  private static final int WRITERS = 16;
  private static final int ROUNDS = Soak.rounds(5, 20);
  private static final int ENTITIES_ASKED = 8;

  /** A round is over after so many acknowledgements at the latest. */
  private static final int ACKNOWLEDGEMENTS_MAX = 600;

  @RegisterExtension final Harness harness = new Harness();

  private long seed;

  @Test
  void nothingAcknowledgedIsLostAndNothingIsHalfMade() throws Exception {
    seed = Long.getLong("muster.seed", System.nanoTime());
    System.out.println(
        "PowerLossIT: seed " + seed + " (replay the same choices with -Dmuster.seed=" + seed + ")");
    Random random = new Random(seed);
    List<Writer> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      writers.add(new Writer("w" + (char) ('a' + i), new Random(random.nextLong())));
    }
    RunningMuster muster = harness.aMuster().withRuntime("simulated").start();
    long total = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 1; round <= ROUNDS; round++) {
        total += writeAndKill(muster, writers, acknowledgementsBeforeKill(random), threads);
        if (round % 4 == 0) {
          killWhileItStarts(muster, random);
        }
        muster.start();
        compare(muster, writers, random, round);
      }
    }
    assertTrue(total > 0, "nothing was written");
    muster.terminate();
    checkJournal(muster.dataDirectory().resolve("journal.db"));
    System.out.println(
        "PowerLossIT: " + total + " acknowledged changes survived " + ROUNDS + " kills");
  }

  /** Any of them, the early ones, which cost less time, more often: the mean is a quarter. */
  private static int acknowledgementsBeforeKill(Random random) {
    return 1 + (int) (ACKNOWLEDGEMENTS_MAX * Math.pow(random.nextDouble(), 3));
  }

  private long writeAndKill(
      RunningMuster muster,
      List<Writer> writers,
      int acknowledgementsBeforeKill,
      ExecutorService threads)
      throws Exception {
    AtomicLong acknowledgements = new AtomicLong();
    List<Future<?>> work = new ArrayList<>();
    for (Writer writer : writers) {
      work.add(
          threads.submit(
              () -> {
                writer.writeUntilKilled(muster, acknowledgements);
                return null;
              }));
    }
    Await.until(
        acknowledgementsBeforeKill + " statements are acknowledged",
        () ->
            acknowledgements.get() >= acknowledgementsBeforeKill
                || work.stream().anyMatch(Future::isDone));
    muster.kill9();
    for (Future<?> writer : work) {
      writer.get();
    }
    return acknowledgements.get();
  }

  /** The clean-up after a crash is itself cut short. */
  private static void killWhileItStarts(RunningMuster muster, Random random) throws IOException {
    muster.launch();
    boolean beforeReady = random.nextBoolean();
    if (beforeReady) {
      long bytesBefore = muster.logBytes();
      Await.until("it does something", () -> muster.logBytes() > bytesBefore || !muster.isAlive());
    } else {
      muster.awaitReady();
    }
    muster.kill9();
  }

  /** Each entity's events are numbered from 1, without a gap and without a duplicate. */
  private static void checkJournal(Path file) throws SQLException {
    try (Connection journal =
        DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath().toUri())) {
      List<String> wrong =
          RunningMuster.sql(
              journal,
              "SELECT persistence_id, count(*), count(DISTINCT sequence_number),"
                  + " min(sequence_number), max(sequence_number) FROM event_journal"
                  + " GROUP BY persistence_id HAVING min(sequence_number) <> 1"
                  + " OR count(*) <> max(sequence_number)"
                  + " OR count(DISTINCT sequence_number) <> max(sequence_number)");
      assertEquals(List.of(), wrong, "entity|events|numbers|first|last");
      List<String> entities =
          RunningMuster.sql(journal, "SELECT count(DISTINCT persistence_id) FROM event_journal");
      assertTrue(Long.parseLong(entities.getFirst()) > 1, () -> "entities: " + entities);
    }
  }

  /** The catalog has all; that each entity says the same is asked of some, in the end of all. */
  private static void compare(RunningMuster muster, List<Writer> writers, Random random, int round)
      throws SQLException {
    try (Connection connection = muster.connect()) {
      Map<String, Writer.Declared> all = clusters(connection);
      for (Writer writer : writers) {
        Map<String, Writer.Declared> own = new TreeMap<>(all);
        own.keySet().removeIf(name -> !name.startsWith(writer.prefix()));
        writer.compare(own);
      }
      assertEquals(expectedReplicas(all), replicas(connection), "replicas after round " + round);
      List<String> asked = new ArrayList<>(all.keySet());
      if (round < ROUNDS) {
        Collections.shuffle(asked, random);
        asked = asked.subList(0, Math.min(ENTITIES_ASKED, asked.size()));
      }
      for (String name : asked) {
        List<String> shown = RunningMuster.sql(connection, "SHOW CREATE CLUSTER " + name);
        assertTrue(shown.size() == 1 && shown.getFirst().contains(name), () -> name + ": " + shown);
      }
    }
  }

  /** Every cluster of the writers; checks that names and ids are unique. */
  private static Map<String, Writer.Declared> clusters(Connection connection) throws SQLException {
    Map<String, Writer.Declared> found = new TreeMap<>();
    Set<String> ids = new HashSet<>();
    for (String row :
        RunningMuster.sql(
            connection,
            "SELECT c.id, c.name, c.size, c.replication_factor, coalesce(m.comment, '')"
                + " FROM mz_catalog.mz_clusters c LEFT JOIN mz_internal.mz_comments m"
                + " ON m.id = c.id AND m.object_type = 'cluster' WHERE c.name LIKE 'w__'")) {
      String[] column = row.split("\\|", -1);
      assertTrue(ids.add(column[0]), () -> "id twice: " + row);
      Writer.Declared declared =
          new Writer.Declared(column[2], Integer.parseInt(column[3]), column[4]);
      assertEquals(null, found.put(column[1], declared), () -> "name twice: " + row);
    }
    return found;
  }

  private static Map<String, List<String>> expectedReplicas(Map<String, Writer.Declared> clusters) {
    Map<String, List<String>> expected = new HashMap<>();
    clusters.forEach(
        (name, declared) -> {
          for (int i = 1; i <= declared.factor(); i++) {
            expected
                .computeIfAbsent(name, ignored -> new ArrayList<>())
                .add("r" + i + " at " + declared.size());
          }
        });
    return expected;
  }

  private static Map<String, List<String>> replicas(Connection connection) throws SQLException {
    Map<String, List<String>> found = new HashMap<>();
    for (String row :
        RunningMuster.sql(
            connection,
            "SELECT c.name, r.name, r.size FROM mz_catalog.mz_clusters c"
                + " JOIN mz_catalog.mz_cluster_replicas r ON r.cluster_id = c.id"
                + " WHERE c.name LIKE 'w__' ORDER BY c.name, r.name")) {
      String[] column = row.split("\\|", -1);
      found
          .computeIfAbsent(column[0], ignored -> new ArrayList<>())
          .add(column[1] + " at " + column[2]);
    }
    return found;
  }
}
