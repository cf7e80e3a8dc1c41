package dev.muster.actors.gather;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.CatalogStore;
import dev.muster.api.catalog.ReplicaObservation;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterRegistry;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What nodes tell each other, and what becomes of it. */
class UnionTest {
  private static final ClusterId ID = ClusterId.user(1);
  private static final ClusterState STATE = new ClusterState.Absent();

  private final Union union = new Union(new Rows());
  private final Node a = new Node("a");
  private final Node b = new Node("b");

  /** A node that is asked by another. */
  private final class Node {
    private final CatalogStore store = new CatalogStore();
    private final String name;
    private final CatalogSession session;
    private long known;
    private long round;

    Node(String name) {
      this.name = name;
      this.session = new CatalogSession(name, CatalogSession.Size.USUAL, new Rows());
    }

    CatalogPart answer() {
      round++;
      return session.answer(
          new CatalogQuestion("asker", known, round, null), store.snapshot(), List.of());
    }

    CatalogPart told() {
      CatalogPart part = answer();
      known = part.number();
      union.apply(part);
      return part;
    }
  }

  private long sequenceNumber() {
    return union.snapshot().clusters().get(ID).sequenceNumber();
  }

  @Test
  void theFirstAnswerIsEverythingAndTheNextOnlyWhatIsNew() {
    a.store.publish(ID, STATE, 3);
    a.store.publish(ClusterId.user(2), STATE, 1);
    assertTrue(a.told().whole());
    a.store.publish(ID, STATE, 4);

    CatalogPart next = a.told();

    assertFalse(next.whole());
    assertEquals(List.of("u1"), next.clusters().stream().map(CatalogPart.Row::id).toList());
    assertEquals(4, sequenceNumber());
    assertEquals(2, union.snapshot().clusters().size());
  }

  @Test
  void whatANodeCannotReadIsToldUntilItOrAnotherCan() {
    a.store.publish(ID, STATE, 3);
    a.told();
    a.store.damaged(ID, "torn");

    CatalogPart told = a.told();

    assertEquals(List.of(ID), told.clustersGone());
    assertEquals(Map.of(ID, "torn"), union.snapshot().damaged());
    assertTrue(union.snapshot().clusters().isEmpty());

    b.store.publish(ID, STATE, 3);
    b.told();
    assertTrue(union.snapshot().damaged().isEmpty());
    assertEquals(3, sequenceNumber());

    b.store.withdraw(ID);
    b.told();
    assertEquals(Map.of(ID, "torn"), union.snapshot().damaged());

    union.forget("a");
    assertFalse(union.snapshot().isKnown(ID));
  }

  @Test
  void whereNothingIsNewNothingIsTold() {
    a.store.publish(ID, STATE, 3);
    a.told();

    CatalogPart next = a.told();

    assertTrue(next.clusters().isEmpty() && next.clustersGone().isEmpty());
    assertTrue(next.last());
  }

  @Test
  void anAnswerThatWasLostIsMadeUpFor() {
    a.store.publish(ID, STATE, 3);
    a.told();
    a.store.publish(ID, STATE, 4);
    a.answer();

    assertTrue(a.told().whole());
    assertEquals(4, sequenceNumber());
  }

  @Test
  void anEntityInHandOverIsMissing() {
    a.store.publish(ID, STATE, 3);
    a.told();
    a.store.withdraw(ID);

    a.told();
    b.told();

    assertNull(union.snapshot().clusters().get(ID));
  }

  @Test
  void ofTwoOwnersTheLongerHistoryCounts() {
    b.store.publish(ID, STATE, 4);
    b.told();
    a.store.publish(ID, STATE, 3);

    a.told();

    assertEquals(4, sequenceNumber());
  }

  @Test
  void whatARemovedNodeHadIsMissingUntilSomebodyElseHasIt() {
    a.store.publish(ID, STATE, 3);
    a.told();

    union.forget("a");
    assertNull(union.snapshot().clusters().get(ID));
    b.store.publish(ID, STATE, 3);
    b.told();

    assertEquals(3, sequenceNumber());
  }

  @Test
  void theEnvironmentIsMissingWhileItMoves() {
    a.store.publish(environment(), 7);
    a.told();
    assertEquals(environment(), union.snapshot().environment().state());

    a.store.withdrawEnvironment();
    a.told();

    assertTrue(union.snapshot().environment().state().environmentId().isEmpty());
  }

  @Test
  void observationsComeAndGoWithTheirNode() {
    ReplicaId replica = ReplicaId.of(ID, 1);
    a.store.publish(ReplicaObservation.progress(replica, Instant.EPOCH, 1, 2, 3));
    a.told();
    assertTrue(union.snapshot().observations().containsKey(replica));

    union.forget(a.name);

    assertFalse(union.snapshot().observations().containsKey(replica));
  }

  /** Its history is read all the same. */
  @Test
  void aClusterThatCameAndWentBetweenTwoRoundsHasChanged() {
    a.store.publish(environment(2), 7);
    a.told();
    CatalogSnapshot before = union.snapshot();

    a.store.publish(environment(4), 11);
    a.told();

    Set<ClusterId> changed =
        union.snapshot().stateChange().clustersSince(before.stateChange()).orElseThrow();
    assertTrue(changed.containsAll(Set.of(ClusterId.user(3), ClusterId.user(4))), "" + changed);
  }

  private static EnvironmentState environment() {
    return environment(2);
  }

  private static EnvironmentState environment(long lastUserId) {
    EnvironmentState empty = EnvironmentState.EMPTY;
    return new EnvironmentState(
        Optional.of("e"),
        new ClusterRegistry(lastUserId, 2, empty.clusters(), empty.clusterIds(), empty.dropping()),
        empty.replicaDrops(),
        empty.roles(),
        empty.zoneOutages(),
        empty.parameters());
  }
}
