package dev.muster.actors.entity;

import dev.muster.api.command.Reply;
import dev.muster.journal.event.ChainHead;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * One on each node: tells the environment at an interval, and when Muster stops, how far the hash
 * chains of this node's clusters are, as far as they have moved. What it gets no answer to is told
 * again.
 */
public final class ChainReporter extends AbstractBehavior<ChainReporter.Message> {
  /** In one event: so that none gets long. */
  static final int HEADS_AT_MOST = 500;

  /** What it receives. */
  public sealed interface Message {
    record Look() implements Message {}

    record Answered(Answer answer) implements Message {}

    /** Muster stops: what has moved is told now. */
    record Flush(ActorRef<Done> done) implements Message {}
  }

  private final ChainHeads heads;
  private final Consumer<EnvironmentMessage> environment;
  private final ActorRef<Answer> answers;
  private List<ChainHead> told = List.of();
  private int unanswered;
  private Optional<ActorRef<Done>> flushing = Optional.empty();

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
        .onMessage(Message.Look.class, ignored -> look())
        .onMessage(Message.Answered.class, answered -> answered(answered.answer()))
        .onMessage(Message.Flush.class, this::flush)
        .build();
  }

  /** What was told a whole interval ago and not answered is lost. */
  private Behavior<Message> look() {
    unanswered = 0;
    return tell();
  }

  private Behavior<Message> flush(Message.Flush flush) {
    flushing = Optional.of(flush.done());
    return tell();
  }

  private Behavior<Message> tell() {
    told = heads.some(HEADS_AT_MOST);
    if (!told.isEmpty()) {
      unanswered++;
      environment.accept(new EnvironmentMessage.Checkpoint(told, answers));
    } else {
      flushing.ifPresent(done -> done.tell(Done.getInstance()));
      flushing = Optional.empty();
    }
    return this;
  }

  /** The environment answers in the order in which it was told: only the last is of these. */
  private Behavior<Message> answered(Answer answer) {
    unanswered = Math.max(0, unanswered - 1);
    if (unanswered == 0 && answer.reply() instanceof Reply.Done) {
      boolean more = told.size() == HEADS_AT_MOST || flushing.isPresent();
      heads.checkpointed(told);
      told = List.of();
      return more ? tell() : this;
    }
    return this;
  }
}
