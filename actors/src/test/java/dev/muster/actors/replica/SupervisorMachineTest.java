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
import dev.muster.actors.replica.SupervisorInput.HostLost;
import dev.muster.actors.replica.SupervisorInput.Located;
import dev.muster.actors.replica.SupervisorInput.Signaled;
import dev.muster.actors.replica.SupervisorInput.StopAsked;
import dev.muster.actors.replica.SupervisorInput.WaitOver;
import dev.muster.actors.replica.SupervisorMachine.Step;
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
  private static final ReplicaId ID = new ReplicaId("u1-1");
  private static final Instant T0 = Instant.ofEpochSecond(1_000_000);
  private static final ReplicaFailure CRASH =
      new ReplicaFailure(ReplicaFailure.Kind.EXITED, Optional.empty());
  private static final SupervisorMachine MACHINE =
      new SupervisorMachine(
          ID, new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(60)));
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

  /** A supervisor under test: what it did since it was last asked, and where it stands. */
  private static final class Run {
    private SupervisorState state;
    private Instant now = T0;
    private List<SupervisorAction> actions;

    static Run from(ReplicaProgress progress) {
      Run run = new Run();
      Step first = MACHINE.first(progress);
      run.state = first.state();
      run.actions = first.actions();
      return run;
    }

    Run then(SupervisorInput... inputs) {
      for (SupervisorInput input : inputs) {
        Step step = MACHINE.next(state, input, now, 0);
        state = step.state();
        actions = step.actions();
      }
      return this;
    }

    Run later(Duration duration) {
      now = now.plus(duration);
      return this;
    }

    Run does(SupervisorAction... expected) {
      assertEquals(List.of(expected), actions);
      return this;
    }

    Run isIn(Class<? extends SupervisorState> kind) {
      assertInstanceOf(kind, state);
      return this;
    }

    int failuresReported() {
      return actions.stream()
          .filter(action -> action instanceof Report)
          .map(action -> ((Report) action).report())
          .filter(report -> report instanceof ReplicaReport.Failed)
          .mapToInt(report -> ((ReplicaReport.Failed) report).consecutiveFailures())
          .findFirst()
          .orElseThrow();
    }
  }

  private static ReplicaProgress pending() {
    return new ReplicaProgress.Pending(time(T0));
  }

  @Test
  void whatServesAndIsNotFoundWhenLookedForHasEndedUnheard() {
    Run run = Run.from(online(3, 0)).then(new Located(), started(3), hydrated(3)).then(NOT_RUNNING);

    assertEquals(1, run.failuresReported());
    run.isIn(SupervisorState.BackingOff.class);
  }

  @Test
  void anAnswerThatCameTooLateSaysNothing() {
    Run.from(pending())
        .then(new Located(), NOT_RUNNING, NOT_RUNNING)
        .does()
        .isIn(SupervisorState.Provisioning.class);
  }

  private static ReplicaProgress online(long incarnation, int failures) {
    return new ReplicaProgress.Online(time(T0), incarnation, "az1", 42, failures, Optional.empty());
  }

  private static Report failed(long incarnation, int failures, Duration delay) {
    return new Report(
        new ReplicaReport.Failed(
            ID, incarnation, CRASH, failures, Optional.of(T0), Optional.of(T0.plus(delay))));
  }

  private static Run serving() {
    return Run.from(pending()).then(new Located(), NOT_RUNNING, started(1), hydrated(1));
  }

  @Test
  void aNewReplicaIsLookedForBeforeItIsProvisioned() {
    Run.from(pending())
        .does(new Locate())
        .then(new Located())
        .does(new Find())
        .then(NOT_RUNNING)
        .does(new Provision(1))
        .then(started(1))
        .does(new ReportStarted(1, 42, Optional.of(T0)))
        .then(hydrated(1))
        .does(new Report(new ReplicaReport.Hydrated(ID, 1, Duration.ofSeconds(1), 2, 3, 4)))
        .isIn(SupervisorState.Online.class);
  }

  @Test
  void aRunningReplicaIsAdoptedAndNotProvisioned() {
    Run.from(online(3, 0))
        .then(new Located(), started(3))
        .does(new ReportStarted(3, 42, Optional.empty()))
        .then(hydrated(3))
        .isIn(SupervisorState.Online.class);
  }

  @Test
  void aReplicaThatEndedUnwatchedHasFailedAndIsStartedAgain() {
    Run run = Run.from(online(3, 0)).then(new Located(), NOT_RUNNING);
    assertEquals(1, run.failuresReported());
    run.isIn(SupervisorState.BackingOff.class).then(new WaitOver()).does(new Provision(4));
  }

  @Test
  void failuresAreReportedThenBackedOffThenStartedAgain() {
    serving()
        .then(ended(1))
        .does(failed(1, 1, Duration.ZERO), new Wait(Duration.ZERO))
        .then(new WaitOver())
        .does(new Provision(2))
        .then(ended(2))
        .does(failed(2, 2, Duration.ofMillis(500)), new Wait(Duration.ofMillis(500)));
  }

  @Test
  void failuresInARowContinueAcrossAControlPlaneRestart() {
    Run.from(new ReplicaProgress.Failed(time(T0), 7, CRASH, 4))
        .then(new Located(), NOT_RUNNING)
        .does(new Wait(Duration.ofSeconds(2)))
        .then(new WaitOver())
        .does(new Provision(8));
    assertEquals(
        6, Run.from(online(7, 5)).then(new Located(), started(7), ended(7)).failuresReported());
  }

  @Test
  void servingLongEnoughForgivesEarlierFailures() {
    Run run = serving().then(ended(1), new WaitOver(), started(2), hydrated(2));
    assertEquals(1, run.later(Duration.ofSeconds(60)).then(ended(2)).failuresReported());
  }

  @Test
  void timeServedBeforeTheAdoptionCounts() {
    Run run =
        Run.from(online(7, 5))
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
    Run run = serving().then(new HostLost());
    assertEquals(1, run.failuresReported());
    assertTrue(run.actions.contains(new Locate()));
    run.then(new Located(), NOT_RUNNING).isIn(SupervisorState.BackingOff.class);
  }

  @Test
  void howBusyItIsIsReportedOnceItServesAndChangesNothing() {
    SupervisorInput utilized =
        new Signaled(new RuntimeSignal.Utilized(ID, new Utilization(T0, 0.5, 0.25)));
    Run.from(pending()).then(new Located(), NOT_RUNNING, started(1), utilized).does();
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
    Run.from(online(1, 0))
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
    Run.from(pending())
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
    Run run = Run.from(pending());
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
