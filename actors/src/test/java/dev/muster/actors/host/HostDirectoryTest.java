package dev.muster.actors.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.typesafe.config.ConfigFactory;
import dev.muster.actors.host.HostDirectory.Located;
import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.journal.event.ReplicaId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which of the hosts of a zone has a replica. */
final class HostDirectoryTest {
  private static final ReplicaId REPLICA = new ReplicaId("u1-1");
  private static final String FIRST = "az1@node-0";
  private static final String SECOND = "az1@node-3";

  private final ActorTestKit kit =
      ActorTestKit.create(
          ManualTime.config()
              .withFallback(ConfigFactory.parseString("pekko.actor.provider = local")));
  private final ManualTime time = ManualTime.get(kit.system());
  private final Set<String> comingBack = ConcurrentHashMap.newKeySet();
  private final Map<ReplicaId, String> placed = new ConcurrentHashMap<>();
  private final Map<ReplicaId, String> running = new ConcurrentHashMap<>();
  private final Set<String> silent = ConcurrentHashMap.newKeySet();
  private final Map<String, HostLoss> losses = new ConcurrentHashMap<>();
  private final ActorRef<HostDirectory.Command> directory =
      kit.spawn(
          HostDirectory.create(
              comingBack::contains,
              id -> Optional.ofNullable(placed.get(id)),
              zone -> Optional.ofNullable(losses.get(zone))));
  private final TestProbe<HostDirectory.Answer> asker = kit.createTestProbe();
  private int hosts;

  @AfterEach
  void shutDown() {
    kit.shutdownTestKit();
  }

  private ActorRef<HostCommand> host(String name) {
    ActorRef<HostCommand> host = kit.spawn(answering(name), HostNames.actorName(name));
    kit.system().receptionist().tell(Receptionist.register(Host.key("az1"), host));
    awaitHosts(++hosts);
    return host;
  }

  private void awaitHosts(int count) {
    TestProbe<Receptionist.Listing> listings = kit.createTestProbe();
    listings.awaitAssert(
        () -> {
          kit.system().receptionist().tell(Receptionist.find(Host.key("az1"), listings.ref()));
          assertEquals(
              count, listings.receiveMessage().getServiceInstances(Host.key("az1")).size());
          return null;
        });
  }

  /** It runs what {@link #running} has on it, and says nothing while it is {@link #silent}. */
  private Behavior<HostCommand> answering(String name) {
    return Behaviors.receive(HostCommand.class)
        .onMessage(
            HostCommand.Find.class,
            find -> {
              if (!silent.contains(name)) {
                find.signals()
                    .tell(
                        name.equals(running.get(find.id()))
                            ? new RuntimeSignal.Started(find.id(), 1, 0)
                            : new RuntimeSignal.NotRunning(find.id()));
              }
              return Behaviors.same();
            })
        .build();
  }

  private void locate(String... last) {
    directory.tell(
        new HostDirectory.Locate("az1", REPLICA, Arrays.stream(last).findFirst(), asker.ref()));
  }

  private String located() {
    return assertInstanceOf(Located.class, asker.receiveMessage()).name();
  }

  @Test
  void itIsTheOneThatItWasLastSeenOn() {
    host(FIRST);
    host(SECOND);

    locate(SECOND);
    assertEquals(SECOND, located());
    locate(FIRST);
    assertEquals(FIRST, located());
  }

  @Test
  void aHostThatMayComeBackIsWaitedForThoughTheZoneHasAnother() {
    host(FIRST);
    comingBack.add(SECOND);
    locate(SECOND);
    time.expectNoMessageFor(Duration.ofSeconds(5), asker);

    host(SECOND);

    assertEquals(SECOND, located());
  }

  @Test
  void anotherHostOfTheZoneHasItWhenTheLeaseIsOver() {
    host(FIRST);
    comingBack.add(SECOND);
    locate(SECOND);
    time.expectNoMessageFor(Duration.ofSeconds(5), asker);

    comingBack.clear();
    time.timePasses(Duration.ofSeconds(1));

    assertEquals(FIRST, located());
  }

  @Test
  void whatNeverRanIsWhereThereIsRoomForIt() {
    host(FIRST);
    host(SECOND);
    for (String name : new String[] {FIRST, SECOND}) {
      placed.put(REPLICA, name);
      locate();
      assertEquals(name, located());
    }
  }

  @Test
  void whatRunsWhereTheJournalDoesNotSaySoIsFoundThereAndNotPlacedAnew() {
    host(FIRST);
    host(SECOND);
    for (String name : new String[] {FIRST, SECOND}) {
      running.put(REPLICA, name);
      placed.put(REPLICA, name.equals(FIRST) ? SECOND : FIRST);
      locate();
      assertEquals(name, located());
    }
  }

  @Test
  void aHostThatDoesNotSayWhetherItRunsThereIsWaitedFor() {
    host(FIRST);
    host(SECOND);
    placed.put(REPLICA, FIRST);
    running.put(REPLICA, SECOND);
    silent.add(SECOND);
    locate();
    time.expectNoMessageFor(Duration.ofSeconds(5), asker);

    silent.clear();
    time.timePasses(Duration.ofSeconds(3));

    assertEquals(SECOND, located());
  }

  @Test
  void aSilentHostIsWaitedForNoLongerThanItIsThere() {
    host(FIRST);
    ActorRef<HostCommand> gone = host(SECOND);
    placed.put(REPLICA, SECOND);
    silent.add(SECOND);
    locate();
    time.expectNoMessageFor(Duration.ofSeconds(5), asker);

    kit.stop(gone);
    awaitHosts(1);
    time.timePasses(Duration.ofSeconds(3));

    assertEquals(FIRST, located());
  }

  @Test
  void withoutAnythingKnownItIsAlwaysTheSame() {
    host(FIRST);
    host(SECOND);
    locate();
    String chosen = located();
    for (int again = 0; again < 3; again++) {
      locate();
      assertEquals(chosen, located());
    }
  }

  @Test
  void aZoneWithoutAHostIsWaitedFor() {
    locate("az1@10.0.0.1:25520");
    time.expectNoMessageFor(Duration.ofSeconds(5), asker);

    host(FIRST);

    assertEquals(FIRST, located());
  }

  @Test
  void thatTheHostIsMissingIsToldOnceAndTheOneThatAppearsAllTheSame() {
    Instant since = Instant.ofEpochSecond(7);
    losses.put("az1", new HostLoss(Optional.of(since)));
    locate(FIRST);
    assertEquals(new HostDirectory.Missing(Optional.of(since)), asker.receiveMessage());
    time.expectNoMessageFor(Duration.ofSeconds(5), asker);

    losses.clear();
    host(FIRST);

    assertEquals(FIRST, located());
  }

  @Test
  void aZoneThatIsLostWhileItIsWaitedForIsToldOf() {
    locate(FIRST);
    time.expectNoMessageFor(Duration.ofSeconds(5), asker);

    losses.put("az1", new HostLoss(Optional.empty()));
    time.timePasses(Duration.ofSeconds(1));

    assertEquals(new HostDirectory.Missing(Optional.empty()), asker.receiveMessage());
  }
}
