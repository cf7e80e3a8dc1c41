package dev.muster.actors.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.muster.actors.host.Host;
import dev.muster.actors.host.HostCommand;
import dev.muster.actors.host.HostDirectory;
import dev.muster.actors.host.HostRoom;
import dev.muster.actors.placement.Demand;
import dev.muster.actors.placement.HostLoad;
import dev.muster.actors.placement.Resources;
import dev.muster.actors.runtime.ReplicaOrder;
import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.actors.runtime.SimulatedRuntime;
import dev.muster.actors.runtime.SimulationLog;
import dev.muster.api.catalog.CatalogStore;
import dev.muster.api.size.ReplicaSize;
import dev.muster.api.size.SizeCatalogue;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.event.Utilization;
import dev.muster.journal.state.Replica;
import dev.muster.journal.state.ReplicaProgress;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The supervisor as an actor: with a host of our own making, or a simulated one; time by hand. */
final class ReplicaSupervisorTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_000_000);
  private static final ReplicaSize SIZE =
      new ReplicaSize("25cc", 1, 1, 1_000_000_000L, 1 << 30, 1 << 30, BigDecimal.ONE, true);

  private final ActorTestKit kit =
      ActorTestKit.create(
          ManualTime.config()
              .withFallback(ConfigFactory.parseString("pekko.actor.provider = local")));
  private final ManualTime time = ManualTime.get(kit.system());
  private final TestProbe<HostDirectory.Command> directory = kit.createTestProbe();
  private final TestProbe<HostCommand> host = kit.createTestProbe();
  private final TestProbe<ReplicaReport> reports = kit.createTestProbe();

  @AfterEach
  void shutDown() {
    kit.shutdownTestKit();
  }

  private volatile boolean hostIsPresent;

  private static Replica replica(String size) {
    return replica("u1-1", size);
  }

  private static Replica replica(String id, String size) {
    return new Replica(
        new ReplicaId(id),
        "r1",
        size,
        BigDecimal.ONE,
        "az1",
        false,
        ReplicaSettings.DEFAULT,
        false,
        Optional.empty(),
        HybridTime.ZERO,
        Optional.empty(),
        new ReplicaProgress.Pending(HybridTime.ZERO));
  }

  private ActorRef<SupervisorCommand> supervisor(
      Replica replica, ActorRef<HostDirectory.Command> hosts) {
    ReplicaSupervisors supervisors =
        new ReplicaSupervision(
            hosts,
            new SizeCatalogue(List.of(SIZE)),
            new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(60)),
            Clock.fixed(NOW, ZoneOffset.UTC),
            ignored -> hostIsPresent,
            () -> 0);
    return kit.spawn(supervisors.create(replica, reports.ref()));
  }

  private ActorRef<RuntimeSignal> locatedAndFound() {
    HostDirectory.Locate locate = directory.expectMessageClass(HostDirectory.Locate.class);
    assertEquals("az1", locate.zone());
    locate.replyTo().tell(new HostDirectory.Located(host.ref(), "az1@here"));
    return host.expectMessageClass(HostCommand.Find.class).signals();
  }

  @Test
  void itProvisionsReportsAndStops() {
    Replica replica = replica("25cc");
    ActorRef<SupervisorCommand> supervisor = supervisor(replica, directory.ref());
    ActorRef<RuntimeSignal> signals = locatedAndFound();
    signals.tell(new RuntimeSignal.NotRunning(replica.id()));
    HostCommand.Start start = host.expectMessageClass(HostCommand.Start.class);
    assertEquals(1, start.order().incarnation());
    assertEquals(SIZE, start.order().size());
    signals.tell(new RuntimeSignal.Started(replica.id(), 1, 42));
    reports.expectMessage(
        new ReplicaReport.Started(
            replica.id(), 1, "az1@here", 42, Optional.of(NOW), Optional.of(NOW)));
    supervisor.tell(new SupervisorCommand.Stop());
    host.expectMessageClass(HostCommand.Stop.class);
    signals.tell(new RuntimeSignal.Stopped(replica.id()));
    reports.expectMessage(new ReplicaReport.Gone(replica.id()));
    reports.expectTerminated(supervisor);
  }

  @Test
  void aRenamedReplicaGoesOnAndItsNextStartHasTheNewName() {
    Replica replica = replica("25cc");
    ActorRef<SupervisorCommand> supervisor = supervisor(replica, directory.ref());
    ActorRef<RuntimeSignal> signals = locatedAndFound();
    signals.tell(new RuntimeSignal.NotRunning(replica.id()));
    assertEquals("r1", host.expectMessageClass(HostCommand.Start.class).order().name());
    supervisor.tell(new SupervisorCommand.Rename("first"));
    signals.tell(
        new RuntimeSignal.Ended(
            replica.id(), 1, new ReplicaFailure(ReplicaFailure.Kind.EXITED, Optional.empty())));
    reports.expectMessageClass(ReplicaReport.Failed.class);
    time.timePasses(Duration.ofSeconds(1));
    assertEquals("first", host.expectMessageClass(HostCommand.Start.class).order().name());
  }

  @Test
  void aFailedReplicaIsStartedAgainAtOnceAndThenAfterItsBackoffAndNotBefore() {
    Replica replica = replica("25cc");
    supervisor(replica, directory.ref());
    ActorRef<RuntimeSignal> signals = locatedAndFound();
    signals.tell(new RuntimeSignal.NotRunning(replica.id()));
    host.expectMessageClass(HostCommand.Start.class);
    signals.tell(
        new RuntimeSignal.Ended(
            replica.id(),
            1,
            new ReplicaFailure(ReplicaFailure.Kind.EXITED, Optional.of("exit code 1"))));
    reports.expectMessageClass(ReplicaReport.Failed.class);
    assertEquals(2, host.expectMessageClass(HostCommand.Start.class).order().incarnation());
    signals.tell(
        new RuntimeSignal.Ended(
            replica.id(),
            2,
            new ReplicaFailure(ReplicaFailure.Kind.EXITED, Optional.of("exit code 1"))));
    assertEquals(
        Optional.of(NOW.plusMillis(500)),
        reports.expectMessageClass(ReplicaReport.Failed.class).restartAt());
    time.expectNoMessageFor(Duration.ofMillis(499), host);
    time.timePasses(Duration.ofMillis(1));
    assertEquals(3, host.expectMessageClass(HostCommand.Start.class).order().incarnation());
  }

  @Test
  void whatAHostDoesNotAnswerItIsToldAgainLessAndLessOften() {
    Replica replica = replica("25cc");
    supervisor(replica, directory.ref());
    ActorRef<RuntimeSignal> signals = locatedAndFound();
    time.timePasses(Duration.ofSeconds(2));
    host.expectMessage(new HostCommand.Find(replica.id(), signals));
    time.expectNoMessageFor(Duration.ofMillis(3999), host);
    time.timePasses(Duration.ofMillis(1));
    host.expectMessage(new HostCommand.Find(replica.id(), signals));

    signals.tell(new RuntimeSignal.NotRunning(replica.id()));
    HostCommand.Start start = host.expectMessageClass(HostCommand.Start.class);
    time.timePasses(Duration.ofSeconds(2));
    host.expectMessage(start);
    signals.tell(new RuntimeSignal.Started(replica.id(), 1, 42));
    reports.expectMessageClass(ReplicaReport.Started.class);
    time.expectNoMessageFor(Duration.ofMinutes(10), host);
  }

  @Test
  void aStopIsRepeatedUntilNothingOfTheReplicaRuns() {
    Replica replica = replica("25cc");
    ActorRef<SupervisorCommand> supervisor = supervisor(replica, directory.ref());
    ActorRef<RuntimeSignal> signals = locatedAndFound();
    signals.tell(new RuntimeSignal.Started(replica.id(), 1, 42));
    supervisor.tell(new SupervisorCommand.Stop());
    host.expectMessageClass(HostCommand.Stop.class);
    for (int seconds : new int[] {2, 4, 8, 16, 30, 30}) {
      time.timePasses(Duration.ofSeconds(seconds));
      host.expectMessage(new HostCommand.Stop(replica.id(), signals));
    }
    signals.tell(new RuntimeSignal.Stopped(replica.id()));
    reports.expectTerminated(supervisor);
  }

  @Test
  void aStartThatIsRepeatedAfterItsReplicaHasEndedStartsNothingAndTellsTheEndAgain() {
    SimulatedRuntime runtime = simulatedRuntime();
    ActorRef<HostCommand> real = kit.spawn(Host.create("az1", runtime, new CatalogStore()));
    TestProbe<RuntimeSignal> signals = kit.createTestProbe();
    HostCommand.Start start = start(1, signals.ref());
    real.tell(start);
    signals.expectMessageClass(RuntimeSignal.Started.class);
    real.tell(start);
    signals.expectMessageClass(RuntimeSignal.Started.class);
    runtime.fail(
        start.order().id(), new ReplicaFailure(ReplicaFailure.Kind.EXITED, Optional.empty()));
    RuntimeSignal.Ended ended = signals.expectMessageClass(RuntimeSignal.Ended.class);

    real.tell(start);
    signals.expectMessage(ended);
    assertTrue(runtime.inventory().isEmpty());

    real.tell(start(2, signals.ref()));
    assertEquals(2, signals.expectMessageClass(RuntimeSignal.Started.class).incarnation());
  }

  @Test
  void anotherSupervisorMayCountTheIncarnationsFromLess() {
    SimulatedRuntime runtime = simulatedRuntime();
    ActorRef<HostCommand> real = kit.spawn(Host.create("az1", runtime, new CatalogStore()));
    TestProbe<RuntimeSignal> first = kit.createTestProbe();
    real.tell(start(5, first.ref()));
    first.expectMessageClass(RuntimeSignal.Started.class);
    runtime.fail(
        new ReplicaId("u1-1"), new ReplicaFailure(ReplicaFailure.Kind.EXITED, Optional.empty()));
    first.expectMessageClass(RuntimeSignal.Ended.class);

    TestProbe<RuntimeSignal> second = kit.createTestProbe();
    real.tell(start(3, second.ref()));

    assertEquals(3, second.expectMessageClass(RuntimeSignal.Started.class).incarnation());
  }

  private static HostCommand.Start start(long incarnation, ActorRef<RuntimeSignal> signals) {
    return new HostCommand.Start(
        new ReplicaOrder(
            new ReplicaId("u1-1"), incarnation, "r1", "az1", SIZE, ReplicaSettings.DEFAULT),
        signals);
  }

  private SimulatedRuntime simulatedRuntime() {
    return new SimulatedRuntime(
        (delay, task) -> kit.scheduler().scheduleOnce(delay, task, kit.system().executionContext()),
        Clock.fixed(NOW, ZoneOffset.UTC),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        SimulationLog.NONE);
  }

  /** Two nodes have given away the same room: a supervisor of each asks the same host. */
  @Test
  void ofTwoThatWereGivenTheLastRoomOneRunsAndTheOtherIsToldAndLooksAgain() {
    HostRoom room =
        new HostRoom(
            List.of(
                HostLoad.idle(
                    "az1@node-0", "az1", new Resources(SIZE.cpuNanoCores(), SIZE.memoryBytes()))),
            Demand.NOMINAL);
    room.found(List.of());
    SimulatedRuntime runtime = simulatedRuntime();
    kit.spawn(Host.create("az1", runtime, new CatalogStore(), room), "az1@node-0");
    ActorRef<HostDirectory.Command> hosts =
        kit.spawn(
            HostDirectory.create(host -> false, id -> Optional.empty(), zone -> Optional.empty()));
    ActorRef<SupervisorCommand> first = supervisor(replica("u1-1", "25cc"), hosts);
    assertEquals("u1-1", reports.expectMessageClass(ReplicaReport.Started.class).id().value());

    supervisor(replica("u2-1", "25cc"), hosts);
    ReplicaReport.NoRoom refused = reports.expectMessageClass(ReplicaReport.NoRoom.class);
    assertEquals("u2-1", refused.id().value());
    assertEquals("az1@node-0", refused.host());
    assertEquals(1, runtime.inventory().size());

    first.tell(new SupervisorCommand.Stop());
    reports.expectMessageClass(ReplicaReport.Gone.class);
    time.timePasses(Duration.ofSeconds(10));
    assertEquals("u2-1", reports.expectMessageClass(ReplicaReport.Started.class).id().value());
  }

  @Test
  void whatHasRunIsDownWithAReasonWhereItsHostHasNoRoom() {
    Replica replica = replica("25cc");
    supervisor(replica, directory.ref());
    ActorRef<RuntimeSignal> signals = locatedAndFound();
    signals.tell(new RuntimeSignal.NotRunning(replica.id()));
    assertTrue(host.expectMessageClass(HostCommand.Start.class).refusable());
    signals.tell(new RuntimeSignal.Started(replica.id(), 1, 42));
    reports.expectMessageClass(ReplicaReport.Started.class);
    signals.tell(
        new RuntimeSignal.Ended(
            replica.id(), 1, new ReplicaFailure(ReplicaFailure.Kind.EXITED, Optional.empty())));
    reports.expectMessageClass(ReplicaReport.Failed.class);
    assertFalse(host.expectMessageClass(HostCommand.Start.class).refusable(), "it was here before");

    signals.tell(new RuntimeSignal.NoRoom(replica.id(), 2, "it is full"));

    reports.expectMessageClass(ReplicaReport.NoRoom.class);
    ReplicaReport.Failed failed = reports.expectMessageClass(ReplicaReport.Failed.class);
    assertEquals(
        new ReplicaFailure(
            ReplicaFailure.Kind.FAILED_TO_START, Optional.of("its host has no room: it is full")),
        failed.failure());
    time.timePasses(Duration.ofSeconds(1));
    assertEquals(Optional.empty(), directory.expectMessageClass(HostDirectory.Locate.class).last());
  }

  @Test
  void aLostHostIsReportedAndAnotherIsAskedFor() {
    Replica replica = replica("25cc");
    supervisor(replica, directory.ref());
    ActorRef<RuntimeSignal> signals = locatedAndFound();
    signals.tell(new RuntimeSignal.Started(replica.id(), 1, 42));
    reports.expectMessageClass(ReplicaReport.Started.class);
    host.stop();
    ReplicaReport.Failed failed = reports.expectMessageClass(ReplicaReport.Failed.class);
    assertEquals(ReplicaFailure.Kind.HOST_LOST, failed.failure().kind());
    directory.expectMessageClass(HostDirectory.Locate.class);
  }

  @Test
  void aHostThatLeavesWithItsNodeIsWaitedForAndNothingIsLost() {
    Replica replica = replica("25cc");
    supervisor(replica, directory.ref());
    ActorRef<RuntimeSignal> signals = locatedAndFound();
    signals.tell(new RuntimeSignal.Started(replica.id(), 1, 42));
    reports.expectMessageClass(ReplicaReport.Started.class);
    signals.tell(new RuntimeSignal.Leaving(replica.id()));
    host.stop();

    HostDirectory.Locate locate = directory.expectMessageClass(HostDirectory.Locate.class);
    assertEquals(Optional.of("az1@here"), locate.last());
    TestProbe<HostCommand> back = kit.createTestProbe();
    locate.replyTo().tell(new HostDirectory.Located(back.ref(), "az1@here"));
    back.expectMessageClass(HostCommand.Find.class);
    signals.tell(new RuntimeSignal.Started(replica.id(), 1, 42));
    assertEquals(1, reports.expectMessageClass(ReplicaReport.Started.class).incarnation());
  }

  /** As when a node starts again under its address, and its end is told of once more. */
  @Test
  void aHostWhoseNodeIsThereIsLookedForAgainBeforeAnythingIsLost() {
    Replica replica = replica("25cc");
    supervisor(replica, directory.ref());
    ActorRef<RuntimeSignal> signals = locatedAndFound();
    signals.tell(new RuntimeSignal.Started(replica.id(), 1, 42));
    reports.expectMessageClass(ReplicaReport.Started.class);
    hostIsPresent = true;
    host.stop();

    TestProbe<HostCommand> back = kit.createTestProbe();
    directory
        .expectMessageClass(HostDirectory.Locate.class)
        .replyTo()
        .tell(new HostDirectory.Located(back.ref(), "az1@here"));
    back.expectMessageClass(HostCommand.Find.class);
    signals.tell(new RuntimeSignal.Started(replica.id(), 1, 42));
    reports.expectMessageClass(ReplicaReport.Started.class);
  }

  @Test
  void whatWasOnAHostThatIsGivenUpIsLostBeforeAnotherIsAsked() {
    Replica replica = replica("25cc");
    supervisor(replica, directory.ref());
    ActorRef<RuntimeSignal> signals = locatedAndFound();
    signals.tell(new RuntimeSignal.Started(replica.id(), 1, 42));
    reports.expectMessageClass(ReplicaReport.Started.class);
    signals.tell(new RuntimeSignal.Leaving(replica.id()));
    host.stop();

    TestProbe<HostCommand> other = kit.createTestProbe();
    directory
        .expectMessageClass(HostDirectory.Locate.class)
        .replyTo()
        .tell(new HostDirectory.Located(other.ref(), "az1@there"));

    assertEquals(
        ReplicaFailure.Kind.HOST_LOST,
        reports.expectMessageClass(ReplicaReport.Failed.class).failure().kind());
    other.expectMessageClass(HostCommand.Find.class);
  }

  @Test
  void aSizeThatIsConfiguredNoLongerFailsToStartAndIsTriedAgain() {
    Replica replica = replica("no-such-size");
    supervisor(replica, directory.ref());
    ActorRef<RuntimeSignal> signals = locatedAndFound();
    signals.tell(new RuntimeSignal.NotRunning(replica.id()));
    ReplicaReport.Failed failed = reports.expectMessageClass(ReplicaReport.Failed.class);
    assertEquals(ReplicaFailure.Kind.FAILED_TO_START, failed.failure().kind());
    time.timePasses(Duration.ofSeconds(1));
    assertEquals(2, reports.expectMessageClass(ReplicaReport.Failed.class).consecutiveFailures());
  }

  @Test
  void aHostRunsTheReplicasOfItsZoneAndASecondSupervisorAdopts() {
    SimulatedRuntime runtime = simulatedRuntime();
    CatalogStore catalog = new CatalogStore();
    ActorRef<HostDirectory.Command> hosts =
        kit.spawn(
            HostDirectory.create(host -> false, id -> Optional.empty(), zone -> Optional.empty()));
    Replica replica = replica("25cc");
    ActorRef<SupervisorCommand> first = supervisor(replica, hosts);
    // The host comes late: the question waits for it.
    kit.spawn(Host.create("az1", runtime, catalog));
    reports.expectMessageClass(ReplicaReport.Started.class);
    time.timePasses(Duration.ofSeconds(5));
    ReplicaReport.Hydrated hydrated = reports.expectMessageClass(ReplicaReport.Hydrated.class);
    assertEquals(Duration.ofSeconds(5), hydrated.took());
    assertTrue(catalog.snapshot().observations().containsKey(replica.id()));
    runtime.utilize(replica.id(), 0.5, 0.25);
    reports.expectMessage(
        new ReplicaReport.Utilized(replica.id(), new Utilization(NOW, 0.5, 0.25)));

    // The entity moves: its supervisor ends, the replica does not.
    kit.stop(first);
    ActorRef<SupervisorCommand> second = supervisor(replica, hosts);
    assertEquals(1, reports.expectMessageClass(ReplicaReport.Started.class).incarnation());
    reports.expectMessageClass(ReplicaReport.Hydrated.class);

    runtime.fail(
        replica.id(), new ReplicaFailure(ReplicaFailure.Kind.SIGNALED, Optional.of("SIGKILL")));
    reports.expectMessageClass(ReplicaReport.Failed.class);
    time.timePasses(Duration.ofSeconds(1));
    assertEquals(2, reports.expectMessageClass(ReplicaReport.Started.class).incarnation());
    second.tell(new SupervisorCommand.Stop());
    reports.expectMessageClass(ReplicaReport.Gone.class);
    assertTrue(runtime.inventory().isEmpty());
  }
}
