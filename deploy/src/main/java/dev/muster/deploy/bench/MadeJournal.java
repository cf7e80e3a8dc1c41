package dev.muster.deploy.bench;

import dev.muster.journal.PersistenceIds;
import dev.muster.journal.chain.ChainHash;
import dev.muster.journal.codec.ChainedSnapshot;
import dev.muster.journal.codec.JournalCodec;
import dev.muster.journal.codec.JournalSerializer;
import dev.muster.journal.event.ClusterConfiguration;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.event.Schedule;
import dev.muster.journal.sqlite.EmbeddedJournal;
import dev.muster.journal.state.ClusterState;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A journal of clusters that were turned on and off again and again, hash chains and snapshots
 * included: as long as somebody wants it, and written in seconds.
 */
final class MadeJournal implements AutoCloseable {
  /** Of each cluster. */
  static final int EVENTS_OF_A_CLUSTER = 100;

  /** From one event of a cluster to its next. */
  static final Duration STEP = Duration.ofMinutes(20);

  private static final int EVENTS_OF_A_ROUND = 6;
  private static final int BATCH = 5_000;
  private static final BigDecimal CREDITS = new BigDecimal("0.25");
  private static final Origin ALICE =
      new Origin(
          "materialize",
          Optional.of("127.0.0.1"),
          Optional.of("bench"),
          Optional.of("ALTER CLUSTER c SET (REPLICATION FACTOR = 1)"));

  private final Connection connection;
  private final PreparedStatement insert;
  private final PreparedStatement snapshot;
  private final Instant beginning;
  private int pending;
  private long events;

  // Of the entity that is being written.
  private String entity = "";
  private String hash = "";
  private long number;

  private MadeJournal(Connection connection, Instant beginning) throws SQLException {
    this.connection = connection;
    this.beginning = beginning;
    this.insert =
        connection.prepareStatement(
            "INSERT INTO event_journal (persistence_id, sequence_number, writer, write_timestamp,"
                + " adapter_manifest, event_ser_id, event_ser_manifest, event_payload)"
                + " VALUES (?, ?, 'bench', 0, ?, ?, ?, ?)");
    this.snapshot =
        connection.prepareStatement(
            "INSERT INTO snapshot (persistence_id, sequence_number, created, snapshot_ser_id,"
                + " snapshot_ser_manifest, snapshot_payload) VALUES (?, ?, 0, ?, ?, ?)");
  }

  /**
   * Writes one in place of what is in a data directory.
   *
   * @param beginning of its first event
   * @return how many events it has
   */
  static long write(Path dataDirectory, int clusters, Instant beginning) {
    Path file = EmbeddedJournal.file(dataDirectory);
    try {
      for (String ending : List.of("", "-wal", "-shm")) {
        Files.deleteIfExists(file.resolveSibling(file.getFileName() + ending));
      }
      EmbeddedJournal.prepare(dataDirectory);
      try (MadeJournal journal =
          new MadeJournal(DriverManager.getConnection("jdbc:sqlite:" + file), beginning)) {
        return journal.fill(clusters);
      }
    } catch (IOException | SQLException failure) {
      throw new BenchException("the journal could not be made: " + failure.getMessage(), failure);
    }
  }

  private long fill(int clusters) throws SQLException {
    connection.setAutoCommit(false);
    environment(clusters);
    for (int system = 1; system <= 2; system++) {
      ClusterId id = ClusterId.system(system);
      begin(PersistenceIds.cluster(id));
      add(time(0, system), Origin.SYSTEM, new ClusterEvent.ClusterCreated(id, configuration()));
    }
    for (int each = 1; each <= clusters; each++) {
      cluster(each);
    }
    flush();
    connection.commit();
    return events;
  }

  /** No two events share a millisecond. */
  private HybridTime time(int step, int which) {
    return HybridTime.ofEpochMilli(
        beginning.toEpochMilli() + 100_000_000L + step * STEP.toMillis() + 100L * which, 0);
  }

  private static ClusterConfiguration configuration() {
    return new ClusterConfiguration.Managed(
        "25cc",
        0,
        List.of(),
        ReplicaSettings.DEFAULT,
        new Schedule.Manual(),
        Optional.empty(),
        Optional.empty());
  }

  private void environment(int clusters) throws SQLException {
    begin(PersistenceIds.environment());
    environment(new EnvironmentEvent.EnvironmentInitialized("muster-bench-0"));
    environment(new EnvironmentEvent.RoleCreated("s1", "mz_system", true, true, true));
    environment(new EnvironmentEvent.RoleCreated("s2", "mz_support", false, true, true));
    environment(new EnvironmentEvent.RoleCreated("u1", "materialize", true, true, true));
    created(ClusterId.system(1), "mz_system", "mz_system");
    created(ClusterId.system(2), "mz_catalog_server", "mz_system");
    for (int each = 1; each <= clusters; each++) {
      created(ClusterId.user(each), "c" + each, "materialize");
    }
  }

  private void created(ClusterId id, String name, String owner) throws SQLException {
    environment(
        new EnvironmentEvent.ClusterCreationStarted(id, name, owner, configuration(), List.of()));
    environment(new EnvironmentEvent.ClusterCreationFinished(id));
  }

  private void environment(EnvironmentEvent event) throws SQLException {
    add(HybridTime.ofEpochMilli(beginning.toEpochMilli() + number, 0), ALICE, event);
  }

  private void cluster(int which) throws SQLException {
    ClusterId id = ClusterId.user(which);
    begin(PersistenceIds.cluster(id));
    ClusterState state = new ClusterState.Absent();
    for (int step = 0; step < EVENTS_OF_A_CLUSTER; step++) {
      ClusterEvent event = event(id, step);
      HybridTime at = time(step, which + 2);
      state = state.evolve(at, event);
      add(at, ALICE, event);
    }
    save(state);
  }

  private static ClusterEvent event(ClusterId id, int step) {
    int round = (step - 1) / EVENTS_OF_A_ROUND;
    if (step == 0) {
      return new ClusterEvent.ClusterCreated(id, configuration());
    }
    if ((round + 1) * EVENTS_OF_A_ROUND >= EVENTS_OF_A_CLUSTER) {
      return new ClusterEvent.CommentChanged(Optional.empty(), Optional.of("step " + step));
    }
    ReplicaId replica = ReplicaId.of(id, round + 1);
    return switch ((step - 1) % EVENTS_OF_A_ROUND) {
      case 0 -> new ClusterEvent.ReplicationFactorChanged(0, 1);
      case 1 ->
          new ClusterEvent.ReplicaAdded(
              replica,
              "r1",
              "25cc",
              CREDITS,
              "az1",
              false,
              ReplicaSettings.DEFAULT,
              false,
              Optional.empty(),
              Reason.MANUAL);
      case 2 -> new ClusterEvent.ReplicaStarted(replica, 1, "bench", 4711);
      case 3 -> new ClusterEvent.ReplicaHydrated(replica, 1, Duration.ofSeconds(3), 10, 1000, 2000);
      case 4 -> new ClusterEvent.ReplicationFactorChanged(1, 0);
      default -> new ClusterEvent.ReplicaDropped(replica, Reason.MANUAL);
    };
  }

  private void begin(String persistenceId) {
    entity = persistenceId;
    hash = ChainHash.genesis(persistenceId);
    number = 0;
  }

  private void add(HybridTime at, Origin by, Object event) throws SQLException {
    JournalCodec.Encoded encoded = JournalCodec.STANDARD.encode(new Recorded<>(at, by, event));
    String manifest = encoded.manifest().toString();
    hash = ChainHash.next(hash, manifest, encoded.bytes());
    insert.setString(1, entity);
    insert.setLong(2, ++number);
    insert.setString(3, hash);
    insert.setInt(4, JournalSerializer.IDENTIFIER);
    insert.setString(5, manifest);
    insert.setBytes(6, encoded.bytes());
    insert.addBatch();
    events++;
    if (++pending % BATCH == 0) {
      flush();
    }
  }

  private void save(ClusterState state) throws SQLException {
    JournalSerializer serializer = new JournalSerializer();
    Object stored = new ChainedSnapshot(state, hash);
    snapshot.setString(1, entity);
    snapshot.setLong(2, number);
    snapshot.setInt(3, JournalSerializer.IDENTIFIER);
    snapshot.setString(4, serializer.manifest(stored));
    snapshot.setBytes(5, serializer.toBinary(stored));
    snapshot.addBatch();
  }

  private void flush() throws SQLException {
    insert.executeBatch();
    snapshot.executeBatch();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
