package dev.muster.journal.sqlite;

import dev.muster.journal.PersistenceIds;
import dev.muster.journal.chain.EntityChain;
import dev.muster.journal.codec.ChainedSnapshot;
import dev.muster.journal.codec.JournalCodec;
import dev.muster.journal.codec.JournalSerializer;
import dev.muster.journal.event.ChainHead;
import dev.muster.journal.event.ClusterConfiguration;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.state.ClusterState;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a small journal as the entities do, adapters and all: an environment with two clusters,
 * each with four events, and a checkpoint of both chains.
 */
final class ChainedJournal implements AutoCloseable {
  static final ClusterId U1 = ClusterId.user(1);
  static final ClusterId U2 = ClusterId.user(2);

  private final WriteConnection writer;
  private final Map<String, EntityChain<Object, Object>> chains = new HashMap<>();
  private final Map<String, Long> numbers = new HashMap<>();
  private final boolean chained;
  private long millis = 1_790_000_000_000L;
  private ClusterState first = new ClusterState.Absent();

  private ChainedJournal(Path directory, boolean chained) {
    EmbeddedJournal.prepare(directory);
    this.chained = chained;
    this.writer =
        new WriteConnection(
            new ConnectionFactory(JournalFile.url(EmbeddedJournal.file(directory)), Map.of()));
  }

  static ChainedJournal in(Path directory) throws SQLException {
    return new ChainedJournal(directory, true).filled();
  }

  /** As Muster wrote it before there were chains. */
  static ChainedJournal withoutChains(Path directory) throws SQLException {
    return new ChainedJournal(directory, false).filled();
  }

  private ChainedJournal filled() throws SQLException {
    environment(new EnvironmentEvent.EnvironmentInitialized("test"));
    for (ClusterId id : List.of(U1, U2)) {
      environment(
          new EnvironmentEvent.ClusterCreationStarted(
              id, "c" + id.number(), "alice", new ClusterConfiguration.Unmanaged(), List.of()));
      cluster(id, Events.created(id));
      environment(new EnvironmentEvent.ClusterCreationFinished(id));
      for (int replica = 1; replica <= 3; replica++) {
        cluster(id, Events.added(id, replica));
      }
    }
    return this;
  }

  void environment(EnvironmentEvent event) throws SQLException {
    write(PersistenceIds.environment(), event);
  }

  void cluster(ClusterId id, ClusterEvent event) throws SQLException {
    HybridTime at = write(PersistenceIds.cluster(id), event);
    if (id.equals(U1)) {
      first = first.evolve(at, event);
    }
  }

  void checkpoint() throws SQLException {
    environment(new EnvironmentEvent.ChainsCheckpointed(List.of(head(U1), head(U2))));
  }

  /** Of the first cluster, after its latest event. */
  void snapshot() throws SQLException {
    String id = PersistenceIds.cluster(U1);
    JournalSerializer serializer = new JournalSerializer();
    Object stored = new ChainedSnapshot(first, chain(id).head().orElseThrow());
    writer.save(
        new SnapshotRow(
            id,
            numbers.get(id),
            millis,
            new Payload(
                JournalSerializer.IDENTIFIER,
                serializer.manifest(stored),
                serializer.toBinary(stored))));
  }

  ClusterState first() {
    return first;
  }

  private ChainHead head(ClusterId id) {
    String key = PersistenceIds.cluster(id);
    return new ChainHead(id, numbers.get(key), chain(key).head().orElseThrow());
  }

  private EntityChain<Object, Object> chain(String id) {
    return chains.computeIfAbsent(id, EntityChain::new);
  }

  private HybridTime write(String id, Object event) throws SQLException {
    HybridTime at = HybridTime.ofEpochMilli(++millis, 0);
    Recorded<Object> recorded = new Recorded<>(at, Origin.SYSTEM, event);
    var adapter = chain(id).events();
    // Pekko asks in this order for one event, and in the other for several.
    JournalCodec.Encoded encoded = (JournalCodec.Encoded) adapter.toJournal(recorded);
    String hash = adapter.manifest(recorded);
    writer.append(
        List.of(
            new EventRow(
                id,
                numbers.merge(id, 1L, Long::sum),
                "writer",
                0,
                chained ? hash : "",
                new Payload(
                    JournalSerializer.IDENTIFIER,
                    encoded.manifest().toString(),
                    encoded.bytes()))));
    return at;
  }

  @Override
  public void close() throws SQLException {
    writer.close();
  }
}
