package dev.muster.journal.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.muster.journal.event.ClusterConfiguration.Unmanaged;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.EnvironmentEvent.ClusterCreationFinished;
import dev.muster.journal.event.EnvironmentEvent.ClusterCreationStarted;
import dev.muster.journal.event.EnvironmentEvent.ClusterDropFinished;
import dev.muster.journal.event.EnvironmentEvent.ClusterDropStarted;
import dev.muster.journal.event.EnvironmentEvent.ClusterNamesChanged;
import dev.muster.journal.event.EnvironmentEvent.ClusterOwnerChanged;
import dev.muster.journal.event.EnvironmentEvent.EnvironmentInitialized;
import dev.muster.journal.event.EnvironmentEvent.ReplicaDropFinished;
import dev.muster.journal.event.EnvironmentEvent.ReplicaDropStarted;
import dev.muster.journal.event.EnvironmentEvent.RoleCommentChanged;
import dev.muster.journal.event.EnvironmentEvent.RoleCreated;
import dev.muster.journal.event.EnvironmentEvent.ZoneBroughtBack;
import dev.muster.journal.event.EnvironmentEvent.ZoneTakenOut;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.NameChange;
import dev.muster.journal.event.ReplicaId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EnvironmentStateTest {
  private static final ClusterId U1 = ClusterId.user(1);
  private static final ClusterId U2 = ClusterId.user(2);
  private static final ClusterId U3 = ClusterId.user(3);
  private static final HybridTime AT = new HybridTime(1);

  private static EnvironmentState given(EnvironmentEvent... events) {
    return after(EnvironmentState.EMPTY, events);
  }

  private static EnvironmentState after(EnvironmentState state, EnvironmentEvent... events) {
    EnvironmentState evolved = state;
    for (EnvironmentEvent event : events) {
      evolved = evolved.evolve(AT, event);
    }
    return evolved;
  }

  private static ClusterCreationStarted creation(ClusterId id, String name) {
    return new ClusterCreationStarted(id, name, "alice", new Unmanaged(), List.of());
  }

  private static EnvironmentState withThree() {
    return given(creation(U1, "a"), creation(U2, "b"), creation(U3, "c"));
  }

  private static void impossible(EnvironmentState state, EnvironmentEvent event) {
    assertThrows(ImpossibleEventException.class, () -> state.evolve(AT, event));
  }

  @Test
  void theEnvironmentBeginsOnce() {
    EnvironmentState begun = given(new EnvironmentInitialized("e1"));
    assertEquals(Optional.of("e1"), begun.environmentId());
    impossible(begun, new EnvironmentInitialized("e2"));
  }

  @Test
  void aNameIsTakenWhenTheCreationStarts() {
    EnvironmentState started = given(creation(U1, "a"));
    ClusterEntry entry = started.cluster("a").orElseThrow();
    assertEquals(
        Optional.of(new ClusterEntry.Creation(new Unmanaged(), List.of())), entry.creating());
    assertEquals(Optional.of(entry), started.cluster(U1));
    impossible(started, creation(U2, "a"));
    ClusterEntry finished =
        after(started, new ClusterCreationFinished(U1)).cluster(U1).orElseThrow();
    assertEquals(new ClusterEntry(U1, "a", "alice", Optional.empty()), finished);
  }

  @Test
  void anIdIsNeverUsedTwiceAndSystemIdsCountApart() {
    EnvironmentState state = given(creation(U2, "b"), creation(ClusterId.system(1), "s"));
    assertEquals(2, state.lastUserId());
    assertEquals(1, state.lastSystemId());
    impossible(state, creation(U1, "a"));
    impossible(state, creation(U2, "a"));
    impossible(state, creation(ClusterId.system(1), "t"));
    EnvironmentState dropped =
        after(state, new ClusterDropStarted(List.of(U2)), new ClusterDropFinished(U2));
    impossible(dropped, creation(U2, "b"));
  }

  @Test
  void aDropFreesTheNamesAtOnceAndRemembersWhatItHasToFinish() {
    EnvironmentState dropping = after(withThree(), new ClusterDropStarted(List.of(U1, U3)));
    assertEquals(Optional.empty(), dropping.cluster("a"));
    assertEquals(Optional.empty(), dropping.cluster(U3));
    assertEquals(Set.of(U1, U3), dropping.dropping());
    EnvironmentState reused = after(dropping, creation(ClusterId.user(4), "a"));
    assertEquals(ClusterId.user(4), reused.cluster("a").orElseThrow().id());
    EnvironmentState finished = after(reused, new ClusterDropFinished(U1));
    assertEquals(Set.of(U3), finished.dropping());
    assertEquals(ClusterId.user(4), finished.cluster("a").orElseThrow().id());
  }

  @Test
  void onlyWhatIsThereCanBeDroppedAndOnlyWhatIsDroppingIsEverDropped() {
    impossible(withThree(), new ClusterDropStarted(List.of(U1, ClusterId.user(9))));
    impossible(withThree(), new ClusterDropFinished(U1));
  }

  @Test
  void replicaDropsAreRememberedUntilTheyHaveFinished() {
    ReplicaId one = ReplicaId.of(U1, 1);
    ReplicaId two = ReplicaId.of(U2, 1);
    EnvironmentState started = after(withThree(), new ReplicaDropStarted(List.of(one, two)));
    assertEquals(Set.of(one, two), started.replicaDrops());
    assertEquals(Set.of(two), after(started, new ReplicaDropFinished(List.of(one))).replicaDrops());
  }

  @Test
  void aRenameMovesTheName() {
    EnvironmentState renamed =
        after(withThree(), new ClusterNamesChanged(List.of(new NameChange(U1, "a", "z"))));
    assertEquals(Optional.empty(), renamed.cluster("a"));
    assertEquals(U1, renamed.cluster("z").orElseThrow().id());
    assertEquals("z", renamed.cluster(U1).orElseThrow().name());
  }

  @Test
  void aSwapOrACycleOfNamesPassesThroughNoClash() {
    EnvironmentState swapped =
        after(
            withThree(),
            new ClusterNamesChanged(
                List.of(new NameChange(U1, "a", "b"), new NameChange(U2, "b", "a"))));
    assertEquals(U2, swapped.cluster("a").orElseThrow().id());
    assertEquals(U1, swapped.cluster("b").orElseThrow().id());
    EnvironmentState turned =
        after(
            withThree(),
            new ClusterNamesChanged(
                List.of(
                    new NameChange(U1, "a", "b"),
                    new NameChange(U2, "b", "c"),
                    new NameChange(U3, "c", "a"))));
    assertEquals(U3, turned.cluster("a").orElseThrow().id());
    assertEquals(3, turned.clusterIds().size());
  }

  @Test
  void aRenameOfSomethingElseOrToATakenNameIsImpossible() {
    impossible(withThree(), new ClusterNamesChanged(List.of(new NameChange(U1, "a", "b"))));
    impossible(withThree(), new ClusterNamesChanged(List.of(new NameChange(U1, "x", "y"))));
    impossible(
        withThree(), new ClusterNamesChanged(List.of(new NameChange(ClusterId.user(9), "a", "y"))));
    impossible(
        withThree(),
        new ClusterNamesChanged(
            List.of(new NameChange(U1, "a", "y"), new NameChange(U2, "b", "y"))));
  }

  @Test
  void anOwnerChangesForAClusterThatIsThere() {
    EnvironmentState owned = after(withThree(), new ClusterOwnerChanged(U1, "alice", "bob"));
    assertEquals("bob", owned.cluster("a").orElseThrow().owner());
    impossible(withThree(), new ClusterOwnerChanged(ClusterId.user(9), "alice", "bob"));
    impossible(withThree(), new ClusterCreationFinished(ClusterId.user(9)));
  }

  @Test
  void aRoleIsCreatedOnceAndCommentedOn() {
    EnvironmentState created = given(new RoleCreated("u1", "bob", false, true, true));
    assertEquals(
        Optional.of(new Role("u1", "bob", false, true, true, Optional.empty())),
        created.role("bob"));
    impossible(created, new RoleCreated("u2", "bob", false, true, true));
    impossible(created, new RoleCommentChanged("eve", Optional.of("?")));
    EnvironmentState commented =
        after(created, new RoleCommentChanged("bob", Optional.of("on call")));
    assertEquals(Optional.of("on call"), commented.role("bob").orElseThrow().comment());
    assertEquals(created, after(commented, new RoleCommentChanged("bob", Optional.empty())));
  }

  @Test
  void aZoneIsTakenOutOnceAndBroughtBackOnce() {
    EnvironmentState out = after(withThree(), new ZoneTakenOut("az1", Optional.of("drill")));
    ZoneOutage outage = out.zoneOutages().get("az1");
    assertEquals(Optional.of("drill"), outage.reason());
    impossible(out, new ZoneTakenOut("az1", Optional.empty()));
    impossible(out, new ZoneBroughtBack("az2"));
    assertEquals(withThree(), after(out, new ZoneBroughtBack("az1")));
  }

  @Test
  void aReaderKeepsWhatItWasGiven() {
    EnvironmentState before = withThree();
    after(before, new ClusterDropStarted(List.of(U1, U2, U3)));
    assertEquals(3, before.clusters().size());
  }
}
