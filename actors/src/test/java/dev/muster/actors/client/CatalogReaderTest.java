package dev.muster.actors.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.actors.entity.EntityHealth;
import dev.muster.actors.testing.Commands;
import dev.muster.api.CatalogIncompleteException;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.CatalogStore;
import dev.muster.journal.event.ClusterEvent.ClusterCreated;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.EnvironmentEvent.ClusterCreationFinished;
import dev.muster.journal.event.EnvironmentEvent.ClusterCreationStarted;
import dev.muster.journal.event.EnvironmentEvent.EnvironmentInitialized;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CatalogReaderTest {
  private static final ClusterId FIRST = new ClusterId("u1");
  private static final ClusterId SECOND = new ClusterId("u2");
  private static final ClusterId UNKNOWN = new ClusterId("u9");

  private final ActorTestKit kit = ActorTestKit.create();
  private final CatalogStore store = new CatalogStore();
  private final CatalogReader reader =
      new CatalogReader(
          kit.system(), CatalogSource.local(store), new EntityHealth(), Duration.ofSeconds(60));

  private EnvironmentState environment = EnvironmentState.EMPTY;
  private long events;

  @BeforeEach
  void anEnvironmentWithTwoClusters() {
    happened(new EnvironmentInitialized("muster-test"));
    created(FIRST);
    created(SECOND);
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void aReadIsAnsweredOnceEveryClusterIsThere() {
    CompletableFuture<CatalogSnapshot> read = read();
    publish(FIRST);
    assertFalse(read().isDone());

    publish(SECOND);

    assertEquals(2, read.join().clusters().size());
    assertTrue(read().isDone());
  }

  @Test
  void theNumberAloneMakesNoCatalogComplete() {
    assertFalse(read().isDone());
    publish(FIRST);
    publish(UNKNOWN);

    assertFalse(read().isDone());
    publish(SECOND);

    assertTrue(read().isDone());
  }

  @Test
  void aClusterThatIsCreatedMeanwhileIsWaitedForToo() {
    assertFalse(read().isDone());
    publish(FIRST);
    created(new ClusterId("u3"));
    publish(SECOND);

    assertFalse(read().isDone());
    publish(new ClusterId("u3"));

    assertTrue(read().isDone());
  }

  @Test
  void aClusterThatStoppedIsMissedThoughAnotherCame() {
    publish(FIRST);
    publish(SECOND);
    assertTrue(read().isDone());

    store.withdraw(SECOND);
    publish(UNKNOWN);
    assertFalse(read().isDone());

    publish(SECOND);
    assertTrue(read().isDone());
  }

  @Test
  void whatCannotBeReadAtAllIsNotWaitedFor() {
    publish(FIRST);
    store.damaged(SECOND, "its event 3 is torn");

    CompletableFuture<CatalogSnapshot> whole = read();
    CompletableFuture<CatalogSnapshot> readable = reader.readable().toCompletableFuture();

    assertTrue(whole.isDone() && readable.isDone());
    CatalogIncompleteException refused =
        assertInstanceOf(CatalogIncompleteException.class, whole.exceptionNow());
    assertEquals("cluster \"name_of_u2\" (u2) cannot be read", refused.getMessage());
    assertEquals(Optional.of("its event 3 is torn"), refused.damage());
    readable.join().requireReadable(FIRST);
    assertThrows(CatalogIncompleteException.class, () -> readable.join().requireReadable(SECOND));
  }

  @Test
  void whoWantsAllIsToldOfDamageThoughOthersAreStillMissing() {
    store.damaged(SECOND, "its event 3 is torn");

    assertTrue(read().isCompletedExceptionally());
    assertFalse(reader.readable().toCompletableFuture().isDone());
  }

  @Test
  void whatCanBeReadAgainIsDamagedNoMore() {
    publish(FIRST);
    store.damaged(SECOND, "its event 3 is torn");
    assertTrue(read().isCompletedExceptionally());

    publish(SECOND);

    assertEquals(2, read().join().clusters().size());
  }

  @Test
  void whatIsAtHandIsNotWaitedFor() {
    publish(FIRST);

    CatalogSnapshot atHand = reader.atHand().toCompletableFuture().join();

    assertEquals(1, atHand.clusters().size());
  }

  private CompletableFuture<CatalogSnapshot> read() {
    return reader.whole().toCompletableFuture();
  }

  private void publish(ClusterId id) {
    ClusterCreated event = new ClusterCreated(id, Commands.managed("1", 0));
    store.publish(id, new ClusterState.Absent().evolve(HybridTime.ZERO, event), 1);
  }

  private void created(ClusterId id) {
    happened(
        new ClusterCreationStarted(
            id, "name_of_" + id.value(), "materialize", Commands.managed("1", 0), List.of()));
    happened(new ClusterCreationFinished(id));
  }

  private void happened(EnvironmentEvent event) {
    environment = environment.evolve(HybridTime.ZERO, event);
    store.publish(environment, ++events);
  }
}
