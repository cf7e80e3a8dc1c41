package dev.muster.api.catalog.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.api.catalog.CatalogFixture;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.ReplicaObservation;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.NameChange;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.Replica;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** The changes between two snapshots tell of everything that a look at all of both finds. */
class DifferencesTest {
  /** More than a store remembers, twice. */
  private static final int MANY = 10_000;

  private CatalogFixture fixture = new CatalogFixture();
  private List<ClusterId> live = new ArrayList<>();

  private CatalogSnapshot now() {
    return fixture.store().snapshot();
  }

  @Property(tries = 200, shrinking = ShrinkingMode.OFF)
  void noChangeIsMissed(@ForAll long seed) {
    Random random = new Random(seed);
    fixture = new CatalogFixture();
    live = new ArrayList<>();
    List<CatalogSnapshot> taken = new ArrayList<>(List.of(CatalogSnapshot.EMPTY, now()));
    for (int step = 0; step < 60; step++) {
      step(random, step);
      CatalogSnapshot after = now();
      CatalogSnapshot before = taken.get(random.nextInt(taken.size()));
      Differences.touchedClusters(before, after)
          .ifPresent(found -> assertContains(found, Differences.clusters(before, after)));
      Differences.touchedReplicas(before, after)
          .ifPresent(found -> assertContains(found, Differences.replicas(before, after)));
      taken.add(after);
    }
    assertTrue(Differences.touchedClusters(now(), now()).orElseThrow().isEmpty());
  }

  private static <T> void assertContains(Set<T> found, Set<T> expected) {
    assertTrue(found.containsAll(expected), () -> found + " must have all of " + expected);
  }

  private void step(Random random, int step) {
    if (live.isEmpty() || random.nextInt(4) == 0) {
      live.add(fixture.managed("c" + step, "25cc", 1 + random.nextInt(3)));
      return;
    }
    ClusterId id = live.get(random.nextInt(live.size()));
    List<Replica> replicas = fixture.live(id).replicas();
    switch (random.nextInt(9)) {
      case 0 -> rename(id, "n" + step);
      case 1 -> fixture.environment(new EnvironmentEvent.ClusterOwnerChanged(id, owner(id), "o"));
      case 2 -> fixture.cluster(id, comment("at " + step));
      case 3 -> fixture.role("u" + (step + 10), "role" + step, false);
      case 4 -> observe(ReplicaId.of(id, 1), step);
      case 5 -> fixture.store().withdraw(ReplicaId.of(id, 1));
      case 6 -> dropReplica(id, replicas);
      case 7 -> {
        live.remove(id);
        fixture.environment(new EnvironmentEvent.ClusterDropStarted(List.of(id)));
        fixture.store().withdraw(id);
        fixture.environment(new EnvironmentEvent.ClusterDropFinished(id));
      }
      default -> fixture.store().publish(now().environment().state(), 1_000_000L + step);
    }
  }

  private String owner(ClusterId id) {
    return now().environment().state().clusters().get(id).owner();
  }

  private void rename(ClusterId id, String name) {
    String before = now().environment().state().clusters().get(id).name();
    fixture.environment(
        new EnvironmentEvent.ClusterNamesChanged(List.of(new NameChange(id, before, name))));
  }

  private void dropReplica(ClusterId id, List<Replica> replicas) {
    if (replicas.isEmpty()) {
      return;
    }
    ReplicaId replica = replicas.getFirst().id();
    fixture.environment(new EnvironmentEvent.ReplicaDropStarted(List.of(replica)));
    fixture.cluster(id, new ClusterEvent.ReplicaDropped(replica, Reason.MANUAL));
    fixture.environment(new EnvironmentEvent.ReplicaDropFinished(List.of(replica)));
  }

  private static ClusterEvent comment(String text) {
    return new ClusterEvent.CommentChanged(Optional.empty(), Optional.of(text));
  }

  private void observe(ReplicaId id, long objects) {
    fixture.store().publish(ReplicaObservation.progress(id, Instant.EPOCH, objects, objects, 0));
  }

  @Test
  void aChangeOfOneClusterTouchesThatAlone() {
    ClusterId one = fixture.managed("one", "25cc", 1);
    fixture.managed("two", "25cc", 1);
    CatalogSnapshot before = now();
    fixture.cluster(one, comment("new"));
    rename(one, "uno");
    observe(ReplicaId.of(one, 1), 1);
    assertEquals(Optional.of(Set.of(one)), Differences.touchedClusters(before, now()));
    assertEquals(
        Optional.of(Set.of(ReplicaId.of(one, 1))), Differences.touchedReplicas(before, now()));
  }

  @Test
  void anEnvironmentWithEventsMissingTouchesEverything() {
    ClusterId one = fixture.managed("one", "25cc", 1);
    CatalogSnapshot before = now();
    long number = before.environment().sequenceNumber();
    fixture
        .store()
        .publish(
            before.environment().state(),
            number + 2,
            List.of(new EnvironmentEvent.ClusterCreationFinished(one)));
    assertTrue(Differences.touchedClusters(before, now()).isEmpty());
  }

  @Test
  void whatIsOlderThanTheStoreRemembersIsNotKnown() {
    ClusterId one = fixture.managed("one", "25cc", 1);
    CatalogSnapshot before = now();
    for (int i = 0; i < MANY; i++) {
      fixture.store().publish(one, fixture.live(one), i);
      observe(ReplicaId.of(one, 1), i);
    }
    assertTrue(Differences.touchedClusters(before, now()).isEmpty());
    assertTrue(Differences.touchedReplicas(before, now()).isEmpty());
    assertEquals(Set.of(one), Differences.clusters(before, now()));
    CatalogSnapshot later = now();
    observe(ReplicaId.of(one, 1), 0);
    assertEquals(1, Differences.touchedReplicas(later, now()).orElseThrow().size());
  }

  @Test
  void changesOfAnotherStoreAreNotTakenForOurs() {
    fixture.managed("one", "25cc", 1);
    CatalogFixture other = new CatalogFixture();
    other.managed("one", "25cc", 1);
    assertTrue(Differences.touchedClusters(now(), other.store().snapshot()).isEmpty());
  }
}
