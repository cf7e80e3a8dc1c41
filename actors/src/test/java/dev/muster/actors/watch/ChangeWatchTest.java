package dev.muster.actors.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.muster.api.CatalogIncompleteException;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.CatalogStore;
import dev.muster.api.watch.Change;
import dev.muster.api.watch.Watch;
import dev.muster.api.watch.WatchEndedException;
import dev.muster.api.watch.WatchPosition;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.read.JournalReader;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One who watches, and the desks of nodes that come and go, in one JVM. */
final class ChangeWatchTest {
  private static final ClusterId U1 = ClusterId.user(1);
  private static final Watch ALL = Watch.all().after(WatchPosition.BEGINNING);

  private final ActorTestKit kit =
      ActorTestKit.create(ConfigFactory.parseString("pekko.actor.provider = local"));
  private final FakeJournal journal = new FakeJournal();
  private final Map<String, ActorRef<WatchMessage>> desks = new ConcurrentHashMap<>();
  private final CatalogStore first = node("first");
  private final CatalogStore second = node("second");

  /** What all nodes read. */
  private static final class FakeJournal implements JournalReader {
    private final List<Sequenced<ClusterEvent>> cluster = new CopyOnWriteArrayList<>();
    private final List<Sequenced<EnvironmentEvent>> environment = new CopyOnWriteArrayList<>();

    @Override
    public CompletionStage<List<Sequenced<ClusterEvent>>> cluster(
        ClusterId id, long from, long to) {
      return CompletableFuture.completedStage(between(cluster, from, to));
    }

    @Override
    public CompletionStage<List<Sequenced<EnvironmentEvent>>> environment(long from, long to) {
      return CompletableFuture.completedStage(between(environment, from, to));
    }

    private static <E> List<Sequenced<E>> between(List<Sequenced<E>> events, long from, long to) {
      return events.stream()
          .filter(event -> event.sequenceNumber() >= from && event.sequenceNumber() <= to)
          .toList();
    }

    private static <E> void add(List<Sequenced<E>> events, E event) {
      long number = events.size() + 1;
      events.add(
          new Sequenced<>(
              number, new Recorded<>(HybridTime.ofEpochMilli(number, 0), Origin.SYSTEM, event)));
    }
  }

  private CatalogStore node(String name) {
    CatalogStore store = new CatalogStore();
    desks.put(
        name,
        kit.spawn(
            ChangeDesk.create(
                name, store, journal, () -> HybridTime.ofEpochMilli(1, 0), System::nanoTime)));
    return store;
  }

  /** An event of the cluster, journaled and published on a node. */
  private void happens(CatalogStore where, int factor) {
    FakeJournal.add(journal.cluster, new ClusterEvent.ReplicationFactorChanged(factor - 1, factor));
    where.publish(U1, new ClusterState.Absent(), journal.cluster.size());
  }

  @AfterEach
  void shutDown() {
    kit.shutdownTestKit();
  }

  private ActorRef<WatchMessage> watch(Watch watch) {
    return kit.spawn(
        ChangeWatch.create(
            watch,
            () -> CompletableFuture.completedStage(first.snapshot()),
            () -> Map.copyOf(desks),
            System::nanoTime));
  }

  @Test
  void whereThePresentCannotBeToldItIsAskedForAgainAfterAWhile() throws Exception {
    ActorTestKit slow = ActorTestKit.create(ManualTime.config());
    try {
      ManualTime time = ManualTime.get(slow.system());
      TestProbe<String> asked = slow.createTestProbe();
      CompletableFuture<CatalogSnapshot> present = new CompletableFuture<>();
      Deque<CompletableFuture<CatalogSnapshot>> answers =
          new ArrayDeque<>(
              List.of(
                  CompletableFuture.failedFuture(
                      CatalogIncompleteException.damaged("u2 cannot be read", "torn")),
                  present));
      happens(first, 1);
      ActorRef<WatchMessage> watch =
          slow.spawn(
              ChangeWatch.create(
                  ALL,
                  () -> {
                    asked.ref().tell("asked");
                    return answers.remove();
                  },
                  () -> Map.copyOf(desks),
                  System::nanoTime));
      asked.expectMessage("asked");
      time.expectNoMessageFor(ChangeWatch.BEGIN_AGAIN_AFTER.minusMillis(1), asked);

      time.timePasses(Duration.ofMillis(1));
      asked.expectMessage("asked");
      present.complete(first.snapshot());

      assertEquals(List.of(1L), numbers(watch, 1));
    } finally {
      slow.shutdownTestKit();
    }
  }

  private static CompletableFuture<List<Change>> next(ActorRef<WatchMessage> watch) {
    CompletableFuture<List<Change>> reader = new CompletableFuture<>();
    watch.tell(new ChangeWatch.Next(reader));
    return reader;
  }

  private static List<Long> numbers(ActorRef<WatchMessage> watch, int count) throws Exception {
    List<Long> numbers = new ArrayList<>();
    while (numbers.size() < count) {
      next(watch).get(60, TimeUnit.SECONDS).forEach(change -> numbers.add(change.sequenceNumber()));
    }
    return numbers;
  }

  @Test
  void whatHappensIsToldOnceAndInOrderThoughTheClusterMovesAndItsNodeDies() throws Exception {
    ActorRef<WatchMessage> watch = watch(ALL);
    happens(first, 1);
    happens(first, 2);
    assertEquals(List.of(1L, 2L), numbers(watch, 2));

    kit.stop(desks.remove("first"));
    happens(second, 3);
    happens(second, 4);

    assertEquals(List.of(3L, 4L), numbers(watch, 2));
  }

  /** Also what it had told nobody of. */
  @Test
  void whatADeadNodeHadJournaledIsToldByTheNextOwner() throws Exception {
    ActorRef<WatchMessage> watch = watch(ALL);
    happens(first, 1);
    assertEquals(List.of(1L), numbers(watch, 1));
    kit.stop(desks.remove("first"));
    happens(new CatalogStore(), 2);
    happens(second, 3);

    assertEquals(List.of(2L, 3L), numbers(watch, 2));
  }

  @Test
  void aWatchFromNowOnBeginsAfterWhatIsThere() throws Exception {
    happens(first, 1);
    ActorRef<WatchMessage> watch = watch(Watch.all());
    CompletableFuture<List<Change>> reader = next(watch);
    kit.createTestProbe().expectNoMessage(Duration.ofMillis(300));
    assertTrue(!reader.isDone());

    happens(first, 2);

    assertEquals(2, reader.get(60, TimeUnit.SECONDS).getFirst().sequenceNumber());
  }

  @Test
  void theWatchOfAClusterEndsWithItThoughNobodyHasItAnyMore() throws Exception {
    ActorRef<WatchMessage> watch = watch(new Watch(Optional.of(U1), ALL.after()));
    happens(first, 1);
    assertEquals(List.of(1L), numbers(watch, 1));

    FakeJournal.add(journal.cluster, new ClusterEvent.ClusterDropped());
    first.withdraw(U1);
    FakeJournal.add(journal.environment, new EnvironmentEvent.ClusterDropFinished(U1));
    second.publish(EnvironmentState.EMPTY, 1);

    assertEquals(List.of(1L, 2L), numbers(watch, 2).stream().sorted().toList());
    assertEquals(List.of(), next(watch).get(60, TimeUnit.SECONDS));
  }

  @Test
  void whoWaitsWhenItEndsIsTold() {
    ActorRef<WatchMessage> watch = watch(ALL);
    CompletableFuture<List<Change>> reader = next(watch);
    watch.tell(new ChangeWatch.Stop());

    CompletionException ended =
        assertThrows(
            CompletionException.class, () -> reader.orTimeout(60, TimeUnit.SECONDS).join());
    assertTrue(ended.getCause() instanceof WatchEndedException, ended.toString());
  }
}
