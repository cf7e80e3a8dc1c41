package dev.muster.actors.replica;

import dev.muster.actors.replica.SupervisorAction.Find;
import dev.muster.actors.replica.SupervisorAction.Locate;
import dev.muster.actors.replica.SupervisorAction.Provision;
import dev.muster.actors.replica.SupervisorAction.Report;
import dev.muster.actors.replica.SupervisorAction.ReportStarted;
import dev.muster.actors.replica.SupervisorAction.StopReplica;
import dev.muster.actors.replica.SupervisorAction.Wait;
import dev.muster.actors.replica.SupervisorInput.HostLost;
import dev.muster.actors.replica.SupervisorInput.Located;
import dev.muster.actors.replica.SupervisorInput.Refused;
import dev.muster.actors.replica.SupervisorInput.Signaled;
import dev.muster.actors.replica.SupervisorInput.StopAsked;
import dev.muster.actors.replica.SupervisorInput.WaitOver;
import dev.muster.actors.replica.SupervisorState.Finding;
import dev.muster.actors.replica.SupervisorState.Gone;
import dev.muster.actors.replica.SupervisorState.Hydrating;
import dev.muster.actors.replica.SupervisorState.Known;
import dev.muster.actors.replica.SupervisorState.Locating;
import dev.muster.actors.replica.SupervisorState.LocatingToStop;
import dev.muster.actors.replica.SupervisorState.Online;
import dev.muster.actors.replica.SupervisorState.Provisioning;
import dev.muster.actors.replica.SupervisorState.Stopping;
import dev.muster.actors.replica.SupervisorState.Waiting;
import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ReplicaProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The decisions of a supervisor, pure: the same state, input, time and random number give the same
 * step. An input that says nothing new in a state leaves it as it is.
 *
 * <pre>
 *   LOCATING -- located --> FINDING -- not running, no failure --> PROVISIONING
 *      ^                    |     \                                  |       ^
 *      |                    |      `-- not running, failed           |       |
 *      |                    |                  |                     |       |
 *      |                 started (adopted)     v                  started    |
 *      |                    |               WAITING -- wait over ----|-------'
 *   host lost               v                  ^                     |
 *   (from all)          HYDRATING &lt;------------|---------------------'
 *      |                    | hydrated         |
 *      |                    v                  |
 *      '----------------- ONLINE -- ended -----'   (ended: also from the three before it)
 *
 *   stop asked:   LOCATING --> LOCATING TO STOP -- located --> STOPPING
 *                 all others --> STOPPING -- stopped --> GONE
 *                 STOPPING -- host lost --> LOCATING TO STOP
 * </pre>
 *
 * <p>A provisioning host adopts the replica when it runs already, so that it never runs twice. What
 * was journaled as running and is not found has failed while nobody watched.
 */
record SupervisorMachine(ReplicaId id, Backoff backoff) {
  static final String UNWATCHED = "it had ended while nobody watched it";

  /** A move and what to do about it, in this order. */
  record Step(SupervisorState state, List<SupervisorAction> actions) {
    Step(SupervisorState state, SupervisorAction... actions) {
      this(state, List.of(actions));
    }
  }

  /** Where the journal says that the replica was. */
  Step first(ReplicaProgress progress) {
    Known known =
        switch (progress) {
          case ReplicaProgress.Pending ignored -> new Known(0, 0, false, Optional.empty());
          case ReplicaProgress.Hydrating hydrating ->
              new Known(
                  hydrating.incarnation(), hydrating.consecutiveFailures(), true, Optional.empty());
          case ReplicaProgress.Online online ->
              new Known(
                  online.incarnation(),
                  online.consecutiveFailures(),
                  true,
                  Optional.of(online.since().instant()));
          case ReplicaProgress.Failed failed ->
              new Known(
                  failed.incarnation(), failed.consecutiveFailures(), false, Optional.empty());
        };
    return new Step(new Locating(known), new Locate());
  }

  /**
   * The next step.
   *
   * @param random in [0, 1)
   */
  Step next(SupervisorState state, SupervisorInput input, Instant now, double random) {
    return switch (input) {
      case Located ignored -> located(state);
      case HostLost ignored -> hostLost(state, now);
      case Signaled signaled -> signaled(state, signaled.signal(), now, random);
      case WaitOver ignored -> state instanceof Waiting ? provision(state) : new Step(state);
      case Refused refused ->
          state instanceof Provisioning
              ? failed(
                  state, failure(ReplicaFailure.Kind.FAILED_TO_START, refused.why()), now, random)
              : new Step(state);
      case StopAsked ignored -> stopAsked(state);
    };
  }

  private static Step located(SupervisorState state) {
    return switch (state) {
      case Locating locating -> new Step(new Finding(locating.known()), new Find());
      case LocatingToStop stopping ->
          new Step(new Stopping(stopping.incarnation(), stopping.failures()), new StopReplica());
      case Finding s -> new Step(s);
      case Provisioning s -> new Step(s);
      case Hydrating s -> new Step(s);
      case Online s -> new Step(s);
      case Waiting s -> new Step(s);
      case Stopping s -> new Step(s);
      case Gone s -> new Step(s);
    };
  }

  private Step hostLost(SupervisorState state, Instant now) {
    return switch (state) {
      case Locating s -> new Step(s, new Locate());
      case LocatingToStop s -> new Step(s, new Locate());
      case Finding s -> new Step(new Locating(s.known()), new Locate());
      // It may run by now: as good as unknown, and no failure of its own.
      case Provisioning s -> new Step(outOfSight(s, s.failures()), new Locate());
      case Waiting s -> new Step(outOfSight(s, s.failures()), new Locate());
      case Hydrating s -> hostLostRunning(s, now);
      case Online s -> hostLostRunning(s, now);
      case Stopping s -> new Step(new LocatingToStop(s.incarnation(), s.failures()), new Locate());
      case Gone s -> new Step(s);
    };
  }

  private Step hostLostRunning(SupervisorState state, Instant now) {
    int failures = backoff.count(state.failures(), served(state, now));
    return new Step(
        outOfSight(state, failures),
        report(
            state,
            failures,
            failure(ReplicaFailure.Kind.HOST_LOST, "the host that ran it is gone")),
        new Locate());
  }

  private static Locating outOfSight(SupervisorState state, int failures) {
    return new Locating(new Known(state.incarnation(), failures, false, Optional.empty()));
  }

  private Step signaled(SupervisorState state, RuntimeSignal signal, Instant now, double random) {
    return switch (signal) {
      case RuntimeSignal.NotRunning ignored ->
          state instanceof Finding finding ? notRunning(finding, now, random) : new Step(state);
      case RuntimeSignal.Started started -> started(state, started);
      case RuntimeSignal.Hydrated hydrated -> hydrated(state, hydrated, now);
      case RuntimeSignal.Ended ended ->
          runs(state, ended.incarnation())
              ? failed(withIncarnation(state, ended), ended.failure(), now, random)
              : new Step(state);
      case RuntimeSignal.Utilized utilized -> utilized(state, utilized);
      case RuntimeSignal.Stopped ignored -> stopped(state, now, random);
    };
  }

  private Step notRunning(Finding finding, Instant now, double random) {
    if (finding.known().expected()) {
      return failed(finding, failure(ReplicaFailure.Kind.EXITED, UNWATCHED), now, random);
    }
    if (finding.failures() == 0) {
      return provision(finding);
    }
    return new Step(
        new Waiting(finding.incarnation(), finding.failures()),
        new Wait(backoff.delay(finding.failures(), random)));
  }

  private Step started(SupervisorState state, RuntimeSignal.Started started) {
    return switch (state) {
      case Finding finding -> hydrating(state, started, finding.known().servingSince());
      case Provisioning ignored -> hydrating(state, started, Optional.empty());
      case Hydrating hydrating -> hydrating(state, started, hydrating.servingSince());
      case Waiting ignored -> hydrating(state, started, Optional.empty());
      case Online s -> new Step(s);
      case Locating s -> new Step(s);
      case LocatingToStop s -> new Step(s);
      case Stopping s -> new Step(s);
      case Gone s -> new Step(s);
    };
  }

  private Step hydrating(
      SupervisorState state, RuntimeSignal.Started started, Optional<Instant> servingSince) {
    boolean same = started.incarnation() == state.incarnation();
    return new Step(
        new Hydrating(
            started.incarnation(), state.failures(), same ? servingSince : Optional.empty()),
        new ReportStarted(started.incarnation(), started.processId()));
  }

  private Step hydrated(SupervisorState state, RuntimeSignal.Hydrated signal, Instant now) {
    if (state instanceof Hydrating hydrating && signal.incarnation() == hydrating.incarnation()) {
      return new Step(
          new Online(
              hydrating.incarnation(), hydrating.failures(), hydrating.servingSince().orElse(now)),
          new Report(
              new ReplicaReport.Hydrated(
                  id,
                  signal.incarnation(),
                  signal.took(),
                  signal.objects(),
                  signal.bytes(),
                  signal.peakMemoryBytes())));
    }
    return new Step(state);
  }

  /** What hydration takes is no load. */
  private static Step utilized(SupervisorState state, RuntimeSignal.Utilized signal) {
    return state instanceof Online
        ? new Step(state, new Report(new ReplicaReport.Utilized(signal.id(), signal.utilization())))
        : new Step(state);
  }

  private Step stopped(SupervisorState state, Instant now, double random) {
    if (state instanceof Stopping) {
      return new Step(
          new Gone(state.incarnation(), state.failures()), new Report(new ReplicaReport.Gone(id)));
    }
    return runs(state, state.incarnation())
        ? failed(state, failure(ReplicaFailure.Kind.EXITED, "it was stopped"), now, random)
        : new Step(state);
  }

  private static Step stopAsked(SupervisorState state) {
    return switch (state) {
      case Locating s -> new Step(new LocatingToStop(s.incarnation(), s.failures()));
      case LocatingToStop s -> new Step(s);
      case Stopping s -> new Step(s);
      case Gone s -> new Step(s);
      case Finding s -> stopping(s);
      case Provisioning s -> stopping(s);
      case Hydrating s -> stopping(s);
      case Online s -> stopping(s);
      case Waiting s -> stopping(s);
    };
  }

  private static Step stopping(SupervisorState state) {
    return new Step(new Stopping(state.incarnation(), state.failures()), new StopReplica());
  }

  private static Step provision(SupervisorState state) {
    long incarnation = state.incarnation() + 1;
    return new Step(new Provisioning(incarnation, state.failures()), new Provision(incarnation));
  }

  private Step failed(SupervisorState state, ReplicaFailure failure, Instant now, double random) {
    int failures = backoff.count(state.failures(), served(state, now));
    return new Step(
        new Waiting(state.incarnation(), failures),
        report(state, failures, failure),
        new Wait(backoff.delay(failures, random)));
  }

  private Report report(SupervisorState state, int failures, ReplicaFailure failure) {
    return new Report(new ReplicaReport.Failed(id, state.incarnation(), failure, failures));
  }

  private static ReplicaFailure failure(ReplicaFailure.Kind kind, String detail) {
    return new ReplicaFailure(kind, Optional.of(detail));
  }

  /** Whether the end of this incarnation is news in this state. A found replica may be newer. */
  private static boolean runs(SupervisorState state, long incarnation) {
    return switch (state) {
      case Finding ignored -> true;
      case Provisioning s -> s.incarnation() >= incarnation;
      case Hydrating s -> s.incarnation() == incarnation;
      case Online s -> s.incarnation() == incarnation;
      case Locating ignored -> false;
      case LocatingToStop ignored -> false;
      case Waiting ignored -> false;
      case Stopping ignored -> false;
      case Gone ignored -> false;
    };
  }

  /** An adopted replica that ends before it answered tells its incarnation by its end. */
  private static SupervisorState withIncarnation(SupervisorState state, RuntimeSignal.Ended ended) {
    return state instanceof Finding finding && ended.incarnation() > finding.incarnation()
        ? new Provisioning(ended.incarnation(), finding.failures())
        : state;
  }

  private static Duration served(SupervisorState state, Instant now) {
    Optional<Instant> since =
        switch (state) {
          case Online online -> Optional.of(online.servingSince());
          case Finding finding -> finding.known().servingSince();
          case Hydrating hydrating -> hydrating.servingSince();
          case Locating s -> s.known().servingSince();
          case LocatingToStop ignored -> Optional.empty();
          case Provisioning ignored -> Optional.empty();
          case Waiting ignored -> Optional.empty();
          case Stopping ignored -> Optional.empty();
          case Gone ignored -> Optional.empty();
        };
    return since.map(start -> Duration.between(start, now)).orElse(Duration.ZERO);
  }
}
