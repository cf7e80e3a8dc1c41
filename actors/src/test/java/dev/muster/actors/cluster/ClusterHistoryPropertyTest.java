package dev.muster.actors.cluster;

import static dev.muster.actors.testing.Commands.alter;
import static dev.muster.actors.testing.Commands.managed;
import static dev.muster.actors.testing.Commands.plan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.actors.decision.Decision;
import dev.muster.actors.placement.Placement;
import dev.muster.actors.reconcile.Reconciler;
import dev.muster.actors.reconcile.Reconciliation;
import dev.muster.api.command.ClusterCommand;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ReplicaAdded;
import dev.muster.journal.event.ClusterEvent.ReplicaDropped;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds after every command of any history. */
class ClusterHistoryPropertyTest {
  private static final ClusterId ID = ClusterId.user(7);
  private static final List<String> ZONES = ClusterScenario.RULES.zones().configured();

  @Provide
  Arbitrary<List<ClusterCommand>> histories() {
    Arbitrary<String> sizes = Arbitraries.of("small", "medium", "huge");
    Arbitrary<List<String>> zones = Arbitraries.subsetOf(ZONES).map(List::copyOf);
    Arbitrary<String> names = Arbitraries.of("r1", "r2", "r3", "x");
    Arbitrary<ClusterCommand> commands =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(
                6,
                Arbitraries.integers()
                    .between(0, 6)
                    .<ClusterCommand>map(n -> alter().factor(n).build())),
            net.jqwik.api.Tuple.of(
                3, sizes.<ClusterCommand>map(size -> alter().size(size).build())),
            net.jqwik.api.Tuple.of(
                4,
                zones.<ClusterCommand>map(
                    some -> alter().zones(some.toArray(String[]::new)).build())),
            net.jqwik.api.Tuple.of(
                2,
                Arbitraries.of(true, false)
                    .<ClusterCommand>map(managed -> alter().managed(managed).build())),
            net.jqwik.api.Tuple.of(
                1,
                Arbitraries.of(true, false)
                    .<ClusterCommand>map(debugging -> alter().debugging(debugging).build())),
            net.jqwik.api.Tuple.of(
                3,
                names.<ClusterCommand>map(
                    name -> new ClusterCommand.CreateReplica(plan(name, "small"), false))),
            net.jqwik.api.Tuple.of(
                2,
                names.<ClusterCommand>map(
                    name -> new ClusterCommand.DropReplicas(List.of(name), false))),
            net.jqwik.api.Tuple.of(
                2,
                Arbitraries.integers()
                    .between(1, 12)
                    .map(number -> ReplicaId.of(ID, number))
                    .set()
                    .ofMinSize(1)
                    .ofMaxSize(6)
                    .<ClusterCommand>map(
                        ids -> new ClusterCommand.DropReplicasById(List.copyOf(ids)))));
    return commands.list().ofMinSize(1).ofMaxSize(25);
  }

  private static ClusterContext context(long millis) {
    return new ClusterContext(
        ID,
        HybridTime.ofEpochMilli(millis, 0),
        new Origin(
            "materialize",
            java.util.Optional.empty(),
            java.util.Optional.empty(),
            java.util.Optional.empty()),
        ClusterScenario.RULES);
  }

  /** All events of a history, checked after each command. */
  private static List<ClusterEvent> play(List<ClusterCommand> history) {
    List<ClusterEvent> all = new ArrayList<>();
    ClusterState state = new ClusterState.Absent();
    List<ClusterCommand> commands = new ArrayList<>();
    commands.add(new ClusterCommand.Create(managed("small", 2), List.of()));
    commands.addAll(history);
    long millis = 0;
    for (ClusterCommand command : commands) {
      Decision<ClusterEvent> decision = ClusterDecider.decide(state, command, context(++millis));
      if (decision instanceof Decision.Accepted<ClusterEvent> accepted) {
        for (ClusterEvent event : accepted.events()) {
          state = state.evolve(HybridTime.ofEpochMilli(millis, 0), event);
          all.add(event);
        }
      }
      check((ClusterState.Live) state);
    }
    return all;
  }

  private static void check(ClusterState.Live live) {
    if (live.managed().isEmpty()) {
      return;
    }
    Managed managed = live.managed().get();
    Set<String> names = live.replicas().stream().map(Replica::name).collect(Collectors.toSet());
    Set<String> expected =
        IntStream.rangeClosed(1, managed.replicationFactor())
            .mapToObj(number -> "r" + number)
            .collect(Collectors.toSet());
    assertEquals(expected, names, "invariant 5: names");
    for (Replica replica : live.replicas()) {
      assertEquals(managed.size(), replica.size(), "invariant 5: size");
    }
    List<String> permitted =
        managed.availabilityZones().isEmpty() ? ZONES : managed.availabilityZones();
    assertTrue(
        Placement.isEven(
            permitted,
            zone -> (int) live.replicas().stream().filter(r -> r.zone().equals(zone)).count()),
        () -> "invariant 6: " + live);
    for (Replica replica : live.replicas()) {
      assertTrue(permitted.contains(replica.zone()), () -> "zone not permitted: " + live);
    }
    Reconciliation again = Reconciler.STANDARD.reconcile(context(0).situation(live));
    assertEquals(List.of(), again.decisions(), "a second pass has nothing to do");
  }

  @Property(tries = 400)
  void theReplicaSetIsRightAfterEveryCommand(@ForAll("histories") List<ClusterCommand> history) {
    play(history);
  }

  @Property(tries = 100)
  void sameHistorySameEvents(@ForAll("histories") List<ClusterCommand> history) {
    assertEquals(play(history), play(history));
  }

  @Property(tries = 200)
  void replicaIdsAreNeverUsedTwiceAndEachIsDroppedAtMostOnce(
      @ForAll("histories") List<ClusterCommand> history) {
    Set<ReplicaId> added = new HashSet<>();
    Set<ReplicaId> dropped = new HashSet<>();
    for (ClusterEvent event : play(history)) {
      if (event instanceof ReplicaAdded addition) {
        assertTrue(added.add(addition.id()));
      } else if (event instanceof ReplicaDropped drop) {
        assertTrue(added.contains(drop.id()));
        assertTrue(dropped.add(drop.id()));
      }
    }
  }

  @Property(tries = 200)
  void stateIsAFold(@ForAll("histories") List<ClusterCommand> history) {
    HybridTime at = HybridTime.ofEpochMilli(1, 0);
    List<ClusterEvent> events = play(history);
    ClusterState once = new ClusterState.Absent();
    for (ClusterEvent event : events) {
      once = once.evolve(at, event);
    }
    ClusterState halves = new ClusterState.Absent();
    for (ClusterEvent event : events.subList(0, events.size() / 2)) {
      halves = halves.evolve(at, event);
    }
    for (ClusterEvent event : events.subList(events.size() / 2, events.size())) {
      halves = halves.evolve(at, event);
    }
    assertEquals(once, halves);
  }
}
