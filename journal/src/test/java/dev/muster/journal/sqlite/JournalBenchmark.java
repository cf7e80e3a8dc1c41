package dev.muster.journal.sqlite;

import com.typesafe.config.ConfigFactory;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;

/**
 * Acknowledged events a second through the whole path: entity, plugin, synced file, reply. Run by
 * hand; the figures are in the module's ADR. Beside them stands what plain JDBC does with one row a
 * commit on the same disk in the same minute: trust the ratio.
 *
 * <p>Arguments: a directory on the disk to measure, then settings to lay over the configuration.
 */
final class JournalBenchmark {
  private static final int ENTITIES = 1000;
  private static final int EVENTS = 20_000;

  private JournalBenchmark() {}

  public static void main(String[] arguments) throws IOException, SQLException {
    Path parent = Path.of(arguments[0]);
    String overlay = String.join("\n", Arrays.asList(arguments).subList(1, arguments.length));
    System.out.printf("plain JDBC, one row a commit: %.0f/s%n", plainCommits(parent));
    Path directory = Files.createTempDirectory(parent, "journal");
    EmbeddedJournal.prepare(directory);
    try (JournalNode node =
        JournalNode.unprepared(
            directory,
            RetentionCriteria.disabled(),
            ConfigFactory.parseString(overlay + "\npekko.loglevel = OFF"))) {
      for (int number = 1; number <= ENTITIES; number++) {
        node.record(ClusterId.user(number), Events.created(ClusterId.user(number)));
      }
      for (int round = 1; round <= 2; round++) {
        for (int inFlight : new int[] {1, 16, 64}) {
          measure(node, inFlight);
        }
      }
    }
    System.out.printf("plain JDBC, one row a commit: %.0f/s%n", plainCommits(parent));
  }

  private static void measure(JournalNode node, int inFlight) {
    int events = inFlight == 1 ? EVENTS / 4 : EVENTS;
    long[] micros = new long[events];
    AtomicInteger next = new AtomicInteger();
    long start = System.nanoTime();
    CompletableFuture<?>[] lanes = new CompletableFuture<?>[inFlight];
    Arrays.setAll(lanes, lane -> drive(node, next, micros));
    CompletableFuture.allOf(lanes).join();
    double seconds = (System.nanoTime() - start) / 1e9;
    Arrays.sort(micros);
    System.out.printf(
        "%2d in flight: %6.0f events/s, p50 %.2f ms, p99 %.2f ms%n",
        inFlight, events / seconds, micros[events / 2] / 1e3, micros[events * 99 / 100] / 1e3);
  }

  private static CompletableFuture<Void> drive(
      JournalNode node, AtomicInteger next, long[] micros) {
    int number = next.getAndIncrement();
    if (number >= micros.length) {
      return CompletableFuture.completedFuture(null);
    }
    ClusterId id = ClusterId.user(1 + number % ENTITIES);
    ClusterEvent event =
        new ClusterEvent.CommentChanged(Optional.empty(), Optional.of("comment " + number));
    long start = System.nanoTime();
    return node.recordAsync(id, event)
        .toCompletableFuture()
        .thenCompose(
            done -> {
              micros[number] = (System.nanoTime() - start) / 1000;
              return drive(node, next, micros);
            });
  }

  private static double plainCommits(Path parent) throws IOException, SQLException {
    Path directory = Files.createTempDirectory(parent, "plain");
    EmbeddedJournal.prepare(directory);
    try (Connection connection = SqliteFiles.open(EmbeddedJournal.file(directory))) {
      connection.createStatement().execute("PRAGMA synchronous = FULL");
      connection.setAutoCommit(false);
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO event_journal VALUES (NULL,?,?,0,'w',0,'',1,'m',?,NULL,NULL,NULL)")) {
        long start = System.nanoTime();
        int commits = 5_000;
        for (int number = 0; number < commits; number++) {
          insert.setString(1, "cluster|u" + number % ENTITIES);
          insert.setLong(2, number);
          insert.setBytes(3, new byte[200]);
          insert.executeUpdate();
          connection.commit();
        }
        return commits / ((System.nanoTime() - start) / 1e9);
      }
    }
  }
}
