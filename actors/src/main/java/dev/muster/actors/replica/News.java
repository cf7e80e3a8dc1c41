package dev.muster.actors.replica;

import dev.muster.actors.replica.SupervisorAction.Report;
import dev.muster.actors.replica.SupervisorAction.ReportStarted;
import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import java.time.Instant;
import java.util.Optional;

/** What a supervisor tells its cluster, with the real instants in it. Pure. */
record News(ReplicaId id) {
  /** When something happened: as the runtime says, unless its clock is ahead of ours; else now. */
  static Instant instant(Optional<Instant> occurredAt, Instant now) {
    return occurredAt.filter(instant -> !instant.isAfter(now)).orElse(now);
  }

  /**
   * It answers. Of one that was given up with its host and is found again as it was, its cluster
   * knows when it began; that it is there again is so from now on.
   */
  static ReportStarted started(SupervisorState state, RuntimeSignal.Started started, Instant now) {
    if (state instanceof SupervisorState.Provisioning provisioning
        && started.incarnation() == provisioning.incarnation()) {
      return new ReportStarted(
          started.incarnation(),
          started.processId(),
          Optional.of(provisioning.since()),
          instant(started.occurredAt(), now));
    }
    boolean isFoundAgain = started.incarnation() == state.incarnation() && !state.isReported();
    return new ReportStarted(
        started.incarnation(),
        started.processId(),
        isFoundAgain ? Optional.empty() : started.processStartedAt(),
        isFoundAgain ? now : instant(started.occurredAt(), now));
  }

  Report hydrated(RuntimeSignal.Hydrated signal, Instant now) {
    return new Report(
        new ReplicaReport.Hydrated(
            id,
            signal.incarnation(),
            signal.took(),
            signal.objects(),
            signal.bytes(),
            signal.peakMemoryBytes(),
            signal.memoryLimitBytes(),
            Optional.of(instant(signal.occurredAt(), now))));
  }

  /** A start that was not told of is told with its end. */
  ReplicaReport.Failed failed(
      SupervisorState state,
      Streak streak,
      ReplicaFailure failure,
      Optional<Instant> restartAt,
      Instant at) {
    return new ReplicaReport.Failed(
        id,
        state.incarnation(),
        failure,
        streak.failures(),
        streak.since(),
        restartAt,
        state.untoldStart(),
        Optional.of(at));
  }
}
