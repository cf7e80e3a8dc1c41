package dev.muster.actors.membership;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.actors.MusterActors;
import java.time.Duration;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.Leave;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes in one JVM, on free ports of loopback. */
final class MembershipWatchTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Config CLIENT =
      MusterActors.configuration(ConfigFactory.parseString("pekko.loglevel = WARNING"));
  private static final Config NODE =
      ConfigFactory.parseString("pekko.cluster.roles = [entities]").withFallback(CLIENT);

  private final ActorTestKit first = ActorTestKit.create("membership", NODE);
  private final ActorTestKit second = ActorTestKit.create("membership", NODE);
  private final Cluster here = Cluster.get(first.system());
  private final Cluster there = Cluster.get(second.system());
  private final TestProbe<Object> told = first.createTestProbe();

  @AfterEach
  void shutDown() {
    second.shutdownTestKit();
    first.shutdownTestKit();
  }

  @Test
  void aMemberIsToldWhoTheOthersAreAndWhenTheyHaveGone() {
    first.spawn(MembershipWatch.create(others -> told.ref().tell(others)));

    here.manager().tell(Join.create(here.selfMember().address()));
    told.expectMessage(PATIENCE, Set.of());

    there.manager().tell(Join.create(here.selfMember().address()));
    awaitTold(Set.of("127.0.0.1:" + there.selfMember().address().getPort().orElseThrow()));

    here.manager().tell(Leave.create(there.selfMember().address()));
    awaitTold(Set.of());
  }

  /** Nobody need ask it before a cluster is founded: it can have written nothing. */
  @Test
  void aMemberWithoutEntitiesIsNoneToRemember() {
    ActorTestKit client = ActorTestKit.create("membership", CLIENT);
    try {
      first.spawn(MembershipWatch.create(others -> told.ref().tell(others)));
      here.manager().tell(Join.create(here.selfMember().address()));
      told.expectMessage(PATIENCE, Set.of());

      Cluster.get(client.system()).manager().tell(Join.create(here.selfMember().address()));
      told.expectMessage(PATIENCE, Set.of());
      there.manager().tell(Join.create(here.selfMember().address()));

      awaitTold(Set.of("127.0.0.1:" + there.selfMember().address().getPort().orElseThrow()));
    } finally {
      // Whoever goes without a word keeps the others from leaving, until it counts as lost.
      here.manager().tell(new Down(Cluster.get(client.system()).selfMember().address()));
      client.shutdownTestKit();
    }
  }

  private void awaitTold(Set<String> others) {
    told.fishForMessage(
        PATIENCE,
        message ->
            message.equals(others)
                ? FishingOutcomes.complete()
                : FishingOutcomes.continueAndIgnore());
  }
}
