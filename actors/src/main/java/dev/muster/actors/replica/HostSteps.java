package dev.muster.actors.replica;

import dev.muster.actors.replica.SupervisorAction.Find;
import dev.muster.actors.replica.SupervisorAction.Locate;
import dev.muster.actors.replica.SupervisorAction.Report;
import dev.muster.actors.replica.SupervisorAction.StopReplica;
import dev.muster.actors.replica.SupervisorInput.HostMissing;
import dev.muster.actors.replica.SupervisorMachine.Step;
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
import dev.muster.journal.event.ReplicaFailure;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The part of {@link SupervisorMachine} that is about where the host is: found, lost, left in good
 * order, or not there when the supervisor begins.
 */
record HostSteps(Backoff backoff, News news) {
  static Step located(SupervisorState state) {
    return switch (state) {
      case Placing placing -> new Step(new Finding(placing.known()), new Find());
      case PlacingToStop stopping ->
          new Step(new Stopping(stopping.incarnation(), stopping.streak()), new StopReplica());
      case Finding s -> new Step(s);
      case Provisioning s -> new Step(s);
      case Hydrating s -> new Step(s);
      case Proving s -> new Step(s);
      case Online s -> new Step(s);
      case BackingOff s -> new Step(s);
      case Stopping s -> new Step(s);
      case Gone s -> new Step(s);
    };
  }

  Step lost(SupervisorState state, Instant now) {
    return switch (state) {
      case Placing s -> new Step(s, new Locate());
      case PlacingToStop s -> new Step(s, new Locate());
      case Finding s -> new Step(new Placing(s.known()), new Locate());
      // It may run by now: as good as unknown, and no failure of its own.
      case Provisioning s -> new Step(outOfSight(s, s.streak()), new Locate());
      case BackingOff s -> new Step(outOfSight(s, s.streak()), new Locate());
      case Hydrating s -> lostRunning(s, now);
      case Proving s -> lostRunning(s, now);
      case Online s -> lostRunning(s, now);
      case Stopping s -> new Step(new PlacingToStop(s.incarnation(), s.streak()), new Locate());
      case Gone s -> new Step(s);
    };
  }

  /** What runs is taken to run on until its host is back, or is given up. */
  Step left(SupervisorState state, Instant now) {
    if (!state.runs()) {
      return lost(state, now);
    }
    return new Step(
        new Placing(
            new Known(state.incarnation(), state.streak(), state.isReported(), state.serving())),
        new Locate());
  }

  /** Only what the cluster was told runs is news. It waits for its host as before. */
  Step missing(SupervisorState state, HostMissing missing, Instant now) {
    if (!(state instanceof Placing placing) || !placing.known().expected()) {
      return new Step(state);
    }
    Instant lostAt = News.instant(missing.since(), now);
    Instant served = placing.known().servingSince().orElse(lostAt);
    return lostRunning(placing, new Moment(lostAt.isBefore(served) ? served : lostAt, now));
  }

  private Step lostRunning(SupervisorState state, Instant now) {
    Step step = lostRunning(state, new Moment(now, now));
    return new Step(
        step.state(), Stream.concat(step.actions().stream(), Stream.of(new Locate())).toList());
  }

  private Step lostRunning(SupervisorState state, Moment moment) {
    ReplicaFailure lost =
        new ReplicaFailure(
            ReplicaFailure.Kind.HOST_LOST, Optional.of("the host that ran it is gone"));
    Streak streak =
        state
            .streak()
            .failed(backoff, state.served(moment.at()), moment.at())
            .told(lost, moment.now());
    return new Step(
        outOfSight(state, streak),
        new Report(news.failed(state, streak, lost, Optional.empty(), moment.at())));
  }

  private static Placing outOfSight(SupervisorState state, Streak streak) {
    return new Placing(new Known(state.incarnation(), streak, false, Optional.empty()));
  }
}
