package dev.muster.actors.replica;

import dev.muster.actors.replica.SupervisorAction.Locate;
import dev.muster.actors.replica.SupervisorAction.Provision;
import dev.muster.actors.replica.SupervisorAction.Report;
import dev.muster.actors.replica.SupervisorAction.ReportNoRoom;
import dev.muster.actors.replica.SupervisorAction.ReportStarted;
import dev.muster.actors.replica.SupervisorAction.StopReplica;
import dev.muster.actors.replica.SupervisorAction.Wait;
import dev.muster.actors.replica.SupervisorInput.HostLeft;
import dev.muster.actors.replica.SupervisorInput.HostLost;
import dev.muster.actors.replica.SupervisorInput.HostMissing;
import dev.muster.actors.replica.SupervisorInput.Located;
import dev.muster.actors.replica.SupervisorInput.Refused;
import dev.muster.actors.replica.SupervisorInput.Signaled;
import dev.muster.actors.replica.SupervisorInput.StopAsked;
import dev.muster.actors.replica.SupervisorInput.WaitOver;
import dev.muster.actors.replica.SupervisorState.BackingOff;
import dev.muster.actors.replica.SupervisorState.Finding;
import dev.muster.actors.replica.SupervisorState.Gone;
import dev.muster.actors.replica.SupervisorState.Hydrating;
import dev.muster.actors.replica.SupervisorState.Known;
import dev.muster.actors.replica.SupervisorState.Online;
import dev.muster.actors.replica.SupervisorState.Placing;
import dev.muster.actors.replica.SupervisorState.PlacingToStop;
import dev.muster.actors.replica.SupervisorState.Proving;
import dev.muster.actors.replica.SupervisorState.Provisioning;
import dev.muster.actors.replica.SupervisorState.Stopping;
import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ReplicaProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The decisions of a supervisor, pure: the same state, input, time and random number give the same
 * step. An input that says nothing new in a state leaves it as it is.
 *
 * <pre>
 *   PLACING -- located --> FINDING -- not running, no failure --> PROVISIONING
 *      ^                    |     \                                |       ^
 *      |                    |      `-- not running, failed         |       |
 *      |                    |                  |                   |       |
 *      |                 started (adopted)     v                started    |
 *      |                    |             BACKING OFF -- wait over |-------'
 *   host lost               v                  ^                   |
 *   (from all)          HYDRATING &lt;------------|-------------------'
 *      |                    | hydrated         |
 *      |                    |\                 |
 *      |                    | `-- after a crash loop --> PROVING   (offline to the outside)
 *      |                    v                  |            | wait over
 *      '----------------- ONLINE &lt;-------------|------------'
 *                           |                  |
 *                           '-- ended ---------'   (ended: also from all above that may run)
 *
 *   stop asked:   PLACING --> PLACING TO STOP -- located --> STOPPING
 *                 all others --> STOPPING -- stopped --> GONE
 *                 STOPPING -- host lost --> PLACING TO STOP
 * </pre>
 *
 * <p>Offline, with its reason, is what the cluster knows a replica as from the report of a failure
 * until the report of its next start.
 *
 * <p>A provisioning host adopts the replica when it runs already, so that it never runs twice. What
 * was journaled as running and is not found has failed while nobody watched; a host that knows how
 * it ended says so instead, and what the cluster was told of already is no news then.
 *
 * <p>In a crash loop ({@link Streak#loops}) neither start nor hydration is reported before the
 * replica has served for {@link Backoff#proving}, and of the failures only those that are due, the
 * others just to be shown: the journal stays small, and nobody counts on a replica that is about to
 * crash. What was reported as running is also reported as failed, always; so is a host that is
 * lost, and one that is missing when the supervisor begins. A host that leaves in good order, with
 * its node, is waited for first.
 */
record SupervisorMachine(ReplicaId id, Backoff backoff, News news) {
  static final String UNWATCHED = "it had ended while nobody watched it";

  /** Who is refused waits for some seconds, as if it had failed that often. */
  private static final int REFUSALS_IN_A_ROW = 4;

  SupervisorMachine(ReplicaId id, Backoff backoff) {
    this(id, backoff, new News(id));
  }

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
          case ReplicaProgress.Pending ignored ->
              new Known(0, Streak.NONE, false, Optional.empty());
          case ReplicaProgress.Hydrating hydrating ->
              new Known(
                  hydrating.incarnation(),
                  Streak.of(hydrating.consecutiveFailures()),
                  true,
                  Optional.empty());
          case ReplicaProgress.Online online ->
              new Known(
                  online.incarnation(),
                  Streak.of(online.consecutiveFailures()),
                  true,
                  Optional.of(online.at()));
          case ReplicaProgress.Failed failed ->
              new Known(
                  failed.incarnation(),
                  new Streak(
                      failed.consecutiveFailures(),
                      failed.failingSince(),
                      Optional.of(new Streak.Told(failed.since().instant(), failed.failure()))),
                  false,
                  Optional.empty());
        };
    return new Step(new Placing(known), new Locate());
  }

  /**
   * The next step.
   *
   * @param random in [0, 1)
   */
  Step next(SupervisorState state, SupervisorInput input, Instant now, double random) {
    return switch (input) {
      case Located ignored -> HostSteps.located(state);
      case HostLost ignored -> new HostSteps(backoff, news).lost(state, now);
      case HostLeft ignored -> new HostSteps(backoff, news).left(state, now);
      case HostMissing missing -> new HostSteps(backoff, news).missing(state, missing, now);
      case Signaled signaled -> signaled(state, signaled.signal(), now, random);
      case WaitOver ignored -> waitOver(state, now);
      case Refused refused ->
          state instanceof Provisioning
              ? failed(
                  state, failure(ReplicaFailure.Kind.FAILED_TO_START, refused.why()), now, random)
              : new Step(state);
      case StopAsked ignored -> stopAsked(state);
    };
  }

  private Step signaled(SupervisorState state, RuntimeSignal signal, Instant now, double random) {
    return switch (signal) {
      case RuntimeSignal.NotRunning ignored -> notRunning(state, now, random);
      case RuntimeSignal.Leaving ignored -> new Step(state);
      case RuntimeSignal.NoRoom refused -> noRoom(state, refused, now, random);
      case RuntimeSignal.Started started -> started(state, started, now);
      case RuntimeSignal.Hydrated hydrated -> hydrated(state, hydrated, now);
      case RuntimeSignal.Ended ended -> ended(state, ended, now, random);
      case RuntimeSignal.Utilized utilized -> utilized(state, utilized);
      case RuntimeSignal.Stopped ignored -> stopped(state, now, random);
    };
  }

  private Step ended(SupervisorState state, RuntimeSignal.Ended ended, Instant now, double random) {
    if (state instanceof Finding finding && !finding.isNews(ended.incarnation())) {
      return notRunning(finding, now, random);
    }
    Instant at = News.instant(ended.occurredAt(), now);
    return state.mayRun(ended.incarnation())
        ? failed(
            withIncarnation(state, ended, at),
            state.isReported(),
            ended.failure(),
            new Moment(at, now),
            random)
        : new Step(state);
  }

  private Step notRunning(SupervisorState state, Instant now, double random) {
    if (state.runs()) {
      // Its end was told, and the message lost.
      return failed(state, failure(ReplicaFailure.Kind.UNKNOWN, UNWATCHED), now, random);
    }
    if (!(state instanceof Finding finding)) {
      return new Step(state);
    }
    if (finding.known().expected()) {
      return failed(finding, failure(ReplicaFailure.Kind.UNKNOWN, UNWATCHED), now, random);
    }
    if (finding.streak().failures() == 0) {
      return provision(finding, now);
    }
    return new Step(
        new BackingOff(finding.incarnation(), finding.streak()),
        new Wait(backoff.delay(finding.streak().failures(), random)));
  }

  /**
   * What has never run is its cluster's to place, and is asked for again only where that says
   * nothing. What has run keeps its zone, and is down until a host there has room.
   */
  private Step noRoom(
      SupervisorState state, RuntimeSignal.NoRoom refused, Instant now, double random) {
    if (!(state instanceof Provisioning asked) || refused.incarnation() != asked.incarnation()) {
      return new Step(state);
    }
    ReportNoRoom told = new ReportNoRoom(refused.why());
    if (asked.incarnation() > 1 || asked.streak().failures() > 0) {
      Step failed =
          failed(
              asked,
              failure(
                  ReplicaFailure.Kind.FAILED_TO_START, "its host has no room: " + refused.why()),
              now,
              random);
      return new Step(
          failed.state(), Stream.concat(Stream.of(told), failed.actions().stream()).toList());
    }
    return new Step(
        new BackingOff(0, asked.streak()),
        told,
        new Wait(backoff.delay(REFUSALS_IN_A_ROW, random)));
  }

  private static Step started(SupervisorState state, RuntimeSignal.Started started, Instant now) {
    return switch (state) {
      case Finding finding -> hydrating(finding, started, finding.known().servingSince(), now);
      case Provisioning provisioning -> hydrating(provisioning, started, Optional.empty(), now);
      case Hydrating hydrating ->
          hydrating.unreported().isPresent() && started.incarnation() == hydrating.incarnation()
              ? new Step(hydrating)
              : hydrating(hydrating, started, hydrating.servingSince(), now);
      case BackingOff waiting -> hydrating(waiting, started, Optional.empty(), now);
      case Proving s -> new Step(s);
      case Online s -> new Step(s);
      case Placing s -> new Step(s);
      case PlacingToStop s -> new Step(s);
      case Stopping s -> new Step(s);
      case Gone s -> new Step(s);
    };
  }

  private static Step hydrating(
      SupervisorState state,
      RuntimeSignal.Started started,
      Optional<Instant> servingSince,
      Instant now) {
    boolean same = started.incarnation() == state.incarnation();
    ReportStarted report = News.started(state, started, now);
    boolean mustProve = state.streak().loops() && !state.isReported();
    Hydrating hydrating =
        new Hydrating(
            started.incarnation(),
            state.streak(),
            same ? servingSince : Optional.empty(),
            mustProve ? Optional.of(report) : Optional.empty());
    return mustProve ? new Step(hydrating) : new Step(hydrating, report);
  }

  private Step hydrated(SupervisorState state, RuntimeSignal.Hydrated signal, Instant now) {
    if (!(state instanceof Hydrating hydrating)
        || signal.incarnation() != hydrating.incarnation()) {
      return new Step(state);
    }
    if (hydrating.unreported().isPresent()) {
      return new Step(
          new Proving(
              hydrating.incarnation(),
              hydrating.streak(),
              now,
              hydrating.unreported().get(),
              signal),
          new Wait(backoff.proving(hydrating.streak().failures())));
    }
    return new Step(
        new Online(
            hydrating.incarnation(),
            hydrating.streak(),
            hydrating.servingSince().orElseGet(() -> News.instant(signal.occurredAt(), now))),
        news.hydrated(signal, now));
  }

  /** What hydration takes is no load. */
  private static Step utilized(SupervisorState state, RuntimeSignal.Utilized signal) {
    return state instanceof Online
        ? new Step(state, new Report(new ReplicaReport.Utilized(signal.id(), signal.utilization())))
        : new Step(state);
  }

  private Step waitOver(SupervisorState state, Instant now) {
    return switch (state) {
      case BackingOff waiting -> provision(waiting, now);
      case Proving proving ->
          new Step(
              new Online(proving.incarnation(), proving.streak(), proving.servingSince()),
              proving.started(),
              news.hydrated(proving.hydrated(), proving.servingSince()));
      case Placing s -> new Step(s);
      case PlacingToStop s -> new Step(s);
      case Finding s -> new Step(s);
      case Provisioning s -> new Step(s);
      case Hydrating s -> new Step(s);
      case Online s -> new Step(s);
      case Stopping s -> new Step(s);
      case Gone s -> new Step(s);
    };
  }

  private Step stopped(SupervisorState state, Instant now, double random) {
    if (state instanceof Stopping) {
      return new Step(
          new Gone(state.incarnation(), state.streak()), new Report(new ReplicaReport.Gone(id)));
    }
    return state.mayRun(state.incarnation())
        ? failed(state, failure(ReplicaFailure.Kind.EXITED, "it was stopped"), now, random)
        : new Step(state);
  }

  private static Step stopAsked(SupervisorState state) {
    return switch (state) {
      case Placing s -> new Step(new PlacingToStop(s.incarnation(), s.streak()));
      case PlacingToStop s -> new Step(s);
      case Stopping s -> new Step(s);
      case Gone s -> new Step(s);
      case Finding s -> stopping(s);
      case Provisioning s -> stopping(s);
      case Hydrating s -> stopping(s);
      case Proving s -> stopping(s);
      case Online s -> stopping(s);
      case BackingOff s -> stopping(s);
    };
  }

  private static Step stopping(SupervisorState state) {
    return new Step(new Stopping(state.incarnation(), state.streak()), new StopReplica());
  }

  private static Step provision(SupervisorState state, Instant now) {
    long incarnation = state.incarnation() + 1;
    return new Step(new Provisioning(incarnation, state.streak(), now), new Provision(incarnation));
  }

  private Step failed(SupervisorState state, ReplicaFailure failure, Instant now, double random) {
    return failed(state, state.isReported(), failure, new Moment(now, now), random);
  }

  private Step failed(
      SupervisorState state,
      boolean wasReported,
      ReplicaFailure failure,
      Moment moment,
      double random) {
    Instant now = moment.now();
    Streak streak = state.streak().failed(backoff, state.served(moment.at()), moment.at());
    Duration delay = backoff.delay(streak.failures(), random);
    ReplicaReport.Failed report =
        news.failed(state, streak, failure, Optional.of(now.plus(delay)), moment.at());
    if (state.streak().loops() && !wasReported && !streak.isDue(failure, now)) {
      return new Step(
          new BackingOff(state.incarnation(), streak.untold(failure)),
          new Report(new ReplicaReport.FailedAgain(report)),
          new Wait(delay));
    }
    return new Step(
        new BackingOff(state.incarnation(), streak.told(failure, now)),
        new Report(report),
        new Wait(delay));
  }

  private static ReplicaFailure failure(ReplicaFailure.Kind kind, String detail) {
    return new ReplicaFailure(kind, Optional.of(detail));
  }

  /** An adopted replica that ends before it answered tells its incarnation by its end. */
  private static SupervisorState withIncarnation(
      SupervisorState state, RuntimeSignal.Ended ended, Instant at) {
    return state instanceof Finding finding && ended.incarnation() > finding.incarnation()
        ? new Provisioning(
            ended.incarnation(), finding.streak(), News.instant(ended.processStartedAt(), at))
        : state;
  }
}
