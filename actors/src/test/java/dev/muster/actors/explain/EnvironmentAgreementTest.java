package dev.muster.actors.explain;

import static dev.muster.actors.testing.Commands.create;
import static dev.muster.actors.testing.Commands.managed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.actors.decision.Decision;
import dev.muster.actors.environment.EnvironmentContext;
import dev.muster.actors.environment.EnvironmentDecider;
import dev.muster.actors.explain.SmallWorld.Chance;
import dev.muster.actors.placement.HostLoad;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.EnvironmentCommand.BringZoneBack;
import dev.muster.api.command.EnvironmentCommand.ChangeOwner;
import dev.muster.api.command.EnvironmentCommand.CommentOnRole;
import dev.muster.api.command.EnvironmentCommand.DropClusters;
import dev.muster.api.command.EnvironmentCommand.DropReplicas;
import dev.muster.api.command.EnvironmentCommand.RenameCluster;
import dev.muster.api.command.EnvironmentCommand.Swap;
import dev.muster.api.command.EnvironmentCommand.SwapClusters;
import dev.muster.api.command.EnvironmentCommand.TakeZoneOut;
import dev.muster.api.command.Explanation;
import dev.muster.api.command.Explanation.Outlook;
import dev.muster.api.command.Explanation.Phase;
import dev.muster.api.command.Explanation.Planned;
import dev.muster.api.command.Explanation.PlannedRename;
import dev.muster.api.command.Explanation.PlannedReplica;
import dev.muster.api.command.Explanation.Warning;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaWait;
import dev.muster.journal.state.Replica;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Whatever a command to the environment is said to do, zones taken out and brought back included,
 * is what becomes of it, in the environment and in every cluster that it leads.
 */
class EnvironmentAgreementTest {
  /**
   * One command of a history.
   *
   * @param chance who is faster where several clusters act
   * @param hydrates whether what it started has hydrated before the next
   */
  record Step(EnvironmentCommand command, Chance chance, boolean hydrates) {}

  /** Hosts that are not told apart, with room for everything, and with little. */
  @Provide
  static Arbitrary<List<HostLoad>> hosts() {
    return Arbitraries.of(0L, SmallWorld.ENOUGH, SmallWorld.ENOUGH, 8L)
        .map(EnvironmentAgreementTest::hosts);
  }

  private static List<HostLoad> hosts(long room) {
    return room == 0 ? List.of() : SmallWorld.hostsForSmallOnes(room);
  }

  @Provide
  static Arbitrary<List<Step>> histories() {
    Arbitrary<String> names = Arbitraries.of("a", "b", "c", "d", "e");
    Arbitrary<String> sizes = Arbitraries.of("small", "small", "medium");
    Arbitrary<String> zones = Arbitraries.of("az1", "az2", "az3", "az4");
    Arbitrary<Integer> factors = Arbitraries.integers().between(0, 4);
    Arbitrary<EnvironmentCommand> commands =
        Arbitraries.frequencyOf(
            Tuple.of(
                5,
                Combinators.combine(names, sizes, factors)
                    .as((name, size, factor) -> create(name, managed(size, factor)))),
            Tuple.of(
                1,
                Combinators.combine(names, factors)
                    .as((name, factor) -> create(name, managed("small", factor, "az1", "az2")))),
            Tuple.of(3, zones.map(zone -> new TakeZoneOut(zone, Optional.of("a test")))),
            Tuple.of(4, zones.map(BringZoneBack::new)),
            Tuple.of(
                1,
                names.set().ofMinSize(1).map(some -> new DropClusters(List.copyOf(some), false))),
            Tuple.of(
                1,
                Combinators.combine(names, names)
                    .as((left, right) -> new RenameCluster(left, right, false))),
            Tuple.of(
                1,
                Combinators.combine(names, names)
                    .as((left, right) -> new SwapClusters(List.of(new Swap(left, right))))),
            Tuple.of(1, names.map(name -> new ChangeOwner(name, "materialize", false))),
            Tuple.of(1, names.map(name -> new CommentOnRole("materialize", Optional.of(name)))),
            Tuple.of(
                1,
                Arbitraries.longs()
                    .between(1, 4)
                    .map(n -> new DropReplicas(List.of(ReplicaId.of(ClusterId.user(n), 1))))));
    Arbitrary<Chance> chances =
        Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(Chance::new);
    return Combinators.combine(commands, chances, Arbitraries.of(true, true, false))
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(20);
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void whatIsExplainedIsWhatHappens(
      @ForAll("hosts") List<HostLoad> hosts, @ForAll("histories") List<Step> history) {
    SmallWorld world = new SmallWorld(hosts);
    for (Step step : history) {
      world = agreed(world, step);
      if (step.hydrates()) {
        world.settle();
      }
    }
  }

  /** The world after the command, which is as it was where that is refused. */
  private static SmallWorld agreed(SmallWorld before, Step step) {
    EnvironmentCommand command = step.command();
    Explanation explanation = before.explainer().explain(command);
    EnvironmentContext context =
        new EnvironmentContext(SmallWorld.NOW, SmallWorld.ALICE, before.rules());
    return switch (EnvironmentDecider.decide(before.environment(), command, context)) {
      case Decision.Rejected<EnvironmentEvent> rejected -> {
        assertEquals(new Explanation.Refused(rejected.rejection()), explanation);
        yield before;
      }
      case Decision.Accepted<EnvironmentEvent> accepted -> {
        SmallWorld after = before.copy();
        if (!after.carryOut(accepted.events(), step.chance())) {
          assertInstanceOf(Explanation.Refused.class, explanation, command::toString);
          yield before;
        }
        compare(before, after, assertInstanceOf(Planned.class, explanation, command::toString));
        yield after;
      }
    };
  }

  private static void compare(SmallWorld before, SmallWorld after, Planned plan) {
    if (after.happened().isEmpty()) {
      assertEquals(List.of(), plan.phases());
      return;
    }
    Phase atOnce = plan.phases().getFirst();
    Set<String> contested = warned(plan, Warning.ROOM_CONTESTED);
    if (contested.isEmpty()) {
      assertEquals(
          after.happened().stream().sorted().toList(), atOnce.events().stream().sorted().toList());
    }
    agree(comers(before, after), byName(atOnce.added()), contested, plan);
    agree(seated(before, after), byName(atOnce.placed()), contested, plan);
    assertEquals(
        without(contested, comers(after, before)).keySet(),
        without(contested, byName(atOnce.dropped())).keySet(),
        plan::toString);
    // Where hosts are full, what comes later depends on what other clusters are still about.
    if (before.hasEnoughRoom() && warned(plan, Warning.REPLICA_WAITS).isEmpty()) {
      compareEnd(before, after.copy(), plan);
    }
  }

  private static Set<String> warned(Planned plan, Warning warning) {
    return plan.outlooks().stream()
        .filter(outlook -> outlook.warnings().contains(warning))
        .map(Outlook::cluster)
        .collect(Collectors.toSet());
  }

  /** Where a replica is, or may be, and what it waits for. */
  private record Whereabouts(Set<String> zones, Optional<ReplicaWait> waits) {}

  private static Map<String, Whereabouts> byName(List<PlannedReplica> replicas) {
    Map<String, Whereabouts> byName = new TreeMap<>();
    for (PlannedReplica one : replicas) {
      byName.put(one.cluster() + "." + one.name(), new Whereabouts(zones(one), one.waits()));
    }
    return byName;
  }

  private static Set<String> zones(PlannedReplica replica) {
    Set<String> zones = new HashSet<>(replica.otherZones());
    zones.add(replica.zone());
    return zones;
  }

  private static Map<String, Whereabouts> without(
      Set<String> clusters, Map<String, Whereabouts> replicas) {
    Map<String, Whereabouts> others = new TreeMap<>(replicas);
    others.keySet().removeIf(name -> clusters.contains(name.split("\\.")[0]));
    return others;
  }

  /** Each is where it was said to be, or in one of the zones of which one was said to be its. */
  private static void agree(
      Map<String, Whereabouts> real,
      Map<String, Whereabouts> planned,
      Set<String> contested,
      Planned plan) {
    Map<String, Whereabouts> those = without(contested, planned);
    assertEquals(without(contested, real).keySet(), those.keySet(), plan::toString);
    those.forEach(
        (name, said) -> {
          assertEquals(real.get(name).waits(), said.waits(), plan::toString);
          assertTrue(
              said.zones().containsAll(real.get(name).zones()),
              () -> name + " is in " + real.get(name) + ": " + plan);
        });
  }

  private static Map<String, Whereabouts> comers(SmallWorld before, SmallWorld after) {
    return only(after, replica -> !before.replicas().containsKey(replica.id()));
  }

  private static Map<String, Whereabouts> seated(SmallWorld before, SmallWorld after) {
    Map<ReplicaId, Replica> known = before.replicas();
    return only(
        after,
        replica ->
            known.containsKey(replica.id())
                && replica.waiting().isEmpty()
                && (known.get(replica.id()).waiting().isPresent()
                    || isBack(replica, before, after)));
  }

  /** It stood in a zone that was lost, and starts again in it. */
  private static boolean isBack(Replica replica, SmallWorld before, SmallWorld after) {
    return !replica.serves()
        && before.rules().zones().isLost(replica.zone())
        && !after.rules().zones().isLost(replica.zone());
  }

  private static Map<String, Whereabouts> only(SmallWorld world, Predicate<Replica> which) {
    Map<String, Whereabouts> some = new TreeMap<>();
    world.replicas().values().stream()
        .filter(which)
        .forEach(
            replica ->
                some.put(
                    world.name(replica.id().cluster()) + "." + replica.name(),
                    new Whereabouts(Set.of(replica.zone()), replica.waiting())));
    return some;
  }

  /** Of the clusters whose replicas the plan is about, once all that is new has hydrated. */
  private static void compareEnd(SmallWorld before, SmallWorld end, Planned plan) {
    Map<String, Set<String>> planned = new TreeMap<>();
    before.zones().forEach((name, zone) -> planned.put(name, Set.of(zone)));
    Set<String> concerned = new HashSet<>();
    for (Phase phase : plan.phases()) {
      phase.dropped().forEach(one -> concerned.add(one.cluster()));
      phase.added().forEach(one -> concerned.add(one.cluster()));
      phase.dropped().forEach(one -> planned.remove(one.cluster() + "." + one.name()));
      for (PlannedRename one : phase.renamed()) {
        Set<String> zones = planned.remove(one.cluster() + "." + one.oldName());
        planned.put(one.cluster() + "." + one.newName(), zones);
      }
      Stream.concat(phase.added().stream(), phase.placed().stream())
          .forEach(one -> planned.put(one.cluster() + "." + one.name(), zones(one)));
    }
    end.settle();
    Map<String, String> real = new TreeMap<>(end.zones());
    planned.keySet().removeIf(replica -> !concerned.contains(replica.split("\\.")[0]));
    real.keySet().removeIf(replica -> !concerned.contains(replica.split("\\.")[0]));
    assertEquals(real.keySet(), planned.keySet(), plan::toString);
    real.forEach(
        (name, zone) ->
            assertTrue(
                planned.get(name).contains(zone), () -> name + " is in " + zone + ": " + plan));
  }
}
