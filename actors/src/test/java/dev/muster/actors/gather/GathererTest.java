package dev.muster.actors.gather;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.muster.actors.placement.HostLoad;
import dev.muster.actors.placement.Resources;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.CatalogStore;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.state.ClusterState;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The gatherer of one node, among others that answer when the test says so. Time by hand. */
final class GathererTest {
  private static final ClusterId U1 = ClusterId.user(1);
  private static final ClusterId U2 = ClusterId.user(2);
  private static final ClusterId U3 = ClusterId.user(3);
  private static final ClusterState STATE = new ClusterState.Absent();

  private final ActorTestKit kit =
      ActorTestKit.create(
          ManualTime.config()
              .withFallback(ConfigFactory.parseString("pekko.actor.provider = local")));
  private final ManualTime time = ManualTime.get(kit.system());
  private final FakeMembers members = new FakeMembers();
  private final CatalogStore own = new CatalogStore();
  private final AtomicReference<Gathered> followed = new AtomicReference<>();
  private final AtomicReference<String> hindrance = new AtomicReference<>("");
  private final ActorRef<GatherMessage> gatherer =
      kit.spawn(
          Gatherer.create(
              own, List.of(), members, CatalogSession.Size.USUAL, followed::set, hindrance::set));

  /** The node of the gatherer, and others that come and go. */
  private static final class FakeMembers implements Members {
    private final Map<String, Peer> peers = new ConcurrentHashMap<>();

    FakeMembers() {
      peers.put("me", new Peer("me:1", null));
    }

    @Override
    public String self() {
      return "me";
    }

    @Override
    public Map<String, Peer> withRows() {
      return new HashMap<>(peers);
    }

    @Override
    public boolean isMember() {
      return peers.containsKey("me");
    }

    @Override
    public Set<String> all() {
      return Set.copyOf(peers.keySet());
    }
  }

  /** Another node, which tells what it has in parts of the size that the test wants. */
  private final class Node {
    private final String name;
    private final CatalogStore store = new CatalogStore();
    private final CatalogSession session;
    private final TestProbe<GatherMessage> probe = kit.createTestProbe();

    Node(String name, int partBytes) {
      this.name = name;
      this.session = new CatalogSession(name, new CatalogSession.Size(partBytes, 1), new Rows());
      members.peers.put(name, new Members.Peer(name + ":1", probe.ref()));
    }

    CatalogQuestion asked() {
      return probe.expectMessageClass(CatalogQuestion.class);
    }

    CatalogPart answer() {
      CatalogQuestion question = asked();
      CatalogPart part =
          session.answer(
              question, store.snapshot(), List.of(HostLoad.idle(name, "az1", new Resources(1, 1))));
      question.replyTo().tell(part);
      return part;
    }
  }

  @AfterEach
  void shutDown() {
    kit.shutdownTestKit();
  }

  private CompletableFuture<CatalogSnapshot> read() {
    CompletableFuture<CatalogSnapshot> reader = new CompletableFuture<>();
    gatherer.tell(new Gatherer.Read(reader));
    return reader;
  }

  private Set<ClusterId> clusters(CompletableFuture<CatalogSnapshot> reader) {
    kit.createTestProbe()
        .awaitAssert(
            () -> {
              assertTrue(reader.isDone());
              return null;
            });
    return reader.join().clusters().keySet();
  }

  @Test
  void aReadHasTheRowsOfAllNodes() {
    own.publish(U1, STATE, 1);
    Node other = new Node("a", 1 << 20);
    other.store.publish(U2, STATE, 1);

    CompletableFuture<CatalogSnapshot> reader = read();
    assertTrue(other.answer().last());

    assertEquals(Set.of(U1, U2), clusters(reader));
    assertEquals(Set.of("me", "a"), followed.get().hosts().keySet());
    assertEquals(Set.of(U1), followed.get().own().clusters().keySet());
  }

  @Test
  void anAnswerInPartsCountsWhenItsLastPartIsThere() {
    Node other = new Node("a", 1);
    other.store.publish(U1, STATE, 1);
    other.store.publish(U2, STATE, 1);
    other.store.publish(U3, STATE, 1);

    CompletableFuture<CatalogSnapshot> reader = read();
    assertFalse(other.answer().last());
    assertFalse(other.answer().last());
    assertFalse(reader.isDone());
    assertTrue(other.answer().last());

    assertEquals(Set.of(U1, U2, U3), clusters(reader));
  }

  /** What is published between two parts belongs to the next round: a part has one snapshot. */
  @Test
  void theRowsOfARoundAreOfOneMoment() {
    Node other = new Node("a", 1);
    other.store.publish(U1, STATE, 1);
    other.store.publish(U2, STATE, 1);
    CompletableFuture<CatalogSnapshot> first = read();
    other.answer();

    other.store.publish(U3, STATE, 1);
    assertTrue(other.answer().last());
    assertEquals(Set.of(U1, U2), clusters(first));

    CompletableFuture<CatalogSnapshot> second = read();
    assertTrue(other.answer().last());
    assertEquals(Set.of(U1, U2, U3), clusters(second));
  }

  @Test
  void anOwnerThatGoesInTheMiddleOfItsAnswerIsNotWaitedForAndItsRowsGo() {
    own.publish(U3, STATE, 1);
    Node other = new Node("a", 1);
    other.store.publish(U1, STATE, 1);
    other.store.publish(U2, STATE, 1);
    CompletableFuture<CatalogSnapshot> reader = read();
    assertFalse(other.answer().last());
    other.asked();

    members.peers.remove("a");
    time.timePasses(Duration.ofMillis(100));

    assertEquals(Set.of(U3), clusters(reader));
  }

  /** In a hand-over nobody has the row: whoever reads sees that it is missing, and reads again. */
  @Test
  void aRowThatNobodyHasIsMissingUntilSomebodyHasIt() {
    Node from = new Node("a", 1 << 20);
    Node to = new Node("b", 1 << 20);
    from.store.publish(U1, STATE, 1);
    CompletableFuture<CatalogSnapshot> before = read();
    from.answer();
    to.answer();
    assertEquals(Set.of(U1), clusters(before));

    from.store.withdraw(U1);
    CompletableFuture<CatalogSnapshot> during = read();
    from.answer();
    to.answer();
    assertEquals(Set.of(), clusters(during));

    to.store.publish(U1, STATE, 1);
    CompletableFuture<CatalogSnapshot> after = read();
    from.answer();
    to.answer();
    assertEquals(Set.of(U1), clusters(after));
  }

  /** An answer that is under way may be older than what was acknowledged to him. */
  @Test
  void whoComesDuringARoundWaitsForTheNextOne() {
    Node other = new Node("a", 1 << 20);
    CompletableFuture<CatalogSnapshot> first = read();
    CatalogQuestion underWay = other.asked();
    CompletableFuture<CatalogSnapshot> second = read();
    CatalogPart old = other.session.answer(underWay, other.store.snapshot(), List.of());
    other.store.publish(U1, STATE, 1);

    underWay.replyTo().tell(old);
    assertEquals(Set.of(), clusters(first));

    other.answer();
    assertEquals(Set.of(U1), clusters(second));
  }

  @Test
  void whoDoesNotAnswerIsAskedAgainAndNamed() {
    Node other = new Node("a", 1 << 20);
    CompletableFuture<CatalogSnapshot> reader = read();
    CatalogQuestion lost = other.asked();
    for (int look = 0; look < 10; look++) {
      time.timePasses(Duration.ofMillis(100));
    }

    CatalogQuestion again = other.asked();
    assertEquals(lost.round(), again.round());
    assertEquals("no answer from a:1", hindrance.get());
    other.store.publish(U1, STATE, 1);
    CatalogPart part = other.session.answer(again, other.store.snapshot(), List.of());
    again.replyTo().tell(part);
    again.replyTo().tell(part);

    assertEquals(Set.of(U1), clusters(reader));
    assertEquals("", hindrance.get());
  }

  @Test
  void whoIsNoMemberIsToldNothing() {
    TestProbe<CatalogPart> stranger = kit.createTestProbe();
    gatherer.tell(new CatalogQuestion("stranger", 0, 1, stranger.ref()));
    TestProbe<CatalogPart> member = kit.createTestProbe();
    members.peers.put("a", new Members.Peer("a:1", kit.<GatherMessage>createTestProbe().ref()));
    gatherer.tell(new CatalogQuestion("a", 0, 1, member.ref()));

    member.receiveMessage();
    stranger.expectNoMessage(Duration.ZERO);
  }
}
