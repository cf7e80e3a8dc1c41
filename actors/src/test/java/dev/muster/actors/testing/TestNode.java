package dev.muster.actors.testing;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.actors.MusterActors;
import dev.muster.actors.entity.EntityHealth;
import dev.muster.actors.host.HostLedger;
import dev.muster.api.Muster;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.CatalogStore;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.Reply;
import dev.muster.api.metrics.Metrics;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.Origin;
import dev.muster.journal.sqlite.EmbeddedJournal;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.time.HybridClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A whole node of entities on a SQLite journal, with fake supervisors. */
public final class TestNode implements AutoCloseable {
  public static final Origin ALICE =
      new Origin("materialize", Optional.empty(), Optional.empty(), Optional.empty());

  private static final Duration BOUND = Duration.ofSeconds(120);

  /** Bounds are wide: a test machine may be slow, and no test is about how long something takes. */
  private static final String DEFAULTS =
      """
      pekko.loglevel = WARNING
      muster.client.command-timeout = 60 s
      muster.client.catalog-timeout = 60 s
      """;

  private final ActorSystem<Void> system;
  private final CatalogStore store = new CatalogStore();
  private final FakeSupervisors supervisors = new FakeSupervisors();
  private final Metrics metrics = new Metrics();
  private final Muster muster;

  private TestNode(Config config) {
    system =
        ActorSystem.create(Behaviors.empty(), "muster-test", MusterActors.configuration(config));
    muster =
        MusterActors.start(
            system,
            new MusterActors.Dependencies(
                store,
                Sizes.CATALOGUE,
                HostLedger.unbounded(List.of("az1", "az2", "az3"), Sizes.CATALOGUE),
                new HybridClock(InstantSource.system(), 0),
                supervisors,
                new EntityHealth(),
                metrics.entities()));
  }

  /**
   * @param settings lines of configuration over the usual
   */
  public static TestNode start(Path dataDirectory, String... settings) {
    EmbeddedJournal.prepare(dataDirectory);
    return new TestNode(
        ConfigFactory.parseString(String.join("\n", settings))
            .withFallback(ConfigFactory.parseString(DEFAULTS))
            .withFallback(EmbeddedJournal.config(dataDirectory)));
  }

  public Muster muster() {
    return muster;
  }

  public FakeSupervisors supervisors() {
    return supervisors;
  }

  public ActorSystem<Void> system() {
    return system;
  }

  public Reply ask(EnvironmentCommand command) {
    return await(muster.environment(command, ALICE));
  }

  public Reply ask(String cluster, ClusterCommand command) {
    return await(muster.cluster(id(cluster), command, ALICE));
  }

  public ClusterId id(String name) {
    return await(muster.names()).cluster(name).orElseThrow().id();
  }

  public CatalogSnapshot catalog() {
    return await(muster.catalog());
  }

  public ClusterState.Live cluster(String name) {
    return (ClusterState.Live) catalog().clusters().get(id(name)).state();
  }

  public static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(BOUND.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("no answer within " + BOUND, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Stops the node and waits until it has stopped. */
  @Override
  public void close() {
    system.terminate();
    await(system.getWhenTerminated());
  }
}
