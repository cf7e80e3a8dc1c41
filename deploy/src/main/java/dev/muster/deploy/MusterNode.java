package dev.muster.deploy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.muster.actors.MusterActors;
import dev.muster.actors.entity.EntityHealth;
import dev.muster.actors.membership.MembershipWatch;
import dev.muster.actors.membership.NodeRole;
import dev.muster.actors.placement.Zones;
import dev.muster.actors.replica.ReplicaHosting;
import dev.muster.actors.runtime.ReplicaRuntime;
import dev.muster.actors.watch.ChangeDesk;
import dev.muster.api.Muster;
import dev.muster.api.catalog.CatalogStore;
import dev.muster.api.catalog.engine.DuckDbCatalog;
import dev.muster.api.catalog.engine.EngineLimits;
import dev.muster.api.http.HttpDoor;
import dev.muster.api.pgwire.PgWireServer;
import dev.muster.api.pgwire.PgWireSettings;
import dev.muster.api.size.SizeCatalogue;
import dev.muster.api.size.SizeCatalogues;
import dev.muster.api.sql.session.MusterSqlSessions;
import dev.muster.deploy.workload.BundledWorkload;
import dev.muster.journal.JournalUnusableException;
import dev.muster.journal.cassandra.CassandraJournal;
import dev.muster.journal.read.JournalReader;
import dev.muster.journal.read.PekkoJournalReader;
import dev.muster.journal.sqlite.EmbeddedJournal;
import dev.muster.journal.time.HybridClock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.typed.Cluster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node, put together from the parts of the other modules:
 *
 * <pre>
 *   HTTP: health, metrics
 *   journal file --- actor system --- hosts and their runtime
 *                         |                |
 *                      entities --- supervisors
 *                         |
 *        catalog store, Muster client
 *                         |
 *        SQL sessions --- wire servers
 * </pre>
 *
 * <p>Stopped in the opposite order. Replicas keep running: the control plane is not the data plane.
 */
final class MusterNode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MusterNode.class);
  private static final String LOOPBACK = "127.0.0.1";

  private static final long STOP_WITHIN_SECONDS = 20;

  /**
   * The last started first; taken apart by another thread where a signal comes during the start.
   */
  private final Deque<AutoCloseable> parts = new ConcurrentLinkedDeque<>();

  private final CountDownLatch actorsEnded = new CountDownLatch(1);

  private final NodeHealth health = new NodeHealth();
  private final NodeMetrics metrics = new NodeMetrics(health);
  private final StartOptions options;
  private final Path dataDirectory;
  private InetSocketAddress sqlAddress;
  private InetSocketAddress internalSqlAddress;
  private InetSocketAddress httpAddress;

  MusterNode(StartOptions options, Path dataDirectory) {
    this.options = options;
    this.dataDirectory = dataDirectory;
  }

  /**
   * Starts and returns when the node serves.
   *
   * @throws StartupException where it cannot, with everything stopped again
   */
  void start() {
    try {
      assemble();
    } catch (JournalUnusableException unusable) {
      stopParts();
      throw new StartupException(unusable.getMessage());
    } catch (StartupException expected) {
      stopParts();
      throw expected;
    } catch (ConfigException | IllegalArgumentException senseless) {
      // In the log's file alone: who started it is told in one line.
      LOG.info("the configuration cannot be used", senseless);
      stopParts();
      throw NodeConfiguration.senseless(senseless);
    } catch (Exception failure) {
      LOG.error("the node did not start", failure);
      stopParts();
      throw new StartupException(
          "cannot start: "
              + failure.getMessage()
              + " (the log in "
              + dataDirectory.resolve("log")
              + " says more)");
    }
  }

  /**
   * Waits until the node has lost its place among the others, and with it its entities: the side of
   * a split cluster that it was on ends. Never returns where it is being stopped.
   */
  void awaitRemoval() throws InterruptedException {
    actorsEnded.await();
    if (health.isStopping()) {
      new CountDownLatch(1).await();
    }
  }

  /** Empty where the node does not answer SQL. */
  Optional<InetSocketAddress> sqlAddress() {
    return Optional.ofNullable(sqlAddress);
  }

  InetSocketAddress httpAddress() {
    return httpAddress;
  }

  /** Empty where the node does not answer SQL. */
  Optional<NodeAddresses> addresses() {
    return sqlAddress()
        .map(
            sql ->
                new NodeAddresses(
                    RunningProcess.of(ProcessHandle.current().pid()),
                    sql,
                    internalSqlAddress,
                    httpAddress));
  }

  private void assemble() throws Exception {
    Config config = NodeConfiguration.of(options, dataDirectory);
    HybridClock clock =
        new HybridClock(InstantSource.system(), config.getInt("muster.node.number"));
    // First, and closed last: whoever asks is told that it starts, or stops.
    HttpDoor http = HttpDoor.start(options.host(), options.httpPort(), health, metrics.all());
    parts.push(http);
    httpAddress = http.address();
    boolean embedded = NodeConfiguration.isEmbedded(config);
    if (embedded) {
      metrics.watchJournalFile(dataDirectory);
      DataDirectory.prepareJournal(dataDirectory);
      EmbeddedJournal.latestTime(dataDirectory).ifPresent(clock::observe);
    }
    metrics.watchClock(clock);
    ClockWatch.sayIfBack(clock);
    SizeCatalogue sizes = SizeCatalogues.load(config);
    CatalogStore store = new CatalogStore();
    health.statesBy(() -> RunningNode.states(dataDirectory, store.snapshot()));

    ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "muster", config);
    parts.push(() -> stop(system));
    system.getWhenTerminated().thenRun(actorsEnded::countDown);
    health.aliveUnless(() -> Hindrances.ended(system));
    ReplicaRuntime runtime = runtime(system);
    ReplicaHosting hosting = ReplicaHosting.start(system, runtime, sizes, store);
    parts.push(hosting);
    health.describedBy(() -> describe(system, store, runtime));
    options.membership().ifPresent(membership -> join(membership, system));
    Zones zones = Zones.of(config.getStringList("muster.zones"));
    EntityHealth entityHealth = new EntityHealth();
    Muster muster =
        MusterActors.start(
            system,
            new MusterActors.Dependencies(
                store,
                sizes,
                hosting.ledger(),
                clock,
                hosting.supervisors(),
                entityHealth,
                metrics.all().entities()));
    metrics.watchState(config, store, muster);

    JournalReader journal =
        embedded
            ? EmbeddedJournal.reader(system)
            : new PekkoJournalReader(system, CassandraJournal.READ_JOURNAL_PLUGIN_ID);
    JournalProbe probe = new JournalProbe(journal, System::nanoTime);
    health.readyUnless(() -> Hindrances.serving(system, entityHealth, muster).or(probe::hindrance));
    if (options.membership().isPresent() && options.hasRole(NodeRole.ENTITIES)) {
      ChangeDesk.start(system, store, journal, clock::next);
    }
    awaitServing(muster, system);
    hosting.sweepOrphans(muster);
    Supplier<Optional<String>> history = Optional::empty;
    if (options.hasRole(NodeRole.DOORS)) {
      DuckDbCatalog catalog =
          new DuckDbCatalog(
              sizes,
              hosting.ledger()::catalogue,
              journal,
              EngineLimits.load(config).spillingTo(dataDirectory.resolve("spill"), config));
      parts.push(catalog);
      history = catalog::historyUnreadable;
      openDoors(
          new MusterSqlSessions(
              muster, catalog, sizes, maxReplicas(config), metrics.all().statements()));
    }
    watchReadings(entityHealth, store, history);
    health.served();
    warnOfStrandedReplicas(muster, zones);
  }

  private void watchReadings(
      EntityHealth entities, CatalogStore store, Supplier<Optional<String>> history) {
    metrics.watchUnreadable(entities, history);
    health.restrictedBy(
        () ->
            Hindrances.restrictions(
                entities, store.snapshot().environment().state(), history.get()));
  }

  private ReplicaRuntime runtime(ActorSystem<Void> system) throws Exception {
    return ReplicaHosting.runtime(
        system, dataDirectory, () -> BundledWorkload.command(dataDirectory.resolve("workload")));
  }

  private void join(StartOptions.Membership membership, ActorSystem<Void> system) {
    rememberMembers(system);
    if (MembershipConfiguration.discovery(membership).isPresent()) {
      NodeDiscovery.start(system);
    }
  }

  private static String describe(
      ActorSystem<Void> system, CatalogStore store, ReplicaRuntime runtime) {
    return "member=%s%nentities=%d%nreplicas=%d%n"
        .formatted(
            Cluster.get(system).selfMember().status(),
            store.snapshot().clusters().size()
                + (store.snapshot().environment().state().environmentId().isPresent() ? 1 : 0),
            runtime.inventory().size());
  }

  /** Waits for nothing: the catalog may take a while to be complete. */
  private static void warnOfStrandedReplicas(Muster muster, Zones zones) {
    muster
        .catalog()
        .whenComplete(
            (snapshot, failure) -> {
              if (failure == null) {
                StrandedReplicas.warnings(snapshot, zones.configured()).forEach(LOG::warn);
              } else {
                LOG.warn("cannot tell whether all replicas have a zone: {}", failure.getMessage());
              }
            });
  }

  private static int maxReplicas(Config config) {
    return config.getInt("muster.clusters.max-replicas-per-cluster");
  }

  /** What the next start of this node joins. A file is written: that may block. */
  private void rememberMembers(ActorSystem<Void> system) {
    system.systemActorOf(
        MembershipWatch.create(
            others -> {
              try {
                RememberedMembers.write(dataDirectory, others);
              } catch (IOException failure) {
                LOG.error("cannot remember the members of the cluster: {}", failure.getMessage());
              }
            }),
        "muster-membership",
        DispatcherSelector.blocking());
  }

  /** The environment has answered, and has finished what a crash interrupted. */
  private void awaitServing(Muster muster, ActorSystem<Void> system) throws InterruptedException {
    Config config = system.settings().config();
    try {
      FirstAnswer.await(
          () -> unlessEnded(system, muster.names()),
          config.getDuration("muster.node.start-timeout"));
    } catch (StartupException noAnswer) {
      throw options
          .membership()
          .flatMap(membership -> outsider(membership, system))
          .map(outsider -> new StartupException(outsider.explanation()))
          .orElse(noAnswer);
    }
    if (!UnfinishedWork.awaitNone(
        muster::names, config.getDuration("muster.node.settle-timeout"))) {
      LOG.warn(
          "some creation or drop that was interrupted is not finished yet; serving without it");
    }
  }

  /** Where the actors have ended nobody would answer any more. */
  private static CompletionStage<Object> unlessEnded(
      ActorSystem<Void> system, CompletionStage<?> asked) {
    CompletableFuture<Object> ended = new CompletableFuture<>();
    system
        .getWhenTerminated()
        .thenRun(() -> ended.completeExceptionally(new IllegalStateException("it has ended")));
    return CompletableFuture.anyOf(asked.toCompletableFuture(), ended);
  }

  private Optional<Outsider> outsider(
      StartOptions.Membership membership, ActorSystem<Void> system) {
    return Outsider.look(system, Seeds.of(membership, dataDirectory), membership.address());
  }

  private void openDoors(MusterSqlSessions sessions) throws IOException {
    PgWireSettings wire = PgWireSettings.of(options.host(), options.sqlPort());
    PgWireServer sql = PgWireServer.start(wire, sessions);
    parts.push(sql);
    PgWireServer internal =
        PgWireServer.start(
            PgWireSettings.of(LOOPBACK, options.internalSqlPort()).asInternal(), sessions);
    parts.push(internal);
    metrics.watchDoors(sql, internal);
    sqlAddress = sql.address();
    internalSqlAddress = internal.address();
  }

  private static void stop(ActorSystem<Void> system) throws Exception {
    CoordinatedShutdown.get(system)
        .runAll(CoordinatedShutdown.actorSystemTerminateReason())
        .toCompletableFuture()
        .thenApply(done -> Done.getInstance())
        .get(STOP_WITHIN_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Stops what was started, the last first; what fails to stop does not keep the rest from it.
   *
   * @throws IllegalStateException where something failed to stop
   */
  @Override
  public void close() {
    int failures = stopParts();
    if (failures > 0) {
      throw new IllegalStateException(failures + " of its parts did not stop; the log says which");
    }
  }

  private int stopParts() {
    health.stopping();
    int failures = 0;
    for (AutoCloseable part = parts.poll(); part != null; part = parts.poll()) {
      try {
        part.close();
      } catch (Exception failure) {
        failures++;
        LOG.warn("a part of the node did not stop cleanly", failure);
      }
    }
    return failures;
  }
}
