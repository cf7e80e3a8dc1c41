package dev.muster.api.catalog;

import com.typesafe.config.ConfigFactory;
import dev.muster.api.size.SizeCatalogue;
import dev.muster.api.size.SizeCatalogues;
import dev.muster.journal.event.ClusterConfiguration;
import dev.muster.journal.event.ClusterConfiguration.Managed;
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
import dev.muster.journal.read.JournalReader;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Makes snapshots the way that the entities do: by events, one second apart. */
public final class CatalogFixture {
  /** A journal that has nothing. */
  public static final JournalReader EMPTY_JOURNAL = new RecordedJournal();

  private final RecordedJournal journal = new RecordedJournal();

  public static final SizeCatalogue SIZES = SizeCatalogues.load(ConfigFactory.load());

  /** 2026-01-01T00:00:00Z. */
  public static final long START_MILLIS = 1_767_225_600_000L;

  private static final AtomicLong REVISIONS = new AtomicLong();

  private final CatalogStore store = new CatalogStore();
  private final Map<ClusterId, ClusterState> clusters = new HashMap<>();
  private final Map<ClusterId, Long> numbers = new HashMap<>();
  private EnvironmentState environment = EnvironmentState.EMPTY;
  private long environmentNumber;
  private long seconds;

  public CatalogFixture() {
    environment(new EnvironmentEvent.EnvironmentInitialized("e1"));
    role("s1", "mz_system", true);
    role("s2", "mz_support", false);
    role("u1", "materialize", true);
  }

  /** Newer than every snapshot that any fixture gave, so that they may share an engine. */
  public CatalogSnapshot snapshot() {
    CatalogSnapshot now = store.snapshot();
    return new CatalogSnapshot(
        REVISIONS.incrementAndGet(),
        now.environment(),
        now.clusters(),
        now.observations(),
        now.withdrawals(),
        now.stateChange(),
        now.observationChange(),
        now.damaged());
  }

  /** What was journaled. */
  public RecordedJournal journal() {
    return journal;
  }

  public CatalogStore store() {
    return store;
  }

  public void role(String id, String name, boolean superuser) {
    environment(new EnvironmentEvent.RoleCreated(id, name, superuser, true, true));
  }

  /** Creates a managed cluster with its replicas. */
  public ClusterId managed(String name, String size, int factor) {
    return managed(ClusterId.user(environment.lastUserId() + 1), name, "materialize", size, factor);
  }

  public ClusterId managed(ClusterId id, String name, String owner, String size, int factor) {
    ClusterConfiguration configuration =
        new Managed(
            size,
            factor,
            List.of(),
            ReplicaSettings.DEFAULT,
            new Schedule.Manual(),
            Optional.empty(),
            Optional.empty());
    create(id, name, owner, configuration);
    for (int i = 1; i <= factor; i++) {
      add(id, "r" + i, size, "az" + i);
    }
    return id;
  }

  public void create(ClusterId id, String name, String owner, ClusterConfiguration configuration) {
    environment(
        new EnvironmentEvent.ClusterCreationStarted(id, name, owner, configuration, List.of()));
    cluster(id, new ClusterEvent.ClusterCreated(id, configuration));
    environment(new EnvironmentEvent.ClusterCreationFinished(id));
  }

  public ReplicaId add(ClusterId cluster, String name, String size, String zone) {
    ReplicaId id = ReplicaId.of(cluster, live(cluster).lastReplicaNumber() + 1);
    cluster(
        cluster,
        new ClusterEvent.ReplicaAdded(
            id,
            name,
            size,
            SIZES.find(size).map(found -> found.creditsPerHour()).orElse(BigDecimal.ONE),
            zone,
            false,
            ReplicaSettings.DEFAULT,
            false,
            Optional.empty(),
            Reason.MANUAL));
    return id;
  }

  public ClusterState.Live live(ClusterId id) {
    return (ClusterState.Live) clusters.get(id);
  }

  public void environment(EnvironmentEvent event) {
    HybridTime at = tick();
    environment = environment.evolve(at, event);
    journal.environment(new Recorded<>(at, Origin.SYSTEM, event));
    store.publish(environment, ++environmentNumber, List.of(event));
  }

  public void cluster(ClusterId id, ClusterEvent event) {
    HybridTime at = tick();
    ClusterState state = clusters.getOrDefault(id, new ClusterState.Absent()).evolve(at, event);
    journal.cluster(id, new Recorded<>(at, Origin.SYSTEM, event));
    clusters.put(id, state);
    store.publish(id, state, numbers.merge(id, 1L, Long::sum));
  }

  /** The time of the last event. */
  public Instant now() {
    return Instant.ofEpochMilli(START_MILLIS + 1000 * (seconds - 1));
  }

  /** Time in which nothing happens. */
  public void pass(Duration time) {
    seconds += time.toSeconds();
  }

  private HybridTime tick() {
    return HybridTime.ofEpochMilli(START_MILLIS + 1000 * seconds++, 0);
  }
}
