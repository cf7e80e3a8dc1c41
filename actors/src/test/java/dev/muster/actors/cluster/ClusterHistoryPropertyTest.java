package dev.muster.actors.cluster;

import static dev.muster.actors.cluster.ClusterHistories.ID;
import static dev.muster.actors.cluster.ClusterHistories.ZONES;
import static dev.muster.actors.cluster.ClusterHistories.context;
import static dev.muster.actors.cluster.ClusterHistories.events;
import static dev.muster.actors.testing.Commands.alter;
import static dev.muster.actors.testing.Commands.managed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.actors.cluster.ClusterHistories.Step;
import dev.muster.actors.placement.Placement;
import dev.muster.actors.reconcile.GracefulReconfiguration;
import dev.muster.actors.reconcile.ZoneRepair;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.WaitPolicy;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ReconfigurationFinished;
import dev.muster.journal.event.ClusterEvent.ReplicaAdded;
import dev.muster.journal.event.ClusterEvent.ReplicaDropped;
import dev.muster.journal.event.ClusterEvent.ReplicationFactorChanged;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.OnTimeout;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import dev.muster.journal.state.ReplicaProgress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds after every command of any history. */
class ClusterHistoryPropertyTest {
  @Provide
  Arbitrary<List<Step>> histories() {
    return ClusterHistories.histories();
  }

  /** All events of a history, checked after each step. */
  private static List<ClusterEvent> play(List<Step> history) {
    List<ClusterEvent> all = new ArrayList<>();
    ClusterState state = new ClusterState.Absent();
    List<Step> steps = new ArrayList<>();
    steps.add(new Step.Asked(new ClusterCommand.Create(managed("small", 2), List.of())));
    steps.addAll(history);
    long millis = 0;
    for (Step step : steps) {
      millis += step instanceof Step.Passes passes ? passes.millis() : 1;
      ClusterState before = state;
      List<ClusterEvent> events = new ArrayList<>();
      for (ClusterEvent event : events(state, step, millis)) {
        state = state.evolve(HybridTime.ofEpochMilli(millis, 0), event);
        events.add(event);
      }
      for (ClusterEvent event : ClusterPass.decide(state, context(millis, Origin.SYSTEM))) {
        state = state.evolve(HybridTime.ofEpochMilli(millis, 0), event);
        events.add(event);
      }
      all.addAll(events);
      check((ClusterState.Live) state, millis);
      if (before instanceof ClusterState.Live live && !isInterrupted(live, step, events, millis)) {
        assertServing(live, (ClusterState.Live) state, step);
      }
    }
    return all;
  }

  /**
   * Whether the step may take the last serving replica away (invariant 7): it is a replica's own
   * failure, or somebody asked for haste, for fewer replicas, or for the cut-over at the deadline.
   */
  private static boolean isInterrupted(
      ClusterState.Live before, Step step, List<ClusterEvent> events, long millis) {
    boolean byStep =
        switch (step) {
          case Step.News news -> !news.good();
          case Step.Passes ignored -> false;
          case Step.Asked asked -> isHaste(asked.command());
        };
    return byStep
        || events.stream()
            .anyMatch(
                event ->
                    event instanceof ReplicationFactorChanged changed
                            && changed.newFactor() < changed.oldFactor()
                        || event instanceof ReconfigurationFinished finished
                            && !finished.hydrated()
                            && mayForce(before, millis));
  }

  private static boolean isHaste(ClusterCommand command) {
    return switch (command) {
      case ClusterCommand.Alter alter ->
          alter.waitPolicy() instanceof WaitPolicy.For wait && wait.duration().isZero();
      case ClusterCommand.DropReplicas ignored -> true;
      case ClusterCommand.DropReplicasById ignored -> true;
      case ClusterCommand.Drop ignored -> true;
      case ClusterCommand.Create ignored -> false;
      case ClusterCommand.CreateReplica ignored -> false;
      case ClusterCommand.RenameReplica ignored -> false;
      case ClusterCommand.CommentOn ignored -> false;
    };
  }

  private static boolean mayForce(ClusterState.Live before, long millis) {
    return before
        .reconfiguration()
        .filter(under -> under.onTimeout() == OnTimeout.COMMIT)
        .filter(under -> !Instant.ofEpochMilli(millis).isBefore(under.deadline()))
        .isPresent();
  }

  private static void assertServing(ClusterState.Live before, ClusterState.Live after, Step step) {
    if (before.managed().isPresent() && serves(before)) {
      assertTrue(
          serves(after), () -> "invariant 7: " + step + " led from " + before + " to " + after);
    }
  }

  /** What is pending may be called off again, and does not count. */
  private static boolean serves(ClusterState.Live state) {
    return state.replicas().stream()
        .filter(replica -> !GracefulReconfiguration.isPending(replica))
        .anyMatch(replica -> replica.progress() instanceof ReplicaProgress.Online);
  }

  private static void check(ClusterState.Live live, long millis) {
    if (live.managed().isEmpty()) {
      return;
    }
    Managed managed = live.managed().get();
    List<Replica> pending =
        live.replicas().stream().filter(GracefulReconfiguration::isPending).toList();
    List<Replica> realized =
        live.replicas().stream()
            .filter(replica -> !GracefulReconfiguration.isPending(replica))
            .filter(replica -> !ZoneRepair.isMoving(replica))
            .toList();
    checkSet(managed, "", realized, live);
    if (live.reconfiguration().isPresent()) {
      checkSet(live.declared().orElseThrow(), "-pending", pending, live);
    } else {
      assertEquals(List.of(), pending, "invariant 5: none is pending without a record");
    }
    assertEquals(
        List.of(),
        ClusterPass.decide(live, context(millis, Origin.SYSTEM)),
        "a second pass has nothing to do");
  }

  private static void checkSet(
      Managed shape, String suffix, List<Replica> replicas, ClusterState.Live live) {
    Set<String> names = replicas.stream().map(Replica::name).collect(Collectors.toSet());
    Set<String> expected =
        IntStream.rangeClosed(1, shape.replicationFactor())
            .mapToObj(number -> "r" + number + suffix)
            .collect(Collectors.toSet());
    assertEquals(expected, names, "invariant 5: names");
    List<String> permitted =
        shape.availabilityZones().isEmpty() ? ZONES : shape.availabilityZones();
    for (Replica replica : replicas) {
      assertEquals(shape.size(), replica.size(), "invariant 5: size");
      assertTrue(permitted.contains(replica.zone()), () -> "zone not permitted: " + live);
    }
    if (live.reconfiguration().isPresent()) {
      // Nothing is moved for evenness before the cut-over; then it is.
      return;
    }
    assertTrue(
        Placement.isEven(
            permitted,
            zone -> (int) replicas.stream().filter(r -> zoneToBe(r, live).equals(zone)).count()),
        () -> "invariant 6: " + live);
  }

  /** Its own, or that of its successor which hydrates beside it. */
  private static String zoneToBe(Replica replica, ClusterState.Live live) {
    return live.replica(replica.name() + "-moving").orElse(replica).zone();
  }

  /** What is to come has the shape of what serves, and is wanted all the same. */
  @Example
  void aFactorThatMovesAReplicaIsReconfiguredBesideThoseThatServe() {
    play(
        List.of(
            new Step.Asked(alter().factor(4).build()),
            new Step.Asked(new ClusterCommand.DropReplicasById(List.of(ReplicaId.of(ID, 3)))),
            new Step.Asked(alter().factor(3).build())));
  }

  @Property(tries = 400)
  void theReplicaSetIsRightAfterEveryCommand(@ForAll("histories") List<Step> history) {
    play(history);
  }

  @Property(tries = 100)
  void sameHistorySameEvents(@ForAll("histories") List<Step> history) {
    assertEquals(play(history), play(history));
  }

  @Property(tries = 200)
  void replicaIdsAreNeverUsedTwiceAndEachIsDroppedAtMostOnce(
      @ForAll("histories") List<Step> history) {
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
  void stateIsAFold(@ForAll("histories") List<Step> history) {
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
