package dev.muster.actors.replica;

import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ReplicaProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The real decisions of a supervisor, with hands that a simulation lends it instead of an actor.
 */
public final class SupervisorDriver {
  /** What a supervisor can do. */
  public interface Hands {
    void locate();

    void find();

    void provision(long incarnation);

    void stopReplica();

    void awakeAfter(Duration delay);

    void report(ReplicaReport report);

    String hostName();
  }

  /** A defect of the machine, which a simulation must find. */
  public enum Flaw {
    NONE,
    /** It forgets that it has told of a crash loop, and tells of every failure. */
    FORGETS_WHAT_IT_TOLD,
    /** It takes the first sign of life for a hydration. */
    TAKES_STARTED_FOR_HYDRATED,
    /** It does not wait until a crash loop has proven to be over. */
    PROVES_NOTHING
  }

  private final ReplicaId id;
  private final SupervisorMachine machine;
  private final Hands hands;
  private final Flaw flaw;
  private SupervisorState state;

  public SupervisorDriver(ReplicaId id, Backoff backoff, Hands hands, Flaw flaw) {
    this.flaw = flaw;
    this.id = id;
    this.machine = new SupervisorMachine(id, backoff);
    this.hands = hands;
  }

  public void begin(ReplicaProgress progress) {
    take(machine.first(progress));
  }

  public void located(Instant now, double random) {
    next(new SupervisorInput.Located(), now, random);
  }

  public void hostLost(Instant now, double random) {
    next(new SupervisorInput.HostLost(), now, random);
  }

  public void hostMissing(Optional<Instant> since, Instant now, double random) {
    next(new SupervisorInput.HostMissing(since), now, random);
  }

  public void signaled(RuntimeSignal signal, Instant now, double random) {
    next(new SupervisorInput.Signaled(signal), now, random);
    if (flaw == Flaw.TAKES_STARTED_FOR_HYDRATED && signal instanceof RuntimeSignal.Started said) {
      RuntimeSignal hydrated =
          new RuntimeSignal.Hydrated(id, said.incarnation(), Duration.ZERO, 1, 1, 1);
      next(new SupervisorInput.Signaled(hydrated), now, random);
    }
    if (flaw == Flaw.PROVES_NOTHING && state instanceof SupervisorState.Proving) {
      waitOver(now, random);
    }
  }

  public void waitOver(Instant now, double random) {
    next(new SupervisorInput.WaitOver(), now, random);
  }

  public void stopAsked(Instant now, double random) {
    next(new SupervisorInput.StopAsked(), now, random);
  }

  public boolean isGone() {
    return state instanceof SupervisorState.Gone;
  }

  @Override
  public String toString() {
    return id + " " + state;
  }

  private void next(SupervisorInput input, Instant now, double random) {
    take(machine.next(state, input, now, random));
  }

  private void take(SupervisorMachine.Step step) {
    state = flaw == Flaw.FORGETS_WHAT_IT_TOLD ? forgetful(step.state()) : step.state();
    step.actions().forEach(this::carryOut);
  }

  private static SupervisorState forgetful(SupervisorState state) {
    return state instanceof SupervisorState.BackingOff waiting
        ? new SupervisorState.BackingOff(
            waiting.incarnation(),
            new Streak(waiting.streak().failures(), waiting.streak().since(), Optional.empty()))
        : state;
  }

  private void carryOut(SupervisorAction action) {
    switch (action) {
      case SupervisorAction.Locate ignored -> hands.locate();
      case SupervisorAction.Find ignored -> hands.find();
      case SupervisorAction.Provision provision -> hands.provision(provision.incarnation());
      case SupervisorAction.StopReplica ignored -> hands.stopReplica();
      case SupervisorAction.Wait wait -> hands.awakeAfter(wait.delay());
      case SupervisorAction.ReportStarted started ->
          hands.report(
              new ReplicaReport.Started(
                  id,
                  started.incarnation(),
                  hands.hostName(),
                  started.processId(),
                  started.provisionedAt(),
                  Optional.of(started.occurredAt())));
      case SupervisorAction.ReportNoRoom refused ->
          hands.report(new ReplicaReport.NoRoom(id, hands.hostName(), refused.why()));
      case SupervisorAction.Report report -> hands.report(report.report());
    }
  }
}
