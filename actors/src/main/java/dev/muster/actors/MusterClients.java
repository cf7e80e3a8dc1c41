package dev.muster.actors;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.actors.client.AskedExplanations;
import dev.muster.actors.client.ClientOptions;
import dev.muster.actors.client.ClientSettings;
import dev.muster.actors.client.ClusterTime;
import dev.muster.actors.client.GatheredSource;
import dev.muster.actors.client.RemoteMuster;
import dev.muster.actors.client.ShardedMuster;
import dev.muster.actors.cluster.ClusterRules;
import dev.muster.actors.entity.EntityHealth;
import dev.muster.actors.gather.GatheredCatalog;
import dev.muster.actors.membership.Standing;
import dev.muster.actors.watch.Watches;
import dev.muster.api.MusterClient;
import dev.muster.api.catalog.CatalogStore;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.time.HybridClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;

/**
 * Connects programs that are no nodes: each joins the cluster of nodes as a member without a role.
 *
 * <pre>
 *   try (MusterClient muster = MusterClients.connect(ClientOptions.local(seeds))) { .. }
 * </pre>
 */
public final class MusterClients {
  private MusterClients() {}

  /** No node let the program in. */
  public static final class NotConnectedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotConnectedException(String message) {
      super(message);
    }
  }

  /**
   * Joins, and returns when commands can be given.
   *
   * @throws NotConnectedException where that does not succeed in time, with everything ended again
   */
  public static MusterClient connect(ClientOptions options) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + options.within().toNanos();
    ActorSystem<Void> system =
        ActorSystem.create(Behaviors.empty(), "muster", configuration(options));
    try {
      awaitMembership(system, deadlineNanos);
      return muster(system, deadlineNanos);
    } catch (TimeoutException late) {
      system.terminate();
      throw new NotConnectedException(
          "no node lets this program in; asked: " + String.join(", ", options.seeds()));
    } catch (ExecutionException refused) {
      system.terminate();
      throw new NotConnectedException(
          "the nodes do not let this program in: "
              + refused.getCause().getMessage()
              + "; its log says more");
    } catch (InterruptedException stopped) {
      system.terminate();
      throw stopped;
    }
  }

  private static Config configuration(ClientOptions options) {
    return MusterActors.configuration(
        ConfigFactory.parseMap(
                Map.of(
                    "muster.node.form-cluster-alone",
                    "off",
                    "muster.host.zones",
                    List.of(),
                    "pekko.cluster.roles",
                    List.of(),
                    "pekko.cluster.seed-nodes",
                    options.seeds().stream().map(seed -> "pekko://muster@" + seed).toList(),
                    "pekko.remote.artery.canonical.hostname",
                    options.host(),
                    "pekko.remote.artery.canonical.port",
                    options.port()))
            .withFallback(options.settings()));
  }

  private static void awaitMembership(ActorSystem<Void> system, long deadlineNanos)
      throws InterruptedException, ExecutionException, TimeoutException {
    CompletableFuture<Void> member = new CompletableFuture<>();
    Cluster.get(Adapter.toClassic(system)).registerOnMemberUp(() -> member.complete(null));
    system
        .getWhenTerminated()
        .thenRun(
            () ->
                member.completeExceptionally(
                    new IllegalStateException("their configuration or version is another")));
    member.get(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
  }

  private static MusterClient muster(ActorSystem<Void> system, long deadlineNanos)
      throws InterruptedException, ExecutionException, TimeoutException {
    HybridTime time =
        Watches.time(system, Duration.ofNanos(deadlineNanos - System.nanoTime()))
            .toCompletableFuture()
            .get(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    // No event ever has the number of a client: what it sends only tells how late it is.
    HybridClock clock = new HybridClock(new ClusterTime(time, System::nanoTime), 0);
    proxies(system);
    GatheredCatalog catalog =
        new GatheredCatalog(system, new CatalogStore(), List.of(), Standing.NONE, gathered -> {});
    ClientSettings settings = ClientSettings.of(system.settings().config().getConfig("muster"));
    ShardedMuster muster =
        new ShardedMuster(
            system,
            new GatheredSource(system, catalog),
            clock,
            new EntityHealth(),
            MusterClients::noRules,
            zones -> noRules(),
            settings);
    return new RemoteMuster(
        system,
        muster,
        new Watches(system, muster::catalog),
        new AskedExplanations(system, settings.catalogTimeout()));
  }

  /** A member without the role of entities gets none, and finds those of others. */
  private static void proxies(ActorSystem<Void> system) {
    ClusterSharding sharding = ClusterSharding.get(system);
    sharding.init(Entity.of(ShardedMuster.CLUSTER, context -> Behaviors.empty()));
    sharding.init(Entity.of(ShardedMuster.ENVIRONMENT, context -> Behaviors.empty()));
  }

  private static ClusterRules noRules() {
    throw new UnsupportedOperationException("rules are a node's to know");
  }
}
