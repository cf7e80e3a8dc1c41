package dev.muster.actors.entity;

import dev.muster.api.command.Reply;
import dev.muster.journal.event.ChainHead;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * One on each node: tells the environment at an interval how far the hash chains of this node's
 * clusters are, as far as they have moved. What it gets no answer to is told again.
 */
public final class ChainReporter extends AbstractBehavior<ChainReporter.Message> {
  /** In one event: so that none gets long. */
  static final int HEADS_AT_MOST = 500;

  /** What it receives. */
  sealed interface Message {
    record Look() implements Message {}

    record Answered(Answer answer) implements Message {}
  }

  private final ChainHeads heads;
  private final Consumer<EnvironmentMessage> environment;
  private final ActorRef<Answer> answers;
  private List<ChainHead> told = List.of();

  /**
   * @param environment delivers a message to the environment's entity
   */
  public static Behavior<Message> create(
      ChainHeads heads, Duration interval, Consumer<EnvironmentMessage> environment) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(new Message.Look(), interval);
                  return new ChainReporter(context, heads, environment);
                }));
  }

  private ChainReporter(
      ActorContext<Message> context, ChainHeads heads, Consumer<EnvironmentMessage> environment) {
    super(context);
    this.heads = heads;
    this.environment = environment;
    this.answers = context.messageAdapter(Answer.class, Message.Answered::new);
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Message.Look.class, ignored -> tell())
        .onMessage(Message.Answered.class, answered -> answered(answered.answer()))
        .build();
  }

  private Behavior<Message> tell() {
    told = heads.some(HEADS_AT_MOST);
    if (!told.isEmpty()) {
      environment.accept(new EnvironmentMessage.Checkpoint(told, answers));
    }
    return this;
  }

  private Behavior<Message> answered(Answer answer) {
    if (answer.reply() instanceof Reply.Done) {
      boolean more = told.size() == HEADS_AT_MOST;
      heads.checkpointed(told);
      told = List.of();
      return more ? tell() : this;
    }
    return this;
  }
}
