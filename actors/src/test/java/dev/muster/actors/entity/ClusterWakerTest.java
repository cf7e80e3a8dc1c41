package dev.muster.actors.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.ConfigFactory;
import dev.muster.journal.event.ClusterId;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Time by hand; clusters that answer when the test says so. */
final class ClusterWakerTest {
  private static final int PARALLELISM = 2;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final ActorTestKit kit =
      ActorTestKit.create(
          ManualTime.config()
              .withFallback(ConfigFactory.parseString("pekko.actor.provider = local")));
  private final ManualTime time = ManualTime.get(kit.system());
  private final TestProbe<Woken> clusters = kit.createTestProbe();
  private final ActorRef<ClusterWaker.Message> waker =
      kit.spawn(
          ClusterWaker.create(
              (id, message) ->
                  clusters.ref().tell(new Woken(id, ((ClusterMessage.Wake) message).replyTo())),
              PARALLELISM,
              TIMEOUT));

  private record Woken(ClusterId id, ActorRef<ClusterId> replyTo) {
    void answer() {
      replyTo.tell(id);
    }
  }

  @AfterEach
  void shutDown() {
    kit.shutdownTestKit();
  }

  private static List<ClusterId> users(long... numbers) {
    return LongStream.of(numbers).mapToObj(ClusterId::user).toList();
  }

  private void rouse(boolean all, long... numbers) {
    waker.tell(new ClusterWaker.Message.Rouse(users(numbers), all));
  }

  private Woken woken(long number) {
    Woken woken = clusters.receiveMessage();
    assertEquals(ClusterId.user(number), woken.id());
    return woken;
  }

  @Test
  void soManyRecoverAtOnceAndTheNextAsSoonAsOneHas() {
    rouse(true, 1, 2, 3);
    woken(1);
    Woken second = woken(2);
    clusters.expectNoMessage();

    second.answer();

    woken(3);
  }

  @Test
  void whoDoesNotAnswerHoldsUpTheOthersNoLongerThanTheTimeout() {
    rouse(true, 1, 2, 3);
    woken(1);
    woken(2);

    time.timePasses(TIMEOUT);

    woken(3);
  }

  @Test
  void thoseThatNobodyHasSeenComeBeforeThoseThatAreOnlyMadeSureOf() {
    rouse(true, 1, 2, 3, 4);
    Woken first = woken(1);
    woken(2);
    rouse(false, 7);

    first.answer();

    Woken unseen = woken(7);
    unseen.answer();
    woken(3);
  }

  @Test
  void thoseThatAreNotThereAnyMoreAreForgotten() {
    rouse(true, 1, 2, 3);
    Woken first = woken(1);
    Woken second = woken(2);
    rouse(true, 4);

    first.answer();
    second.answer();

    woken(4);
    clusters.expectNoMessage();
  }

  @Test
  void whoHasAnsweredIsNotAskedAgainAtOnce() {
    rouse(false, 1);
    woken(1).answer();
    rouse(false, 1);
    rouse(false, 1, 2);
    woken(2).answer();
    clusters.expectNoMessage();

    rouse(false, 1, 2);
    rouse(false, 1, 2);

    woken(1);
  }
}
