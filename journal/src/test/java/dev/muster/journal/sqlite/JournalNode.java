package dev.muster.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.read.JournalReader;
import dev.muster.journal.state.ClusterState;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;

/** One actor system over the embedded journal in a directory: started, used, stopped. */
public final class JournalNode implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final Path directory;
  private final RetentionCriteria retention;
  private final ActorTestKit testKit;
  private final Map<ClusterId, ActorRef<RecordingEntity.Command>> entities = new HashMap<>();
  private final Map<ClusterId, CompletableFuture<Throwable>> failures = new ConcurrentHashMap<>();

  private JournalNode(Path directory, RetentionCriteria retention, Config config) {
    this.directory = directory;
    this.retention = retention;
    this.testKit = ActorTestKit.create("journal", config);
  }

  public static JournalNode start(Path directory) {
    return start(directory, RetentionCriteria.disabled());
  }

  static JournalNode start(Path directory, RetentionCriteria retention) {
    EmbeddedJournal.prepare(directory);
    return unprepared(directory, retention, ConfigFactory.empty());
  }

  static JournalNode unprepared(Path directory, RetentionCriteria retention, Config overlay) {
    Config config =
        overlay
            .withFallback(EmbeddedJournal.config(directory))
            .withFallback(ConfigFactory.load())
            .resolve();
    return new JournalNode(directory, retention, config);
  }

  void record(ClusterId id, ClusterEvent... events) {
    recordAsync(id, events).toCompletableFuture().join();
  }

  CompletionStage<Done> recordAsync(ClusterId id, ClusterEvent... events) {
    return AskPattern.ask(
        entity(id),
        replyTo ->
            new RecordingEntity.Record(Stream.of(events).map(Events::recorded).toList(), replyTo),
        TIMEOUT,
        testKit.scheduler());
  }

  public ClusterState state(ClusterId id) {
    return askState(id).join();
  }

  /** Fails with what the entity dies of, should it not come up. */
  CompletableFuture<ClusterState> askState(ClusterId id) {
    CompletableFuture<ClusterState> state =
        AskPattern.ask(entity(id), RecordingEntity.Tell::new, TIMEOUT, testKit.scheduler())
            .toCompletableFuture();
    failures.get(id).thenAccept(state::completeExceptionally);
    return state;
  }

  private ActorRef<RecordingEntity.Command> entity(ClusterId id) {
    return entities.computeIfAbsent(
        id,
        fresh -> {
          CompletableFuture<Throwable> died = new CompletableFuture<>();
          failures.put(fresh, died);
          return testKit.spawn(
              RecordingEntity.reporting(RecordingEntity.create(fresh, retention), died::complete));
        });
  }

  /** What the entity dies of when it is told to record these; empty where it records them. */
  Optional<Throwable> outcomeOf(ClusterId id, ClusterEvent... events) {
    CompletableFuture<Done> recorded = recordAsync(id, events).toCompletableFuture();
    CompletableFuture<Throwable> died = failures.get(id);
    CompletableFuture.anyOf(died, recorded).orTimeout(60, TimeUnit.SECONDS).join();
    if (died.isDone()) {
      entities.remove(id);
    }
    return Optional.ofNullable(died.getNow(null));
  }

  Throwable failureOf(ClusterId id, ClusterEvent... events) {
    return outcomeOf(id, events).orElseThrow(() -> new AssertionError("the entity did not fail"));
  }

  ActorTestKit testKit() {
    return testKit;
  }

  public JournalReader reader() {
    return EmbeddedJournal.reader(testKit.system());
  }

  /** Waits until it is so. */
  <T> void await(T expected, Supplier<T> actual) {
    testKit
        .<Object>createTestProbe()
        .awaitAssert(
            TIMEOUT,
            () -> {
              assertEquals(expected, actual.get());
              return null;
            });
  }

  /** What the plugin's own connection says of itself. */
  String pragma(String name) {
    try {
      return EmbeddedDatabase.of(testKit.system().classicSystem()).writer().pragma(name);
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Whether all that is committed is on the disk. */
  boolean isSynced() {
    return EmbeddedDatabase.of(testKit.system().classicSystem()).writer().isSynced();
  }

  /** What anybody sees who opens the file. */
  List<Long> numbers(String query) {
    try (Connection connection = SqliteFiles.open(EmbeddedJournal.file(directory));
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      List<Long> numbers = new ArrayList<>();
      while (result.next()) {
        numbers.add(result.getLong(1));
      }
      return numbers;
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public void close() {
    testKit.shutdownTestKit();
  }
}
