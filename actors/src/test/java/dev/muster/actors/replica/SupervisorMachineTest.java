package dev.muster.actors.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.actors.replica.SupervisorAction.Find;
import dev.muster.actors.replica.SupervisorAction.Locate;
import dev.muster.actors.replica.SupervisorAction.Provision;
import dev.muster.actors.replica.SupervisorAction.Report;
import dev.muster.actors.replica.SupervisorAction.ReportStarted;
import dev.muster.actors.replica.SupervisorAction.StopReplica;
import dev.muster.actors.replica.SupervisorAction.Wait;
import dev.muster.actors.replica.SupervisorInput.HostLeft;
import dev.muster.actors.replica.SupervisorInput.HostLost;
import dev.muster.actors.replica.SupervisorInput.HostMissing;
import dev.muster.actors.replica.SupervisorInput.Located;
import dev.muster.actors.replica.SupervisorInput.Signaled;
import dev.muster.actors.replica.SupervisorInput.StopAsked;
import dev.muster.actors.replica.SupervisorInput.WaitOver;
import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.Utilization;
import dev.muster.journal.state.ReplicaProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class SupervisorMachineTest {
  private static final ReplicaId ID = MachineRun.ID;
  private static final Instant T0 = MachineRun.T0;
  private static final ReplicaFailure CRASH =
      new ReplicaFailure(ReplicaFailure.Kind.EXITED, Optional.empty());
  private static final SupervisorInput NOT_RUNNING = new Signaled(new RuntimeSignal.NotRunning(ID));
  private static final SupervisorInput STOPPED = new Signaled(new RuntimeSignal.Stopped(ID));

  private static HybridTime time(Instant instant) {
    return HybridTime.ofEpochMilli(instant.toEpochMilli(), 0);
  }

  private static SupervisorInput started(long incarnation) {
    return new Signaled(new RuntimeSignal.Started(ID, incarnation, 42));
  }

  private static SupervisorInput hydrated(long incarnation) {
    return new Signaled(
        new RuntimeSignal.Hydrated(ID, incarnation, Duration.ofSeconds(1), 2, 3, 4));
  }

  private static SupervisorInput ended(long incarnation) {
    return new Signaled(new RuntimeSignal.Ended(ID, incarnation, CRASH));
  }

  private static ReplicaProgress pending() {
    return new ReplicaProgress.Pending(time(T0));
  }

  @Test
  void whatServesAndIsNotFoundWhenLookedForHasEndedUnheard() {
    MachineRun run =
        MachineRun.from(online(3, 0))
            .then(new Located(), started(3), hydrated(3))
            .then(NOT_RUNNING);

    assertEquals(1, run.failuresReported());
    run.isIn(SupervisorState.BackingOff.class);
  }

  @Test
  void anAnswerThatCameTooLateSaysNothing() {
    MachineRun.from(pending())
        .then(new Located(), NOT_RUNNING, NOT_RUNNING)
        .does()
        .isIn(SupervisorState.Provisioning.class);
  }

  private static ReplicaProgress online(long incarnation, int failures) {
    return new ReplicaProgress.Online(time(T0), incarnation, "az1", 42, failures, Optional.empty());
  }

  private static Report failed(
      long incarnation, int failures, Duration delay, Optional<Instant> untold) {
    return new Report(
        new ReplicaReport.Failed(
            ID,
            incarnation,
            CRASH,
            failures,
            Optional.of(T0),
            Optional.of(T0.plus(delay)),
            untold,
            Optional.of(T0)));
  }

  private static Report hydratedAt(long incarnation, Instant at) {
    return new Report(
        new ReplicaReport.Hydrated(
            ID, incarnation, Duration.ofSeconds(1), 2, 3, 4, Optional.empty(), Optional.of(at)));
  }

  private static MachineRun serving() {
    return MachineRun.from(pending()).then(new Located(), NOT_RUNNING, started(1), hydrated(1));
  }

  @Test
  void aNewReplicaIsLookedForBeforeItIsProvisioned() {
    MachineRun.from(pending())
        .does(new Locate())
        .then(new Located())
        .does(new Find())
        .then(NOT_RUNNING)
        .does(new Provision(1))
        .then(started(1))
        .does(new ReportStarted(1, 42, Optional.of(T0), T0))
        .then(hydrated(1))
        .does(hydratedAt(1, T0))
        .isIn(SupervisorState.Online.class);
  }

  @Test
  void aRunningReplicaIsAdoptedAndNotProvisioned() {
    MachineRun.from(online(3, 0))
        .then(new Located(), started(3))
        .does(new ReportStarted(3, 42, Optional.empty(), T0))
        .then(hydrated(3))
        .isIn(SupervisorState.Online.class);
  }

  @Test
  void aReplicaThatEndedUnwatchedHasFailedAndIsStartedAgain() {
    MachineRun run = MachineRun.from(online(3, 0)).then(new Located(), NOT_RUNNING);
    assertEquals(1, run.failuresReported());
    run.isIn(SupervisorState.BackingOff.class).then(new WaitOver()).does(new Provision(4));
  }

  @Test
  void howAReplicaEndedUnwatchedIsToldWhereItsHostKnows() {
    MachineRun run = MachineRun.from(online(3, 0)).later(Duration.ofHours(1));
    ReplicaFailure killed =
        new ReplicaFailure(ReplicaFailure.Kind.SIGNALED, Optional.of("SIGKILL"));
    Instant then = T0.plusSeconds(5);
    run.then(
        new Located(),
        new Signaled(new RuntimeSignal.Ended(ID, 3, killed, Optional.of(T0), Optional.of(then))));
    ReplicaReport.Failed told = (ReplicaReport.Failed) ((Report) run.actions.getFirst()).report();
    assertEquals(killed, told.failure());
    assertEquals(Optional.of(then), told.occurredAt());
    assertEquals(Optional.of(then), told.failingSince());
    assertEquals(Optional.empty(), told.provisionedAt());
  }

  @Test
  void aStartThatNobodyWasToldOfIsToldWithItsEnd() {
    MachineRun run = MachineRun.from(online(3, 0)).later(Duration.ofHours(1));
    Instant began = T0.plusSeconds(5);
    Instant then = T0.plusSeconds(6);
    run.then(
        new Located(),
        new Signaled(new RuntimeSignal.Ended(ID, 4, CRASH, Optional.of(began), Optional.of(then))));
    ReplicaReport.Failed told = (ReplicaReport.Failed) ((Report) run.actions.getFirst()).report();
    assertEquals(4, told.incarnation());
    assertEquals(Optional.of(began), told.provisionedAt());
    assertEquals(Optional.of(then), told.occurredAt());
    run.then(new WaitOver()).does(new Provision(5));
  }

  /** The host goes on telling of it until the next start. */
  @Test
  void anEndThatTheClusterWasToldOfIsNoNews() {
    MachineRun.from(new ReplicaProgress.Failed(time(T0), 7, CRASH, 4))
        .then(new Located(), ended(7))
        .does(new Wait(Duration.ofSeconds(2)))
        .isIn(SupervisorState.BackingOff.class);
    MachineRun.from(online(7, 0)).then(new Located(), ended(6));
    assertEquals(
        SupervisorMachine.UNWATCHED,
        ((ReplicaReport.Failed)
                ((Report)
                        MachineRun.from(online(7, 0))
                            .then(new Located(), ended(6))
                            .actions
                            .getFirst())
                    .report())
            .failure()
            .detail()
            .orElseThrow());
  }

  @Test
  void whatIsAdoptedIsToldWithItsOwnInstants() {
    Instant began = T0.plusMillis(100);
    Instant answered = T0.plusMillis(200);
    Instant hydrated = T0.plusMillis(900);
    MachineRun.from(online(3, 0))
        .later(Duration.ofHours(1))
        .then(
            new Located(),
            new Signaled(
                new RuntimeSignal.Started(ID, 4, 42, Optional.of(began), Optional.of(answered))))
        .does(new ReportStarted(4, 42, Optional.of(began), answered))
        .then(
            new Signaled(
                new RuntimeSignal.Hydrated(
                    ID,
                    4,
                    Duration.ofSeconds(1),
                    2,
                    3,
                    4,
                    Optional.empty(),
                    Optional.of(hydrated))))
        .does(hydratedAt(4, hydrated));
  }

  /** It ran all the while; that Muster sees it again is so from now on. */
  @Test
  void whatWasLostWithItsHostIsBackWhenItIsFound() {
    MachineRun run = serving().then(new HostLost()).later(Duration.ofSeconds(9));
    run.then(
            new Located(),
            new Signaled(new RuntimeSignal.Started(ID, 1, 42, Optional.of(T0), Optional.of(T0))))
        .does(new ReportStarted(1, 42, Optional.empty(), T0.plusSeconds(9)));
  }

  @Test
  void aHostWhoseClockIsAheadTellsNothingOfTheFuture() {
    Instant ahead = T0.plusSeconds(3);
    MachineRun.from(pending())
        .then(
            new Located(),
            NOT_RUNNING,
            new Signaled(new RuntimeSignal.Started(ID, 1, 42, Optional.of(T0), Optional.of(ahead))))
        .does(new ReportStarted(1, 42, Optional.of(T0), T0));
  }

  @Test
  void failuresAreReportedThenBackedOffThenStartedAgain() {
    serving()
        .then(ended(1))
        .does(failed(1, 1, Duration.ZERO, Optional.empty()), new Wait(Duration.ZERO))
        .then(new WaitOver())
        .does(new Provision(2))
        .then(ended(2))
        .does(
            failed(2, 2, Duration.ofMillis(500), Optional.of(T0)),
            new Wait(Duration.ofMillis(500)));
  }

  @Test
  void failuresInARowContinueAcrossAControlPlaneRestart() {
    MachineRun.from(new ReplicaProgress.Failed(time(T0), 7, CRASH, 4))
        .then(new Located(), NOT_RUNNING)
        .does(new Wait(Duration.ofSeconds(2)))
        .then(new WaitOver())
        .does(new Provision(8));
    assertEquals(
        6,
        MachineRun.from(online(7, 5)).then(new Located(), started(7), ended(7)).failuresReported());
  }

  @Test
  void servingLongEnoughForgivesEarlierFailures() {
    MachineRun run = serving().then(ended(1), new WaitOver(), started(2), hydrated(2));
    assertEquals(1, run.later(Duration.ofSeconds(60)).then(ended(2)).failuresReported());
  }

  @Test
  void timeServedBeforeTheAdoptionCounts() {
    MachineRun run =
        MachineRun.from(online(7, 5))
            .later(Duration.ofHours(1))
            .then(new Located(), started(7), hydrated(7), ended(7));
    assertEquals(1, run.failuresReported());
  }

  @Test
  void aStrayEndOfAnEarlierIncarnationIsIgnored() {
    serving()
        .then(ended(1), new WaitOver(), started(2), ended(1))
        .does()
        .isIn(SupervisorState.Hydrating.class);
  }

  @Test
  void aLostHostIsAFailureOfARunningReplicaAndALookForAnother() {
    MachineRun run = serving().then(new HostLost());
    assertEquals(1, run.failuresReported());
    assertTrue(run.actions.contains(new Locate()));
    run.then(new Located(), NOT_RUNNING).isIn(SupervisorState.BackingOff.class);
  }

  /** Its node is restarted: to its cluster it serves all the while. */
  @Test
  void whatRunsOnAHostThatLeavesIsFoundWhereItWasAndWasNeverLost() {
    MachineRun run = serving().then(new HostLeft()).does(new Locate());
    run.isIn(SupervisorState.Placing.class);
    run.then(new Located()).does(new SupervisorAction.Find());
    run.then(started(1), hydrated(1)).isIn(SupervisorState.Online.class);
  }

  @Test
  void aHostThatHasLeftAndIsGivenUpIsALostHost() {
    MachineRun run = serving().then(new HostLeft(), new HostMissing(Optional.empty()));
    assertEquals(1, run.failuresReported());
    run.then(new Located(), NOT_RUNNING).isIn(SupervisorState.BackingOff.class);
  }

  @Test
  void whatWasSaidToRunIsLostWithItsHostThoughNobodyWatched() {
    Instant lost = T0.plusSeconds(2);
    MachineRun run =
        MachineRun.from(new ReplicaProgress.Online(time(T0), 1, "az1", 42, 0, Optional.empty()))
            .later(Duration.ofSeconds(30))
            .then(new HostMissing(Optional.of(lost)));
    ReplicaReport.Failed failed =
        assertInstanceOf(
            ReplicaReport.Failed.class,
            assertInstanceOf(SupervisorAction.Report.class, run.actions.getFirst()).report());
    assertEquals(ReplicaFailure.Kind.HOST_LOST, failed.failure().kind());
    assertEquals(Optional.of(lost), failed.occurredAt());
    run.isIn(SupervisorState.Placing.class)
        .then(new HostMissing(Optional.of(lost)))
        .does()
        .then(new Located())
        .does(new Find());
  }

  @Test
  void whatNeverRanIsNotMissedAndWaitsForItsHost() {
    MachineRun.from(pending())
        .then(new HostMissing(Optional.empty()))
        .does()
        .isIn(SupervisorState.Placing.class);
  }

  @Test
  void howBusyItIsIsReportedOnceItServesAndChangesNothing() {
    SupervisorInput utilized =
        new Signaled(new RuntimeSignal.Utilized(ID, new Utilization(T0, 0.5, 0.25)));
    MachineRun.from(pending()).then(new Located(), NOT_RUNNING, started(1), utilized).does();
    serving()
        .then(utilized)
        .does(new Report(new ReplicaReport.Utilized(ID, new Utilization(T0, 0.5, 0.25))))
        .isIn(SupervisorState.Online.class);
  }

  @Test
  void stopStopsAndThenReportsGone() {
    serving()
        .then(new StopAsked())
        .does(new StopReplica())
        .then(new StopAsked())
        .does()
        .then(STOPPED)
        .does(new Report(new ReplicaReport.Gone(ID)))
        .isIn(SupervisorState.Gone.class);
  }

  @Test
  void stopBeforeTheHostIsKnownStopsOnceItIs() {
    MachineRun.from(online(1, 0))
        .then(new StopAsked())
        .does()
        .then(new Located())
        .does(new StopReplica())
        .then(new HostLost())
        .does(new Locate())
        .then(new Located())
        .does(new StopReplica());
  }

  @Test
  void aReplicaThatStartsWhileItIsStoppedIsNotReported() {
    MachineRun.from(pending())
        .then(new Located(), NOT_RUNNING, new StopAsked(), started(1), ended(1))
        .does()
        .isIn(SupervisorState.Stopping.class);
  }

  @Provide
  Arbitrary<List<SupervisorInput>> inputs() {
    return Arbitraries.of(
            new Located(),
            new HostLost(),
            NOT_RUNNING,
            started(1),
            started(2),
            hydrated(1),
            hydrated(2),
            ended(1),
            ended(2),
            STOPPED,
            new WaitOver(),
            new SupervisorInput.Refused("no such size"),
            new StopAsked())
        .list()
        .ofMaxSize(40);
  }

  @Property
  void whateverHappensIncarnationsGrowAndNothingIsProvisionedAfterAStop(
      @ForAll("inputs") List<SupervisorInput> inputs) {
    MachineRun run = MachineRun.from(pending());
    List<Long> provisioned = new ArrayList<>();
    boolean stopAsked = false;
    for (SupervisorInput input : inputs) {
      stopAsked |= input instanceof StopAsked;
      long before = run.state.incarnation();
      run.then(input);
      for (SupervisorAction action : run.actions) {
        if (action instanceof Provision provision) {
          assertTrue(!stopAsked, "provisioned after a stop");
          assertEquals(before + 1, provision.incarnation());
          provisioned.add(provision.incarnation());
        }
      }
    }
    assertTrue(provisioned.size() <= inputs.size());
  }
}
