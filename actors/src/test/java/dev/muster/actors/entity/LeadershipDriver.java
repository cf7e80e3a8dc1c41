package dev.muster.actors.entity;

import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.Notice;
import dev.muster.api.command.Reply;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.Origin;
import dev.muster.journal.state.EnvironmentState;
import dev.muster.journal.time.HybridClock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The real leadership of an environment, without the actor around it, for a simulation. */
public final class LeadershipDriver {
  private final Leadership leadership;

  /** Delivers a command to a cluster, which answers with the token. */
  @FunctionalInterface
  public interface Clusters {
    void execute(ClusterId cluster, ClusterCommand command, Origin by, long token);
  }

  /**
   * A creation that its cluster refused.
   *
   * @param withdrawn to be run once the withdrawal is durable
   */
  public record Refused(ClusterId cluster, Runnable withdrawn) {}

  public LeadershipDriver(HybridClock clock, Clusters clusters) {
    EntityRuntime runtime =
        new EntityRuntime(clock, null, null, null, null, null, null, null, null, null, null, null);
    leadership =
        new Leadership(
            runtime,
            (id, message) -> {
              ClusterMessage.Execute execute = (ClusterMessage.Execute) message;
              clusters.execute(id, execute.command(), execute.by(), execute.token());
            },
            null);
  }

  public void lead(
      Consumer<Reply> answer, List<Notice> notices, List<EnvironmentEvent> events, Origin by) {
    leadership.lead(new Lead(answer, notices), events, by);
  }

  public void resume(EnvironmentState state) {
    leadership.resume(state);
  }

  public void driveAgain() {
    leadership.driveAgain();
  }

  public Optional<Refused> answered(Answer answer) {
    return leadership
        .answered(answer)
        .map(
            refusal ->
                new Refused(refusal.creation().cluster(), () -> leadership.withdrawn(refusal)));
  }

  public List<Long> done() {
    return leadership.done();
  }

  public List<EnvironmentEvent> finishing(List<Long> tokens, EnvironmentState state) {
    return leadership.finishing(tokens, state);
  }

  public void finished(List<Long> tokens) {
    leadership.finished(tokens);
  }
}
