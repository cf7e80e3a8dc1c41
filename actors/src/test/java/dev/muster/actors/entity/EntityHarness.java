package dev.muster.actors.entity;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.actors.cluster.ClusterRules;
import dev.muster.actors.environment.Bootstrap;
import dev.muster.actors.host.HostLedger;
import dev.muster.actors.membership.Standing;
import dev.muster.actors.testing.FakeSupervisors;
import dev.muster.actors.testing.Sizes;
import dev.muster.api.catalog.CatalogStore;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.Reply;
import dev.muster.api.metrics.Metrics;
import dev.muster.journal.PersistenceIds;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.JournalEvent;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.time.HybridClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.apache.pekko.persistence.testkit.javadsl.SnapshotTestKit;

/**
 * Entities without sharding, on a journal in memory that serializes every event and fails when it
 * is told to.
 */
final class EntityHarness implements AutoCloseable {
  static final Duration BOUND = Duration.ofSeconds(60);
  static final Origin ALICE =
      new Origin("materialize", Optional.empty(), Optional.empty(), Optional.empty());

  final ActorTestKit kit;
  final PersistenceTestKit journal;
  final FakeSupervisors supervisors = new FakeSupervisors();
  final EntityHealth health = new EntityHealth();
  final Metrics metrics = new Metrics();
  final HostLedger hosts = HostLedger.unbounded(List.of("az1", "az2", "az3"), Sizes.CATALOGUE);
  final HybridClock clock = new HybridClock(InstantSource.system(), 0);
  CatalogStore catalog = new CatalogStore();
  final ChainHeads chains = new ChainHeads();
  volatile boolean mayDecide = true;
  volatile boolean holds = true;

  /** As a network does: what the environment tells clusters does not arrive. */
  volatile boolean losesWhatIsLed;

  private final EntitySettings settings;
  private final Map<ClusterId, ActorRef<ClusterMessage>> clusters = new ConcurrentHashMap<>();
  private volatile ActorRef<EnvironmentMessage> environment;

  EntityHarness(String... overrides) {
    Config config =
        ConfigFactory.parseString(String.join("\n", overrides))
            .withFallback(
                ConfigFactory.parseString(
                    """
                    pekko.loglevel = OFF
                    pekko.actor.provider = local
                    muster.entities.restart-min-backoff = 10 ms
                    muster.entities.restart-max-backoff = 50 ms
                    muster.entities.report-delay = 1 ms
                    muster.entities.readoption-wait = 300 ms
                    muster.entities.drive-again-interval = 200 ms
                    """))
            .withFallback(PersistenceTestKitPlugin.getInstance().config())
            .withFallback(PersistenceTestKitSnapshotPlugin.config())
            .withFallback(ConfigFactory.load());
    kit = ActorTestKit.create(config);
    journal = PersistenceTestKit.create(kit.system());
    settings = EntitySettings.of(config.getConfig("muster"));
  }

  private final Standing standing =
      new Standing() {
        @Override
        public boolean mayDecide() {
          return mayDecide;
        }

        @Override
        public boolean holds() {
          return holds;
        }
      };

  private EntityRuntime runtime() {
    return new EntityRuntime(
        clock,
        catalog,
        () -> catalog.snapshot(),
        () ->
            ClusterRules.of(Sizes.CATALOGUE, hosts.zones(), 5)
                .withFleet(hosts.zones(), hosts.fleet(), hosts.demand()),
        supervisors,
        hosts,
        health,
        metrics.entities(),
        chains,
        settings,
        standing,
        this::toEnvironment);
  }

  private void toEnvironment(EnvironmentMessage message) {
    ActorRef<EnvironmentMessage> there = environment;
    if (there != null) {
      there.tell(message);
    }
  }

  void startEnvironment() {
    environment =
        kit.spawn(
            EnvironmentEntity.create(
                runtime(),
                new Bootstrap("test-0", "25cc", 1, "25cc", 0),
                (id, message) -> {
                  if (!losesWhatIsLed) {
                    cluster(id).tell(message);
                  }
                }));
  }

  ActorRef<EnvironmentMessage> environment() {
    return environment;
  }

  /** How far the last snapshot of an entity is, in events; 0 where it has none. */
  long snapshots(String persistenceId) {
    return SnapshotTestKit.create(kit.system()).persistedInStorage(persistenceId).stream()
        .mapToLong(snapshot -> snapshot.first().sequenceNr())
        .max()
        .orElse(0);
  }

  ActorRef<ClusterMessage> cluster(ClusterId id) {
    return clusters.computeIfAbsent(
        id, key -> kit.spawn(ClusterEntity.create(key, runtime(), self -> {})));
  }

  /** As when the node is killed: nothing is said to the supervisors. */
  void crash() {
    clusters.values().forEach(kit::stop);
    clusters.clear();
    if (environment != null) {
      kit.stop(environment);
      environment = null;
    }
    catalog = new CatalogStore();
  }

  Reply ask(ClusterId id, ClusterCommand command) {
    return tell(id, command, Long.MAX_VALUE).receiveMessage(BOUND).reply();
  }

  /** Where the answer comes. */
  TestProbe<Answer> tell(ClusterId id, ClusterCommand command, long deadlineEpochMillis) {
    TestProbe<Answer> probe = kit.createTestProbe();
    cluster(id)
        .tell(
            new ClusterMessage.Execute(
                command, ALICE, clock.next(), deadlineEpochMillis, 0, probe.getRef()));
    return probe;
  }

  Reply ask(EnvironmentCommand command) {
    return tell(command).receiveMessage(BOUND).reply();
  }

  /** Where the answer comes. */
  TestProbe<Answer> tell(EnvironmentCommand command) {
    TestProbe<Answer> probe = kit.createTestProbe();
    environment.tell(
        new EnvironmentMessage.Execute(
            command, ALICE, clock.next(), Long.MAX_VALUE, probe.getRef()));
    return probe;
  }

  void eventually(Runnable assertion) {
    kit.createTestProbe()
        .awaitAssert(
            BOUND,
            () -> {
              assertion.run();
              return null;
            });
  }

  List<Recorded<ClusterEvent>> recorded(ClusterId id) {
    return journal.persistedInStorage(PersistenceIds.cluster(id)).stream()
        .map(EntityHarness::recorded)
        .toList();
  }

  private static Recorded<ClusterEvent> recorded(Object stored) {
    Recorded<?> recorded = (Recorded<?>) stored;
    return new Recorded<>(recorded.at(), recorded.by(), (ClusterEvent) recorded.event());
  }

  /** What the journal says of a cluster. */
  ClusterState replayed(ClusterId id) {
    ClusterState state = new ClusterState.Absent();
    for (Recorded<ClusterEvent> recorded : recorded(id)) {
      state = state.evolve(recorded.at(), recorded.event());
    }
    return state;
  }

  /** As the entity would have, had it lived a little longer. */
  void hydrateInTheJournal(ClusterId id, ReplicaId replica) {
    ClusterState.Live state = (ClusterState.Live) replayed(id);
    long incarnation =
        state.replicas().stream()
            .filter(one -> one.id().equals(replica))
            .mapToLong(one -> one.progress().incarnation())
            .findFirst()
            .orElseThrow();
    List<Object> events = new ArrayList<>();
    if (incarnation == 0) {
      incarnation = 1;
      events.add(stamped(new ClusterEvent.ReplicaStarted(replica, incarnation, "fake", 0)));
    }
    events.add(
        stamped(new ClusterEvent.ReplicaHydrated(replica, incarnation, Duration.ZERO, 1, 1, 1)));
    journal.persistForRecovery(PersistenceIds.cluster(id), events);
  }

  /** What the catalog says of it. */
  ClusterState.Live published(ClusterId id) {
    return (ClusterState.Live) catalog.snapshot().clusters().get(id).state();
  }

  <E extends JournalEvent> Recorded<E> stamped(E event) {
    HybridTime at = clock.next(event.times());
    return new Recorded<>(at, ALICE, event);
  }

  @Override
  public void close() {
    kit.shutdownTestKit();
  }
}
