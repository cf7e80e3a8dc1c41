package dev.muster.actors.replica;

import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ReplicaProgress;
import java.time.Duration;
import java.time.Instant;

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

  private final ReplicaId id;
  private final SupervisorMachine machine;
  private final Hands hands;
  private SupervisorState state;

  public SupervisorDriver(ReplicaId id, Backoff backoff, Hands hands) {
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

  public void signaled(RuntimeSignal signal, Instant now, double random) {
    next(new SupervisorInput.Signaled(signal), now, random);
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
    state = step.state();
    step.actions().forEach(this::carryOut);
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
                  started.provisionedAt()));
      case SupervisorAction.Report report -> hands.report(report.report());
    }
  }
}
