package dev.muster.actors.explain;

import static dev.muster.actors.testing.Commands.create;
import static dev.muster.actors.testing.Commands.managed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.muster.actors.decision.Decision;
import dev.muster.actors.environment.EnvironmentContext;
import dev.muster.actors.environment.EnvironmentDecider;
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
import dev.muster.api.command.Explanation.Phase;
import dev.muster.api.command.Explanation.Planned;
import dev.muster.api.command.Explanation.PlannedRename;
import dev.muster.api.command.Explanation.PlannedReplica;
import dev.muster.api.command.Explanation.Warning;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.Replica;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * Whatever a command to the environment is said to do, zones taken out and brought back included,
 * is what becomes of it, in the environment and in every cluster that it leads.
 */
class EnvironmentAgreementTest {
  /** One command of a history, and whether what it started has hydrated before the next. */
  record Step(EnvironmentCommand command, boolean hydrates) {}

  @Provide
  static Arbitrary<List<Step>> histories() {
    Arbitrary<String> names = Arbitraries.of("a", "b", "c");
    Arbitrary<String> zones = Arbitraries.of("az1", "az2", "az3", "az4");
    Arbitrary<Integer> factors = Arbitraries.integers().between(0, 4);
    Arbitrary<EnvironmentCommand> commands =
        Arbitraries.frequencyOf(
            Tuple.of(
                3,
                Combinators.combine(names, factors)
                    .as((name, factor) -> create(name, managed("small", factor)))),
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
    return Combinators.combine(commands, Arbitraries.of(true, true, false))
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(20);
  }

  @Property(tries = 200)
  void whatIsExplainedIsWhatHappens(@ForAll("histories") List<Step> history) {
    SmallWorld world = new SmallWorld();
    for (Step step : history) {
      world = agreed(world, step.command());
      if (step.hydrates()) {
        world.settle();
      }
    }
  }

  /** The world after the command, which is as it was where that is refused. */
  private static SmallWorld agreed(SmallWorld before, EnvironmentCommand command) {
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
        if (!after.carryOut(accepted.events())) {
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
    assertEquals(
        after.happened().stream().sorted().toList(), atOnce.events().stream().sorted().toList());
    assertEquals(missing(after, before), described(atOnce.added()));
    assertEquals(missing(before, after), described(atOnce.dropped()));
    if (!plan.warnings().contains(Warning.REPLICA_WAITS)) {
      compareEnd(before, after.copy(), plan);
    }
  }

  /** Of the clusters whose replicas the plan is about, once all that is new has hydrated. */
  private static void compareEnd(SmallWorld before, SmallWorld end, Planned plan) {
    Map<String, String> planned = before.zones();
    Set<String> concerned = new HashSet<>();
    for (Phase phase : plan.phases()) {
      phase.dropped().forEach(one -> concerned.add(one.cluster()));
      phase.added().forEach(one -> concerned.add(one.cluster()));
      phase.dropped().forEach(one -> planned.remove(one.cluster() + "." + one.name()));
      for (PlannedRename one : phase.renamed()) {
        String zone = planned.remove(one.cluster() + "." + one.oldName());
        planned.put(one.cluster() + "." + one.newName(), zone);
      }
      phase.added().forEach(one -> planned.put(one.cluster() + "." + one.name(), one.zone()));
    }
    end.settle();
    assertEquals(only(concerned, end.zones()), only(concerned, planned), plan::toString);
  }

  private static Map<String, String> only(Set<String> clusters, Map<String, String> zones) {
    Map<String, String> some = new TreeMap<>(zones);
    some.keySet().removeIf(replica -> !clusters.contains(replica.split("\\.")[0]));
    return some;
  }

  private static List<String> missing(SmallWorld these, SmallWorld those) {
    Map<ReplicaId, Replica> known = those.replicas();
    return these.replicas().values().stream()
        .filter(replica -> !known.containsKey(replica.id()))
        .map(replica -> replica.name() + " " + replica.zone() + replica.waiting())
        .sorted()
        .toList();
  }

  private static List<String> described(List<PlannedReplica> replicas) {
    return replicas.stream()
        .map(one -> one.name() + " " + one.zone() + one.waits())
        .sorted()
        .toList();
  }
}
