package dev.muster.actors.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.ConfigFactory;
import dev.muster.actors.runtime.ReplicaOrder;
import dev.muster.actors.runtime.ReplicaRuntime;
import dev.muster.actors.runtime.RunningReplica;
import dev.muster.actors.runtime.RuntimeListener;
import dev.muster.api.CatalogIncompleteException;
import dev.muster.api.Muster;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.Explanation;
import dev.muster.api.command.ReconfigurationHandle;
import dev.muster.api.command.ReconfigurationProgress;
import dev.muster.api.command.Reply;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.EnvironmentState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The sweep's order of steps; {@link OrphansTest} has its judgement. */
final class OrphanSweepTest {
  private static final ReplicaId ORPHAN = new ReplicaId("u1-1");

  private final ActorTestKit kit =
      ActorTestKit.create(
          ManualTime.config()
              .withFallback(ConfigFactory.parseString("pekko.actor.provider = local")));
  private final ManualTime time = ManualTime.get(kit.system());

  /** Hears "inventory", "catalog" and the ids that are stopped, in order. */
  private final TestProbe<String> steps = kit.createTestProbe();

  @AfterEach
  void shutDown() {
    kit.shutdownTestKit();
  }

  private final class OneOrphan implements ReplicaRuntime {
    @Override
    public String name() {
      return "one orphan";
    }

    @Override
    public List<RunningReplica> inventory() {
      steps.ref().tell("inventory");
      return List.of(new RunningReplica(ORPHAN, 1, "az1", 7));
    }

    @Override
    public void find(ReplicaId id, RuntimeListener listener) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void start(ReplicaOrder order, RuntimeListener listener) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void stop(ReplicaId id, RuntimeListener listener) {
      steps.ref().tell("stop " + id);
    }

    @Override
    public void close() {}
  }

  private final class OneCatalog implements Muster {
    private boolean complete;

    @Override
    public CompletionStage<Reply> environment(EnvironmentCommand command, Origin origin) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Reply> cluster(
        ClusterId cluster, ClusterCommand command, Origin origin) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Explanation> explain(EnvironmentCommand command, Origin origin) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<Explanation> explain(
        ClusterId cluster, ClusterCommand command, Origin origin) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<ReconfigurationProgress> progress(
        ClusterId cluster,
        ReconfigurationHandle reconfiguration,
        Optional<ReconfigurationProgress> seen) {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<EnvironmentState> names() {
      throw new UnsupportedOperationException();
    }

    @Override
    public CompletionStage<CatalogSnapshot> readable() {
      return catalog();
    }

    @Override
    public CompletionStage<CatalogSnapshot> atHand() {
      return catalog();
    }

    @Override
    public CompletionStage<CatalogSnapshot> catalog() {
      steps.ref().tell("catalog");
      boolean fails = !complete;
      complete = true;
      return fails
          ? CompletableFuture.failedFuture(new CatalogIncompleteException("u7 does not answer"))
          : CompletableFuture.completedFuture(CatalogSnapshot.EMPTY);
    }
  }

  @Test
  void theInventoryComesBeforeTheCatalogAndNothingIsStoppedWithoutACompleteOne() {
    kit.spawn(
        OrphanSweep.create(
            0, new OneOrphan(), HostRoom.unbounded(), new OneCatalog(), Duration.ofSeconds(30)));
    steps.expectMessage("inventory");
    steps.expectMessage("catalog");
    // The failed sweep schedules the next one; time is moved until it has.
    assertEquals("inventory", nextStep());
    steps.expectMessage("catalog");
    steps.expectMessage("stop " + ORPHAN);
  }

  private String nextStep() {
    for (int attempt = 0; attempt < 100; attempt++) {
      time.timePasses(Duration.ofSeconds(30));
      try {
        return steps.receiveMessage(Duration.ofMillis(100));
      } catch (AssertionError notYet) {
        // Move on.
      }
    }
    throw new AssertionError("no further sweep");
  }
}
