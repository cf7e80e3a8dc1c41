package dev.muster.actors.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.ConfigFactory;
import dev.muster.actors.MusterActors;
import dev.muster.actors.entity.Answer;
import dev.muster.actors.entity.ClusterMessage;
import dev.muster.actors.entity.EntityHealth;
import dev.muster.actors.entity.EnvironmentMessage;
import dev.muster.actors.testing.TestNode;
import dev.muster.api.catalog.CatalogStore;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.Rejection;
import dev.muster.api.command.Reply;
import dev.muster.journal.JournalFailure;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.time.HybridClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The front doors' client where messages to entities are lost, as in a rebalance. */
class ShardedMusterTest {
  private static final Reply DONE = new Reply.Done();

  private final HybridClock clock = new HybridClock(InstantSource.system(), 0);
  private final List<Object> received = Collections.synchronizedList(new ArrayList<>());
  private final CatalogStore store = new CatalogStore();
  private ActorSystem<Void> system;
  private ShardedMuster muster;

  @BeforeEach
  void start() {
    system =
        ActorSystem.create(
            Behaviors.empty(),
            "muster-lossy",
            MusterActors.configuration(ConfigFactory.parseString("pekko.loglevel = WARNING")));
    ClusterSharding sharding = ClusterSharding.get(system);
    sharding.init(
        Entity.of(
            ShardedMuster.CLUSTER,
            context ->
                Behaviors.receiveMessage(
                    message -> {
                      received.add(message);
                      if (message instanceof ClusterMessage.ExecuteAgain again) {
                        again.execute().replyTo().tell(done());
                      }
                      return Behaviors.same();
                    })));
    sharding.init(
        Entity.of(
            ShardedMuster.ENVIRONMENT,
            context ->
                Behaviors.receiveMessage(
                    message -> {
                      received.add(message);
                      if (message instanceof EnvironmentMessage.ExecuteAgain again
                          && received.size() == 3) {
                        again.execute().replyTo().tell(done());
                      }
                      return Behaviors.same();
                    })));
    Cluster cluster = Cluster.get(system);
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    muster =
        new ShardedMuster(
            system,
            CatalogSource.local(store),
            clock,
            new EntityHealth(),
            () -> {
              throw new AssertionError("nothing is explained");
            },
            zones -> {
              throw new AssertionError("nothing is explained");
            },
            new ClientSettings(
                Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofMillis(300)));
  }

  @AfterEach
  void stop() {
    system.terminate();
    TestNode.await(system.getWhenTerminated());
  }

  private Answer done() {
    return new Answer(0, clock.next(), DONE);
  }

  @Test
  void aStatementThatIsLostIsSentAgainAndAnswered() {
    Reply reply =
        TestNode.await(
            muster.cluster(ClusterId.user(1), new ClusterCommand.Drop(), TestNode.ALICE));

    assertEquals(DONE, reply);
    ClusterMessage.Execute first = (ClusterMessage.Execute) received.getFirst();
    assertEquals(new ClusterMessage.ExecuteAgain(first), received.get(1));
  }

  @Test
  void aClusterThatAnotherNodeCouldNotReadIsNotAsked() {
    ClusterId damaged = new ClusterId("u9");
    store.damaged(damaged, "event 3 was changed");

    Reply reply =
        TestNode.await(muster.cluster(damaged, new ClusterCommand.Drop(), TestNode.ALICE));

    assertEquals(
        new Reply.Refused(
            new Rejection.JournalFailed(
                JournalFailure.DAMAGED, "cluster u9 cannot be read: event 3 was changed")),
        reply);
    assertEquals(List.of(), received);
  }

  @Test
  void itIsSentAgainUntilItIsAnswered() {
    Reply reply =
        TestNode.await(
            muster.environment(
                new EnvironmentCommand.DropClusters(List.of("c"), false), TestNode.ALICE));

    assertEquals(DONE, reply);
    assertEquals(3, received.size());
    assertEquals(received.get(1), received.get(2));
  }
}
