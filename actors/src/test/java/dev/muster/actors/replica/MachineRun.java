package dev.muster.actors.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.muster.actors.replica.SupervisorAction.Report;
import dev.muster.actors.replica.SupervisorMachine.Step;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ReplicaProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A supervisor under test: what it did since it was last asked, and where it stands. */
final class MachineRun {
  static final ReplicaId ID = new ReplicaId("u1-1");
  static final Instant T0 = Instant.ofEpochSecond(1_000_000);
  private static final SupervisorMachine MACHINE =
      new SupervisorMachine(
          ID, new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofSeconds(60)));

  SupervisorState state;
  private Instant now = T0;
  List<SupervisorAction> actions;

  static MachineRun from(ReplicaProgress progress) {
    MachineRun run = new MachineRun();
    Step first = MACHINE.first(progress);
    run.state = first.state();
    run.actions = first.actions();
    return run;
  }

  MachineRun then(SupervisorInput... inputs) {
    for (SupervisorInput input : inputs) {
      Step step = MACHINE.next(state, input, now, 0);
      state = step.state();
      actions = step.actions();
    }
    return this;
  }

  MachineRun later(Duration duration) {
    now = now.plus(duration);
    return this;
  }

  MachineRun does(SupervisorAction... expected) {
    assertEquals(List.of(expected), actions);
    return this;
  }

  MachineRun isIn(Class<? extends SupervisorState> kind) {
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
