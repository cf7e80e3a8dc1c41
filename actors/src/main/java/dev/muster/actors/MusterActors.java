package dev.muster.actors;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.actors.client.CatalogSource;
import dev.muster.actors.client.ClientSettings;
import dev.muster.actors.client.ExplanationDesk;
import dev.muster.actors.client.GatheredSource;
import dev.muster.actors.client.ShardedMuster;
import dev.muster.actors.cluster.ClusterRules;
import dev.muster.actors.cluster.CreditLimit;
import dev.muster.actors.entity.ChainHeads;
import dev.muster.actors.entity.ChainReporter;
import dev.muster.actors.entity.ClusterEntity;
import dev.muster.actors.entity.ClusterMessage;
import dev.muster.actors.entity.EntityHealth;
import dev.muster.actors.entity.EntityRuntime;
import dev.muster.actors.entity.EntitySettings;
import dev.muster.actors.entity.EnvironmentEntity;
import dev.muster.actors.entity.EnvironmentMessage;
import dev.muster.actors.entity.ScalingConfiguration;
import dev.muster.actors.environment.Bootstrap;
import dev.muster.actors.gather.GatheredCatalog;
import dev.muster.actors.host.FleetFollower;
import dev.muster.actors.host.HostLedger;
import dev.muster.actors.membership.NodeRole;
import dev.muster.actors.membership.Standing;
import dev.muster.actors.membership.StandingKeeper;
import dev.muster.actors.placement.HostLoad;
import dev.muster.actors.reconcile.ScalingSettings;
import dev.muster.actors.replica.ReplicaSupervisors;
import dev.muster.api.Muster;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.CatalogStore;
import dev.muster.api.command.WaitPolicy;
import dev.muster.api.metrics.EntityMetrics;
import dev.muster.api.size.SizeCatalogue;
import dev.muster.journal.PersistenceIds;
import dev.muster.journal.cassandra.WriteFence;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.time.HybridClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;

/** Starts the entities of a node, and gives the client that talks to them. */
public final class MusterActors {
  /** How long a stop waits for what witnesses the ends of the clusters' journals. */
  private static final Duration LAST_CHECKPOINT_WITHIN = Duration.ofSeconds(3);

  private static final String FORM_ALONE = "muster.node.form-cluster-alone";

  private MusterActors() {}

  /**
   * What the entities need and do not make themselves.
   *
   * @param catalog where they publish, and what the client reads
   * @param hosts the account of zones and hosts, asked for every decision
   * @param supervisors how replicas are looked after
   * @param health which entities cannot be read; whoever asks how the node is looks there
   * @param metrics where the entities count
   */
  public record Dependencies(
      CatalogStore catalog,
      SizeCatalogue sizes,
      HostLedger hosts,
      HybridClock clock,
      ReplicaSupervisors supervisors,
      EntityHealth health,
      EntityMetrics metrics) {}

  /**
   * The configuration of a node: what is given, over what Muster needs Pekko to be set to, over all
   * defaults.
   *
   * @param given that of the installation; what it says goes
   */
  public static Config configuration(Config given) {
    Config several = isAlone(given) ? ConfigFactory.empty() : resource("muster-cluster.conf");
    return given
        .withFallback(several)
        .withFallback(resource("muster-node.conf"))
        .withFallback(ConfigFactory.defaultReferenceUnresolved())
        .resolve();
  }

  private static Config resource(String name) {
    return ConfigFactory.parseResources(MusterActors.class.getClassLoader(), name);
  }

  /** Whether a configuration is of a single node; that is the default. */
  private static boolean isAlone(Config config) {
    return !config.hasPath(FORM_ALONE) || config.getBoolean(FORM_ALONE);
  }

  /**
   * Starts the entities on an actor system whose configuration is {@link #configuration}'s. Returns
   * at once: commands wait until they can be served, within the client's bound.
   *
   * @throws IllegalArgumentException where the configuration makes no sense; the message names the
   *     setting
   */
  public static Muster start(ActorSystem<?> system, Dependencies dependencies) {
    Config config = system.settings().config().getConfig("muster");
    int maxReplicas = config.getInt("clusters.max-replicas-per-cluster");
    require(maxReplicas > 0, "muster.clusters.max-replicas-per-cluster must be at least 1");
    Duration reconfigurationTimeout = config.getDuration("clusters.reconfiguration-timeout");
    require(
        reconfigurationTimeout.isPositive()
            && reconfigurationTimeout.compareTo(WaitPolicy.LONGEST) <= 0,
        "muster.clusters.reconfiguration-timeout must be greater than zero, and at most "
            + WaitPolicy.LONGEST.toDays()
            + " days");
    ScalingSettings scaling = ScalingConfiguration.of(config);
    HostLedger hosts = dependencies.hosts();
    boolean alone = isAlone(system.settings().config());
    Standing standing = alone ? Standing.ALONE : guarded(system);
    Optional<GatheredCatalog> gathered =
        alone
            ? Optional.empty()
            : Optional.of(
                gathered(system, dependencies, standing, config.getDuration("host.lease")));
    Supplier<CatalogSnapshot> seen =
        () -> gathered.map(GatheredCatalog::seen).orElseGet(dependencies.catalog()::snapshot);
    Supplier<ClusterRules> rules =
        () ->
            ClusterRules.of(dependencies.sizes(), hosts.zones(), maxReplicas)
                .withFleet(hosts.zones(), hosts.fleet(), hosts.demand())
                .withReconfigurationTimeout(reconfigurationTimeout)
                .withScaling(scaling)
                .withCredits(CreditLimit.of(seen.get()));
    Function<Set<String>, ClusterRules> rulesWithout =
        zonesOut -> {
          HostLedger.InService then = hosts.without(zonesOut);
          return rules.get().withFleet(then.zones(), then.fleet(), hosts.demand());
        };
    Bootstrap bootstrap = bootstrap(config.getConfig("environment"));
    bootstrap.validate(rules.get());
    CatalogSource source =
        gathered
            .<CatalogSource>map(catalog -> new GatheredSource(system, catalog))
            .orElseGet(() -> CatalogSource.local(dependencies.catalog()));
    EntityRuntime runtime =
        new EntityRuntime(
            dependencies.clock(),
            dependencies.catalog(),
            seen,
            rules,
            dependencies.supervisors(),
            hosts,
            dependencies.health(),
            dependencies.metrics(),
            new ChainHeads(),
            EntitySettings.of(config),
            standing,
            message ->
                ClusterSharding.get(system)
                    .entityRefFor(ShardedMuster.ENVIRONMENT, PersistenceIds.ENVIRONMENT_ENTITY)
                    .tell(message));
    startEntities(system, runtime, bootstrap);
    if (alone) {
      Cluster cluster = Cluster.get(system);
      cluster.manager().tell(Join.create(cluster.selfMember().address()));
    }
    if (alone || Cluster.get(system).selfMember().hasRole(NodeRole.ENTITIES.label())) {
      wakeEnvironment(system, runtime.settings().environmentWakeInterval());
      reportChains(system, runtime);
    }
    Muster muster =
        new ShardedMuster(
            system,
            source,
            dependencies.clock(),
            dependencies.health(),
            rules,
            rulesWithout,
            ClientSettings.of(config));
    if (!alone) {
      ExplanationDesk.start(system, muster);
    }
    return muster;
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  /** Several nodes: what the others have is gathered, and followed. */
  private static GatheredCatalog gathered(
      ActorSystem<?> system, Dependencies dependencies, Standing standing, Duration lease) {
    HostLedger ledger = dependencies.hosts();
    List<HostLoad> own = ledger.hosts();
    FleetFollower follower = new FleetFollower(ledger, lease, System::nanoTime);
    return new GatheredCatalog(system, dependencies.catalog(), own, standing, follower);
  }

  /** Several nodes: what one writes that is a member no longer must never count. */
  private static Standing guarded(ActorSystem<?> system) {
    Standing standing = StandingKeeper.start(system);
    WriteFence.of(system.classicSystem()).guardBy(standing::mayDecide, standing::holds);
    return standing;
  }

  private static void startEntities(
      ActorSystem<?> system, EntityRuntime runtime, Bootstrap bootstrap) {
    ClusterSharding sharding = ClusterSharding.get(system);
    sharding.init(
        Entity.of(
            ShardedMuster.CLUSTER,
            context ->
                ClusterEntity.create(
                    new ClusterId(context.getEntityId()),
                    runtime,
                    self -> context.getShard().tell(new ClusterSharding.Passivate<>(self)))));
    BiConsumer<ClusterId, ClusterMessage> clusters =
        (id, message) -> sharding.entityRefFor(ShardedMuster.CLUSTER, id.value()).tell(message);
    sharding.init(
        Entity.of(
            ShardedMuster.ENVIRONMENT,
            context -> EnvironmentEntity.create(runtime, bootstrap, clusters)));
  }

  /**
   * A sharded entity runs only once it is told something. Every node with entities sees to it that
   * the environment runs somewhere, after a failover too; the environment sees to the clusters.
   */
  private static void wakeEnvironment(ActorSystem<?> system, Duration interval) {
    EntityRef<EnvironmentMessage> environment =
        ClusterSharding.get(system)
            .entityRefFor(ShardedMuster.ENVIRONMENT, PersistenceIds.ENVIRONMENT_ENTITY);
    system
        .scheduler()
        .scheduleWithFixedDelay(
            Duration.ZERO,
            interval,
            () -> environment.tell(new EnvironmentMessage.Wake()),
            system.executionContext());
  }

  private static void reportChains(ActorSystem<?> system, EntityRuntime runtime) {
    EntityRef<EnvironmentMessage> environment =
        ClusterSharding.get(system)
            .entityRefFor(ShardedMuster.ENVIRONMENT, PersistenceIds.ENVIRONMENT_ENTITY);
    ActorRef<ChainReporter.Message> reporter =
        system.systemActorOf(
            ChainReporter.create(
                runtime.chains(), runtime.settings().chainCheckpointInterval(), environment::tell),
            "muster-chain-reporter",
            Props.empty());
    // First of all: entities are still here. Where it takes too long the stop goes on without.
    CoordinatedShutdown.get(system)
        .addTask(
            CoordinatedShutdown.PhaseBeforeServiceUnbind(),
            "muster-last-checkpoint",
            () ->
                AskPattern.<ChainReporter.Message, Done>ask(
                        reporter,
                        ChainReporter.Message.Flush::new,
                        LAST_CHECKPOINT_WITHIN,
                        system.scheduler())
                    .exceptionally(late -> Done.getInstance()));
  }

  private static Bootstrap bootstrap(Config config) {
    String id = config.getString("id");
    return new Bootstrap(
        id.isEmpty() ? "muster-local-" + UUID.randomUUID() + "-0" : id,
        config.getString("default-cluster.size"),
        config.getInt("default-cluster.replication-factor"),
        config.getString("system-clusters.size"),
        config.getInt("system-clusters.replication-factor"));
  }
}
