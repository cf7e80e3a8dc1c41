package dev.muster.actors.explain;

import static dev.muster.actors.testing.Commands.alter;
import static dev.muster.actors.testing.Commands.create;
import static dev.muster.actors.testing.Commands.createUnmanaged;
import static dev.muster.actors.testing.Commands.managed;
import static dev.muster.actors.testing.Commands.planIn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.actors.decision.Decision;
import dev.muster.actors.environment.EnvironmentContext;
import dev.muster.actors.environment.EnvironmentDecider;
import dev.muster.actors.explain.SmallWorld.Chance;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.EnvironmentCommand.BringZoneBack;
import dev.muster.api.command.EnvironmentCommand.TakeZoneOut;
import dev.muster.api.command.Explanation.Moment;
import dev.muster.api.command.Explanation.Outlook;
import dev.muster.api.command.Explanation.Phase;
import dev.muster.api.command.Explanation.Planned;
import dev.muster.api.command.Explanation.PlannedRename;
import dev.muster.api.command.Explanation.PlannedReplica;
import dev.muster.api.command.Explanation.Serving;
import dev.muster.api.command.Explanation.Warning;
import dev.muster.api.command.WaitPolicy;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.OnTimeout;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a plan says of the loss of a zone, and of its return, where there are hosts. */
class ZonePlansTest {
  private static final TakeZoneOut OFFLINE = new TakeZoneOut("az1", Optional.empty());
  private static final BringZoneBack ONLINE = new BringZoneBack("az1");

  private static SmallWorld world(long roomForSmallOnes) {
    return new SmallWorld(SmallWorld.hostsForSmallOnes(roomForSmallOnes));
  }

  /** Takes room for a small replica in these zones. */
  private static void occupy(SmallWorld world, String... zones) {
    for (String zone : zones) {
      String name = "in-" + zone + "-" + world.zones().size();
      world.done(create(name, managed("small", 1, zone)));
    }
  }

  private static Planned plan(SmallWorld world, EnvironmentCommand command) {
    return assertInstanceOf(Planned.class, world.explainer().explain(command));
  }

  /** As in {@code c.r1 az2|az3}. */
  private static List<String> described(List<PlannedReplica> replicas) {
    return replicas.stream()
        .map(
            one ->
                one.cluster()
                    + "."
                    + one.name()
                    + " "
                    + String.join(
                        "|",
                        Stream.concat(Stream.of(one.zone()), one.otherZones().stream()).toList()))
        .toList();
  }

  /** Where a replica is in the end, whoever is faster. */
  private static Set<String> reached(SmallWorld world, EnvironmentCommand command, String replica) {
    Set<String> zones = new TreeSet<>();
    for (long order = 0; order < 40; order++) {
      SmallWorld after = world.copy();
      var accepted =
          (Decision.Accepted<EnvironmentEvent>)
              EnvironmentDecider.decide(
                  after.environment(),
                  command,
                  new EnvironmentContext(SmallWorld.NOW, SmallWorld.ALICE, after.rules()));
      after.carryOut(accepted.events(), new Chance(order, 0));
      after.settle();
      zones.add(after.zones().get(replica));
    }
    return zones;
  }

  /** Two of the clusters prefer the same zone: whichever is first has it. */
  @Test
  void whereItDependsOnWhoComesFirstAllZonesAreNamed() {
    SmallWorld world = world(SmallWorld.ENOUGH);
    for (String name : List.of("a", "b", "c", "d", "e", "f", "g")) {
      world.done(create(name, managed("small", 1)));
    }
    world.done(new EnvironmentCommand.DropClusters(List.of("b", "c", "d", "e", "f"), false));
    assertEquals("az1", world.zones().get("a.r1"));
    assertEquals("az1", world.zones().get("g.r1"));
    Phase atOnce = plan(world, OFFLINE).phases().getFirst();
    assertEquals(List.of("a.r1 az2|az3", "g.r1 az3|az2"), described(atOnce.added()));
    assertEquals(List.of("a.r1 az1", "g.r1 az1"), described(atOnce.dropped()));
    assertEquals(Set.of("az2", "az3"), reached(world, OFFLINE, "a.r1"));
    assertEquals(Set.of("az2", "az3"), reached(world, OFFLINE, "g.r1"));
  }

  /** The clusters prefer different zones, and both are as full as the other. */
  @Test
  void whereItDependsOnNobodyOneZoneIsNamed() {
    SmallWorld world = world(SmallWorld.ENOUGH);
    for (String name : List.of("a", "b", "c", "d")) {
      world.done(create(name, managed("small", 1)));
    }
    assertEquals("az1", world.zones().get("d.r1"));
    Phase atOnce = plan(world, OFFLINE).phases().getFirst();
    assertEquals(List.of("a.r1 az2", "d.r1 az3"), described(atOnce.added()));
    assertEquals(Set.of("az2"), reached(world, OFFLINE, "a.r1"));
    assertEquals(Set.of("az3"), reached(world, OFFLINE, "d.r1"));
  }

  /** Each cluster sees where those before it have been placed. */
  @Test
  void theLoadThatOneClusterAddsCountsForTheNext() {
    SmallWorld world = world(SmallWorld.ENOUGH);
    for (String name : List.of("a", "b", "c", "d", "e", "f", "g")) {
      world.done(create(name, managed("small", 3)));
    }
    List<PlannedReplica> added = plan(world, OFFLINE).phases().getFirst().added();
    assertEquals(7, added.size());
    long second = added.stream().filter(one -> one.zone().equals("az2")).count();
    assertEquals(1, Math.abs(second - (added.size() - second)));
  }

  @Test
  void whatFindsRoomOnlyWhereItIsFirstIsWarnedOf() {
    SmallWorld world = world(2);
    world.done(create("spare", managed("small", 1, "az3")));
    occupy(world, "az2", "az2", "az3");
    world.done(create("x", managed("small", 1)));
    world.done(create("y", managed("small", 1)));
    world.done(new EnvironmentCommand.DropClusters(List.of("spare"), false));
    assertEquals("az1", world.zones().get("x.r1"));
    assertEquals("az1", world.zones().get("y.r1"));
    Planned plan = plan(world, OFFLINE);
    for (Outlook outlook : plan.outlooks()) {
      assertEquals(Set.of("x", "y").contains(outlook.cluster()), isContested(outlook));
    }
    assertEquals(List.of("x.r1 az3"), described(plan.phases().getFirst().added()));
    assertEquals(Set.of("az1", "az3"), reached(world, OFFLINE, "y.r1"));
  }

  private static boolean isContested(Outlook outlook) {
    return outlook.warnings().contains(Warning.ROOM_CONTESTED);
  }

  /** Whoever is told of nothing else is told of the competition. */
  @Test
  void whoGetsNothingBecauseOthersAreFirstIsWarnedToo() {
    SmallWorld world = world(1);
    world.done(OFFLINE);
    world.done(create("x", managed("small", 1, "az1")));
    world.done(create("y", managed("small", 1, "az1")));
    Planned plan = plan(world, ONLINE);
    assertEquals(List.of("x.r1 az1"), described(plan.phases().getFirst().placed()));
    assertEquals(List.of("x", "y"), plan.outlooks().stream().map(Outlook::cluster).toList());
    for (Outlook outlook : plan.outlooks()) {
      assertTrue(isContested(outlook), outlook::cluster);
    }
  }

  @Test
  void whatFindsNoRoomElsewhereStaysAndIsWarnedOf() {
    SmallWorld world = world(1);
    world.done(create("x", managed("small", 1)));
    occupy(world, "az2", "az3");
    Planned plan = plan(world, OFFLINE);
    assertEquals(List.of("environment.zone-taken-out"), plan.phases().getFirst().events());
    assertEquals(
        List.of(
            new Outlook(
                "x", Serving.INTERRUPTED, List.of(Warning.NO_REDUNDANCY, Warning.REPLICA_WAITS))),
        plan.outlooks());
  }

  /** The hosts of the zone are not there before it is back. */
  @Test
  void theReturnOfAZoneRepairsTheSpreadAndAddsBeforeItDrops() {
    SmallWorld world = world(SmallWorld.ENOUGH);
    world.done(create("prod", managed("small", 3)));
    world.done(OFFLINE);
    assertEquals(Set.of("az2", "az3"), Set.copyOf(world.zones().values()));
    Planned plan = plan(world, ONLINE);
    assertEquals(
        List.of(Moment.AT_ONCE, Moment.ONCE_HYDRATED),
        plan.phases().stream().map(Phase::moment).toList());
    Phase atOnce = plan.phases().getFirst();
    PlannedReplica moving = atOnce.added().getFirst();
    assertEquals("az1", moving.zone());
    assertEquals(List.of(), atOnce.dropped());
    Phase later = plan.phases().getLast();
    String name = later.dropped().getFirst().name();
    assertEquals(name + "-moving", moving.name());
    assertEquals(List.of(new PlannedRename("prod", moving.name(), name)), later.renamed());
    assertEquals(List.of("cluster.replica-dropped", "cluster.replica-renamed"), later.events());
    assertEquals(Optional.of(Serving.CONTINUES), plan.serving());
    world.done(ONLINE);
    assertEquals("az1", world.zones().get("prod." + name));
  }

  /** The clusters that the zone's return does not concern are not spoken of. */
  @Test
  void theReturnOfAZoneIsAboutThoseWhoseReplicasMove() {
    SmallWorld world = world(SmallWorld.ENOUGH);
    world.done(create("one", managed("small", 1, "az2")));
    world.done(create("two", managed("small", 2)));
    world.done(create("three", managed("small", 3)));
    world.done(OFFLINE);
    Planned plan = plan(world, ONLINE);
    assertEquals(List.of("three"), plan.outlooks().stream().map(Outlook::cluster).toList());
  }

  /** It goes where there is room first: nobody knows where that will be. */
  @Test
  void whatWaitsForRoomMayGetItInAnyOfItsZones() {
    SmallWorld world = world(1);
    world.done(create("both", managed("small", 2, "az1", "az2")));
    world.done(create("third", managed("small", 1, "az3")));
    Planned plan = plan(world, create("c", managed("small", 1, "az1", "az2")));
    assertEquals(
        List.of(Moment.AT_ONCE, Moment.ONCE_PLACED),
        plan.phases().stream().map(Phase::moment).toList());
    assertEquals(List.of("c.r1 az1|az2"), described(plan.phases().getLast().placed()));
    assertEquals(Set.of("az1", "az2", "az3"), world.rules().zones().usable());
  }

  @Test
  void whatHasWaitedForTheZoneGetsItsPlaceThere() {
    SmallWorld world = world(SmallWorld.ENOUGH);
    world.done(OFFLINE);
    world.done(create("c", managed("small", 1, "az1")));
    Phase atOnce = plan(world, ONLINE).phases().getFirst();
    assertEquals(List.of("c.r1 az1"), described(atOnce.placed()));
    assertEquals(List.of(), atOnce.added());
  }

  /** They have been nowhere else meanwhile, for which no event says that they start again. */
  @Test
  void whatMayBeInNoOtherZoneStartsAgainWithItsZone() {
    SmallWorld world = world(SmallWorld.ENOUGH);
    world.done(create("pinned", managed("small", 1, "az1")));
    world.done(createUnmanaged("own", planIn("one", "small", "az1")));
    world.done(create("free", managed("small", 1, "az2")));
    world.done(OFFLINE);
    Planned plan = plan(world, ONLINE);
    Phase atOnce = plan.phases().getFirst();
    assertEquals(List.of("environment.zone-brought-back"), atOnce.events());
    assertEquals(List.of("pinned.r1 az1", "own.one az1"), described(atOnce.placed()));
    assertEquals(List.of("pinned", "own"), plan.outlooks().stream().map(Outlook::cluster).toList());
    assertEquals(Optional.of(Serving.NOTHING_SERVES), plan.serving());
  }

  /** What it has found by then is dropped at the deadline, wherever that was. */
  @Test
  void theDeadlineOfAMoveKnowsThatItDependsOnWhoComesFirst() {
    SmallWorld world = world(SmallWorld.ENOUGH);
    WaitPolicy wait = new WaitPolicy.UntilReady(Duration.ofSeconds(7), OnTimeout.ROLLBACK);
    world.done(create("a", managed("small", 3)));
    world.done(create("b", managed("small", 3)));
    world.begun("a", alter().size("medium").waiting(wait).build());
    world.begun("b", alter().size("medium").waiting(wait).build());
    Planned plan = plan(world, OFFLINE);
    List<String> found = described(plan.phases().getFirst().added());
    List<String> withdrawn = described(plan.deadlines().getFirst().phase().dropped());
    assertEquals(3, withdrawn.size());
    List<String> moved = found.stream().filter(one -> one.matches("a\\..*-pending .*")).toList();
    assertTrue(moved.toString().contains("|"), found::toString);
    assertTrue(withdrawn.containsAll(moved), () -> found + " " + withdrawn);
  }
}
