package dev.muster.journal.sqlite;

import com.typesafe.config.Config;
import java.sql.SQLException;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;

/**
 * The journal's file as the plugins of one actor system use it: one connection that writes, on a
 * thread of its own, and as many that read as are in use at a time. Closed when the system has
 * ended.
 */
final class EmbeddedDatabase implements Extension {
  private static final String SETTINGS = "muster.journal.embedded";

  /** Where reading may block. */
  static final String READING_DISPATCHER = SETTINGS + ".reading-dispatcher";

  private static final String WRITING_DISPATCHER = SETTINGS + ".writing-dispatcher";

  private static final String SYNCING_DISPATCHER = SETTINGS + ".syncing-dispatcher";

  /** Of the table, its index and what they were before: about. */
  private static final int PAGES_OF_A_SNAPSHOT = 4;

  private static final Id ID = new Id();

  private final WriteConnection writer;
  private final Checkpoints checkpoints;
  private final ConnectionFactory factory;
  private final OpenedFile file;
  private final Deque<ReadConnection> idleReaders = new ConcurrentLinkedDeque<>();
  private final Executor writing;
  private final Executor syncing;
  private final Executor reading;
  private final Serialization serialization;

  private EmbeddedDatabase(ExtendedActorSystem system) {
    Config settings = system.settings().config().getConfig(SETTINGS);
    Map<String, String> pragmas =
        settings.getConfig("pragmas").root().unwrapped().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().toString()));
    this.factory = new ConnectionFactory(settings.getString("url"), pragmas);
    this.file = OpenedFile.at(factory.file());
    this.writer = new WriteConnection(factory);
    this.writing = system.dispatchers().lookup(WRITING_DISPATCHER);
    this.syncing = system.dispatchers().lookup(SYNCING_DISPATCHER);
    this.reading = system.dispatchers().lookup(READING_DISPATCHER);
    this.checkpoints = new Checkpoints(factory, reading, writer::checkpoint);
    this.serialization = SerializationExtension.get(system);
    system.registerOnTermination(this::close);
  }

  private static final class Id extends AbstractExtensionId<EmbeddedDatabase> {
    @Override
    public EmbeddedDatabase createExtension(ExtendedActorSystem system) {
      return new EmbeddedDatabase(system);
    }
  }

  static EmbeddedDatabase of(ActorSystem system) {
    return ID.get(system);
  }

  /** What is done with a connection that reads. */
  @FunctionalInterface
  interface Reading<T> {
    T from(ReadConnection connection) throws SQLException;
  }

  /** Reads what is committed now, and on the disk when it is told. */
  private <T> T read(Reading<T> work) throws SQLException {
    ReadConnection connection = borrow();
    try {
      T result = work.from(connection);
      writer.sync();
      giveBack(connection);
      return result;
    } catch (SQLException | RuntimeException failure) {
      connection.close();
      throw failure;
    }
  }

  ReadConnection borrow() throws SQLException {
    file.check();
    ReadConnection idle = idleReaders.pollFirst();
    return idle == null ? new ReadConnection(factory.forReading()) : idle;
  }

  void giveBack(ReadConnection connection) {
    idleReaders.addFirst(connection);
  }

  WriteConnection writer() {
    return writer;
  }

  Checkpoints checkpoints() {
    return checkpoints;
  }

  /** What is done on the writer's one thread. */
  @FunctionalInterface
  interface Writing {
    /** Returns its number. */
    long to(WriteConnection connection) throws SQLException;
  }

  CompletableFuture<Void> write(Writing work) {
    return CompletableFuture.supplyAsync(
            () -> {
              try {
                long commit = work.to(writer);
                checkpoints.committed(PAGES_OF_A_SNAPSHOT);
                return commit;
              } catch (SQLException failure) {
                throw new CompletionException(failure);
              }
            },
            writing)
        .thenAcceptAsync(
            commit -> {
              try {
                writer.sync(commit);
              } catch (SQLException failure) {
                throw new CompletionException(failure);
              }
            },
            syncing);
  }

  /** As {@link #read}, on a thread that may block. */
  <T> CompletableFuture<T> readAsync(Reading<T> work) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return read(work);
          } catch (SQLException failure) {
            throw new CompletionException(failure);
          }
        },
        reading);
  }

  /** Where else what takes long is done, not to hold up the writer. */
  Executor reading() {
    return reading;
  }

  /** Where commits are synced, beside the next one. */
  Executor syncing() {
    return syncing;
  }

  Serialization serialization() {
    return serialization;
  }

  private void close() {
    try {
      ReadConnection idle = idleReaders.pollFirst();
      while (idle != null) {
        idle.close();
        idle = idleReaders.pollFirst();
      }
      checkpoints.close();
      // Last, so that SQLite tidies up: the log goes into the file.
      writer.close();
    } catch (SQLException failure) {
      throw new IllegalStateException("the journal cannot be closed", failure);
    }
  }
}
