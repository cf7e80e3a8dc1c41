package dev.muster.actors.entity;

import dev.muster.actors.cluster.CreditLimit;
import dev.muster.actors.decision.Decision;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.state.ClusterState;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * Has the environment reserve what a statement would add to the rate of credits, where there is a
 * limit on it: one entity judges for all, one statement after the other. Where there is none, or
 * the rate does not rise, nobody is asked.
 */
final class CreditDesk {
  private final ClusterId id;
  private final EntityRuntime runtime;
  private final ActorRef<Answer> answers;
  private final Map<Long, Asked> asked = new HashMap<>();
  private long lastToken;

  /** A statement that waits for the answer. */
  record Asked(ClusterMessage.Execute execute, BigDecimal desired, BigDecimal current) {}

  CreditDesk(ActorContext<ClusterMessage> context, ClusterId id, EntityRuntime runtime) {
    this.id = id;
    this.runtime = runtime;
    this.answers = context.messageAdapter(Answer.class, ClusterMessage.CreditsAnswered::new);
  }

  /**
   * Asks where that is needed.
   *
   * @param granted what was reserved for the statement
   * @param decider what the statement would do if there were no limit
   * @return whether the statement has to wait
   */
  boolean asks(
      ClusterState state,
      ClusterMessage.Execute execute,
      Optional<BigDecimal> granted,
      Supplier<Decision<ClusterEvent>> decider) {
    if (CreditLimit.of(runtime.seen().get().environment().state()).isEmpty()
        || execute.by().equals(Origin.SYSTEM)) {
      return false;
    }
    BigDecimal current = CreditLimit.rate(state);
    BigDecimal desired = desired(state, decider.get());
    if (desired.compareTo(current) <= 0
        || granted.filter(most -> desired.compareTo(most) <= 0).isPresent()) {
      return false;
    }
    forgetLate();
    asked.put(++lastToken, new Asked(execute, desired, current));
    ask(lastToken);
    return true;
  }

  private void ask(long token) {
    Asked one = asked.get(token);
    runtime
        .environment()
        .accept(
            new EnvironmentMessage.ReserveCredits(
                id, one.desired(), one.current(), token, answers));
  }

  /** Whoever sent the statement has heard nothing: it may be the environment that did not. */
  void remind(ClusterMessage.Execute execute) {
    for (Map.Entry<Long, Asked> one : asked.entrySet()) {
      if (one.getValue().execute().equals(execute)) {
        ask(one.getKey());
      }
    }
  }

  private BigDecimal desired(ClusterState state, Decision<ClusterEvent> decision) {
    if (!(decision instanceof Decision.Accepted<ClusterEvent> accepted)) {
      return BigDecimal.ZERO;
    }
    ClusterState after = state;
    HybridTime now = runtime.clock().next();
    for (ClusterEvent event : accepted.events()) {
      after = after.evolve(now, event);
    }
    return CreditLimit.rate(after);
  }

  /** Nobody waits any more for those that were never answered. */
  private void forgetLate() {
    long now = runtime.clock().next().epochMillis();
    asked.values().removeIf(one -> one.execute().deadlineEpochMillis() < now);
  }

  /** The statement that an answer is for; empty where it is answered already. */
  Optional<Asked> answered(Answer answer) {
    runtime.clock().observe(answer.at());
    return Optional.ofNullable(asked.remove(answer.token()));
  }

  /** What was reserved is in the journal by now, or never will be. */
  void settled(long sequenceNumber) {
    runtime.environment().accept(new EnvironmentMessage.CreditsSettled(id, sequenceNumber));
  }
}
