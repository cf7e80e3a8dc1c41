package dev.muster.actors.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.actors.replica.SupervisorAction.Report;
import dev.muster.actors.replica.SupervisorAction.ReportStarted;
import dev.muster.actors.replica.SupervisorAction.Wait;
import dev.muster.actors.replica.SupervisorMachine.Step;
import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ReplicaProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A replica that fails again and again: told of, believed late, and never at great length. */
final class CrashLoopTest {
  private static final ReplicaId ID = new ReplicaId("u1-1");
  private static final Instant T0 = Instant.ofEpochSecond(1_000_000);
  private static final ReplicaFailure CRASH =
      new ReplicaFailure(ReplicaFailure.Kind.OOM_KILLED, Optional.empty());
  private static final SupervisorMachine MACHINE =
      new SupervisorMachine(
          ID, new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(60)));

  private SupervisorState state = MACHINE.first(pending()).state();
  private final List<ReplicaReport> reports = new ArrayList<>();
  private List<SupervisorAction> actions = List.of();
  private Instant now = T0;
  private ReplicaFailure crash = CRASH;
  private int starts;

  private static ReplicaProgress pending() {
    return new ReplicaProgress.Pending(HybridTime.ofEpochMilli(T0.toEpochMilli(), 0));
  }

  private void input(SupervisorInput input) {
    Step step = MACHINE.next(state, input, now, 0);
    state = step.state();
    actions = step.actions();
    for (SupervisorAction action : actions) {
      if (action instanceof Report report) {
        reports.add(report.report());
      } else if (action instanceof ReportStarted) {
        starts++;
      }
    }
  }

  private void signal(RuntimeSignal signal) {
    input(new SupervisorInput.Signaled(signal));
  }

  private void begin() {
    input(new SupervisorInput.Located());
    signal(new RuntimeSignal.NotRunning(ID));
  }

  private void start() {
    signal(new RuntimeSignal.Started(ID, state.incarnation(), 42));
  }

  private void hydrate() {
    signal(new RuntimeSignal.Hydrated(ID, state.incarnation(), Duration.ofSeconds(1), 1, 1, 1));
  }

  private void crash() {
    signal(new RuntimeSignal.Ended(ID, state.incarnation(), crash));
  }

  private static ReplicaFailure exited(int code, String printed) {
    return new ReplicaFailure(
        ReplicaFailure.Kind.EXITED,
        Optional.of("exit code " + code + "; its last line: " + printed));
  }

  /** Starts, hydrates and crashes, this often, and waits as it is told to after each. */
  private void loop(int times) {
    for (int i = 0; i < times; i++) {
      start();
      hydrate();
      crash();
      now = now.plus(waited());
      input(new SupervisorInput.WaitOver());
    }
  }

  private Duration waited() {
    return assertInstanceOf(Wait.class, actions.getLast()).delay();
  }

  private List<Integer> failuresShown() {
    return reports.stream()
        .filter(ReplicaReport.FailedAgain.class::isInstance)
        .map(report -> ((ReplicaReport.FailedAgain) report).failed().consecutiveFailures())
        .toList();
  }

  private List<Integer> failuresReported() {
    return reports.stream()
        .filter(ReplicaReport.Failed.class::isInstance)
        .map(report -> ((ReplicaReport.Failed) report).consecutiveFailures())
        .toList();
  }

  @Test
  void theFirstFailuresAreReportedOneByOneAndThenThePowersOfTwo() {
    begin();
    loop(40);
    assertEquals(List.of(1, 2, 3, 4, 5, 8, 16, 32), failuresReported());
    assertEquals(5, starts);
    ReplicaReport.FailedAgain last = (ReplicaReport.FailedAgain) reports.getLast();
    assertEquals(Optional.of(T0), last.failed().failingSince());
  }

  @Test
  void whatTheJournalDoesNotHearIsToldToBeShownWithItsRestart() {
    begin();
    loop(6);
    assertEquals(List.of(6), failuresShown());
    ReplicaReport.FailedAgain last = (ReplicaReport.FailedAgain) reports.getLast();
    assertEquals(CRASH, last.failed().failure());
    assertEquals(Optional.of(now), last.failed().restartAt());
    loop(10);
    assertEquals(List.of(6, 7, 9, 10, 11, 12, 13, 14, 15), failuresShown());
  }

  @Test
  void anotherCauseIsReportedAtOnceAndWhatItPrintedIsNone() {
    begin();
    loop(5);
    crash = exited(7, "one");
    loop(1);
    assertEquals(6, failuresReported().getLast());
    assertEquals(crash, ((ReplicaReport.Failed) reports.getLast()).failure());
    crash = exited(7, "two");
    loop(1);
    assertEquals(6, failuresReported().getLast());
    crash = exited(8, "two");
    loop(1);
    assertEquals(8, failuresReported().getLast());
  }

  @Test
  void theCauseThatTheJournalKnowsIsKnownAfterARecovery() {
    state =
        MACHINE
            .first(
                new ReplicaProgress.Failed(
                    HybridTime.ofEpochMilli(T0.toEpochMilli(), 0), 9, exited(7, "one"), 9))
            .state();
    begin();
    input(new SupervisorInput.WaitOver());
    crash = exited(7, "two");
    loop(1);
    assertEquals(List.of(), failuresReported());
    crash = exited(1, "two");
    loop(1);
    assertEquals(List.of(11), failuresReported());
  }

  @Test
  void causesThatTakeTurnsDoNotFloodTheJournal() {
    begin();
    for (int i = 0; i < 1_000; i++) {
      crash = exited(i % 7, "line " + i);
      loop(1);
    }
    long hours = Duration.between(T0, now).toHours();
    List<Integer> reported = failuresReported();
    assertTrue(reported.size() >= hours, reported.toString());
    assertTrue(reported.size() <= 5 + 10 + 8 * hours, reported.toString());
  }

  @Test
  void aLoopThatGoesOnIsReportedOnceAnHourAtLeast() {
    begin();
    loop(600);
    Duration ran = Duration.between(T0, now);
    List<Integer> reported = failuresReported();
    assertTrue(reported.size() <= 5 + 10 + ran.toHours(), reported.toString());
    assertTrue(reported.size() >= ran.toHours(), reported.toString());
  }

  @Test
  void whatServesAfterALoopIsBelievedOnceItHasProvenItself() {
    begin();
    loop(5);
    reports.clear();
    start();
    hydrate();
    assertInstanceOf(SupervisorState.Proving.class, state);
    assertEquals(List.of(), reports);
    assertEquals(Duration.ofSeconds(8), waited());
    now = now.plus(waited());
    input(new SupervisorInput.WaitOver());
    assertInstanceOf(SupervisorState.Online.class, state);
    assertInstanceOf(ReportStarted.class, actions.getFirst());
    assertInstanceOf(ReplicaReport.Hydrated.class, reports.getFirst());
  }

  @Test
  void aReplicaThatIsBelievedIsReportedWhenItFails() {
    begin();
    loop(5);
    start();
    hydrate();
    now = now.plus(waited());
    input(new SupervisorInput.WaitOver());
    crash();
    assertEquals(6, failuresReported().getLast());
  }

  @Test
  void whatProvesItselfForLongEnoughStartsTheCountAnew() {
    begin();
    loop(5);
    start();
    hydrate();
    now = now.plusSeconds(60);
    crash();
    assertEquals(1, failuresReported().getLast());
  }

  @Test
  void anAdoptedReplicaThatTheJournalBelievesInNeedNoProof() {
    state =
        MACHINE
            .first(
                new ReplicaProgress.Online(
                    HybridTime.ofEpochMilli(T0.toEpochMilli(), 0),
                    9,
                    "az1",
                    42,
                    7,
                    Optional.empty()))
            .state();
    input(new SupervisorInput.Located());
    signal(new RuntimeSignal.Started(ID, 9, 42));
    signal(new RuntimeSignal.Hydrated(ID, 9, Duration.ofSeconds(1), 1, 1, 1));
    assertInstanceOf(SupervisorState.Online.class, state);
    crash();
    assertEquals(List.of(8), failuresReported());
  }

  @Test
  void aHostThatIsLostIsReportedInALoopToo() {
    begin();
    loop(6);
    start();
    hydrate();
    input(new SupervisorInput.HostLost());
    ReplicaReport.Failed failed = (ReplicaReport.Failed) reports.getLast();
    assertEquals(ReplicaFailure.Kind.HOST_LOST, failed.failure().kind());
  }
}
