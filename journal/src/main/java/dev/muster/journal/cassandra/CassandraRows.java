package dev.muster.journal.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import dev.muster.journal.JournalUnusableException;
import dev.muster.journal.verify.RawEvent;
import dev.muster.journal.verify.RawSnapshot;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The tables of the plugin, read by Cassandra's own driver, with the settings that a node has.
 * Never writes, and makes nothing. Safe for use by many threads.
 */
final class CassandraRows implements AutoCloseable {
  private static final String DRIVER = "datastax-java-driver";
  private static final String SETTINGS = "muster.journal.cassandra.";

  private static final Pattern KEYSPACE = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,47}");

  /** Who only looks does not wait for a Cassandra that is not there, and has time for an answer. */
  private static final String LOOKING =
      """
      datastax-java-driver {
        advanced.reconnect-on-init = false
        basic.request { consistency = LOCAL_QUORUM, timeout = 10 s }
      }
      """;

  private final String where;
  private final CqlSession session;
  private final PreparedStatement events;
  private final PreparedStatement snapshots;
  private final String persistenceIds;

  private CassandraRows(String where, CqlSession session, String keyspace) {
    this.where = where;
    this.session = session;
    this.events =
        session.prepare(
            "SELECT sequence_nr, event_manifest, ser_id, ser_manifest, event FROM "
                + keyspace
                + ".messages WHERE persistence_id = ? AND partition_nr = ?");
    this.snapshots =
        session.prepare(
            "SELECT sequence_nr, ser_id, ser_manifest, snapshot_data FROM "
                + keyspace
                + ".snapshots WHERE persistence_id = ?");
    this.persistenceIds =
        "SELECT DISTINCT persistence_id, partition_nr FROM " + keyspace + ".messages";
  }

  /**
   * @param config of a node, as far as it has any
   * @throws JournalUnusableException where there is no journal
   */
  static CassandraRows open(Config config) {
    Config settings;
    try {
      settings =
          ConfigFactory.parseString(LOOKING)
              .withFallback(config)
              .withFallback(CassandraJournal.config())
              .withFallback(ConfigFactory.defaultReference(CassandraRows.class.getClassLoader()))
              .resolve();
    } catch (ConfigException senseless) {
      throw new JournalUnusableException(
          "the configuration cannot be used: " + senseless.getMessage(), senseless);
    }
    String keyspace = settings.getString(SETTINGS + "keyspace");
    if (!KEYSPACE.matcher(keyspace).matches()) {
      throw new JournalUnusableException("\"" + keyspace + "\" is no name of a keyspace");
    }
    String where =
        "keyspace %s of Cassandra at %s"
            .formatted(
                keyspace, String.join(", ", settings.getStringList(SETTINGS + "contact-points")));
    return connect(settings, keyspace, where);
  }

  private static CassandraRows connect(Config settings, String keyspace, String where) {
    String driver = settings.withOnlyPath(DRIVER).root().render(ConfigRenderOptions.concise());
    try {
      CqlSession session =
          CqlSession.builder().withConfigLoader(DriverConfigLoader.fromString(driver)).build();
      try {
        requireJournal(session, keyspace, where);
        return new CassandraRows(where, session, keyspace);
      } catch (RuntimeException failure) {
        session.close();
        throw failure;
      }
    } catch (DriverException failure) {
      throw unusable(where, failure);
    }
  }

  private static void requireJournal(CqlSession session, String keyspace, String where) {
    Optional<KeyspaceMetadata> known = session.getMetadata().getKeyspace(keyspace);
    boolean isThere =
        known
            .filter(those -> those.getTable("messages").isPresent())
            .filter(those -> those.getTable("snapshots").isPresent())
            .isPresent();
    if (!isThere) {
      throw new JournalUnusableException("there is no journal in " + where);
    }
  }

  static JournalUnusableException unusable(String where, DriverException failure) {
    return new JournalUnusableException(
        "%s (%s)".formatted(CassandraErrors.line(failure), where), failure);
  }

  String where() {
    return where;
  }

  /** All events of an entity, of equal numbers as they were written. */
  CompletionStage<List<RawEvent>> events(String persistenceId) {
    return events(persistenceId, 0, new ArrayList<>());
  }

  /** Partition by partition: behind one without rows there is none. */
  private CompletionStage<List<RawEvent>> events(
      String persistenceId, long partition, List<RawEvent> found) {
    int before = found.size();
    return session
        .executeAsync(events.bind(persistenceId, partition))
        .thenCompose(page -> pages(page, row -> event(persistenceId, row), found))
        .thenCompose(
            all ->
                all.size() == before
                    ? CompletableFuture.completedStage(all)
                    : events(persistenceId, partition + 1, all));
  }

  private static <T> CompletionStage<List<T>> pages(
      AsyncResultSet page, Function<Row, T> form, List<T> found) {
    page.currentPage().forEach(row -> found.add(form.apply(row)));
    return page.hasMorePages()
        ? page.fetchNextPage().thenCompose(next -> pages(next, form, found))
        : CompletableFuture.completedStage(found);
  }

  private static RawEvent event(String persistenceId, Row row) {
    String hash = row.getString("event_manifest");
    return new RawEvent(
        persistenceId,
        row.getLong("sequence_nr"),
        hash == null ? "" : hash,
        row.getInt("ser_id"),
        text(row, "ser_manifest"),
        bytes(row, "event"));
  }

  List<RawSnapshot> snapshots(String persistenceId) {
    List<RawSnapshot> found = new ArrayList<>();
    for (Row row : execute(() -> session.execute(snapshots.bind(persistenceId)))) {
      found.add(
          new RawSnapshot(
              persistenceId,
              row.getLong("sequence_nr"),
              row.getInt("ser_id"),
              text(row, "ser_manifest"),
              bytes(row, "snapshot_data")));
    }
    return found;
  }

  /** Looks at all partitions of all nodes. */
  List<String> persistenceIds() {
    TreeSet<String> ids = new TreeSet<>();
    execute(() -> session.execute(persistenceIds))
        .forEach(row -> ids.add(text(row, "persistence_id")));
    return List.copyOf(ids);
  }

  private ResultSet execute(Supplier<ResultSet> question) {
    try {
      return question.get();
    } catch (DriverException failure) {
      throw unusable(where, failure);
    }
  }

  static String text(Row row, String column) {
    String text = row.getString(column);
    return text == null ? "" : text;
  }

  static byte[] bytes(Row row, String column) {
    ByteBuffer buffer = row.getByteBuffer(column);
    byte[] bytes = new byte[buffer == null ? 0 : buffer.remaining()];
    if (buffer != null) {
      buffer.get(bytes);
    }
    return bytes;
  }

  @Override
  public void close() {
    session.close();
  }
}
