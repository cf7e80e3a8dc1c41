package dev.muster.actors.client;

import dev.muster.actors.entity.EnvironmentMessage;
import dev.muster.actors.entity.EnvironmentPosition;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.Published;
import dev.muster.journal.state.EnvironmentState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Names for statements, on one of several nodes: those that the last round has gathered, as long as
 * the environment says that nothing was journaled since. One question to one entity instead of one
 * to every node, and no rows but where there are new ones; a node that is gone holds up nobody but
 * those whose environment it has.
 *
 * <pre>
 *   readers -- Read --> PositionQuestion to the environment --> EnvironmentPosition
 *                          as gathered: names, at once          newer, or no answer: a round of all nodes
 * </pre>
 *
 * Who comes while a question is under way waits for the next one: its answer may be older than what
 * was acknowledged to him. One question serves all who have gathered by then.
 *
 * <p>Why no name shows the past. The environment answers after the question was sent, and only
 * where its node's standing holds: then nobody else has it, and all that was acknowledged of it
 * before is in what it has journaled.
 */
final class NameReader extends AbstractBehavior<NameReader.Message> {
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  /** So many looks without an answer, and all nodes are asked. */
  private static final int LOOKS_BEFORE_GATHERING = 2;

  /** Then nobody waits for it again for so many looks: it is on its way, or of another version. */
  private static final int LOOKS_OF_REST = 10;

  /** What it receives. */
  sealed interface Message {}

  /** Somebody wants the names. */
  record Read(CompletableFuture<CatalogSnapshot> reader) implements Message {}

  private record Answered(EnvironmentPosition position) implements Message {}

  private record Look() implements Message {}

  private final Consumer<EnvironmentMessage> environment;
  private final Supplier<CatalogSnapshot> seen;
  private final Supplier<CompletionStage<CatalogSnapshot>> round;
  private final ActorRef<EnvironmentPosition> answers;
  private final List<CompletableFuture<CatalogSnapshot>> readers = new ArrayList<>();
  private final List<CompletableFuture<CatalogSnapshot>> next = new ArrayList<>();
  private long number;
  private boolean underWay;
  private int looks;
  private int rest;

  /**
   * @param environment where questions go
   * @param seen what the last round has brought
   * @param round another one
   */
  static Behavior<Message> create(
      Consumer<EnvironmentMessage> environment,
      Supplier<CatalogSnapshot> seen,
      Supplier<CompletionStage<CatalogSnapshot>> round) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new NameReader(context, timers, environment, seen, round)));
  }

  private NameReader(
      ActorContext<Message> context,
      TimerScheduler<Message> timers,
      Consumer<EnvironmentMessage> environment,
      Supplier<CatalogSnapshot> seen,
      Supplier<CompletionStage<CatalogSnapshot>> round) {
    super(context);
    this.environment = environment;
    this.seen = seen;
    this.round = round;
    this.answers = context.messageAdapter(EnvironmentPosition.class, Answered::new);
    timers.startTimerWithFixedDelay(new Look(), LOOK_EVERY);
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Read.class, this::onRead)
        .onMessage(Answered.class, this::onAnswer)
        .onMessage(Look.class, ignored -> onLook())
        .build();
  }

  private Behavior<Message> onRead(Read read) {
    next.add(read.reader());
    ask();
    return this;
  }

  private void ask() {
    if (underWay || next.isEmpty()) {
      return;
    }
    readers.addAll(next);
    next.clear();
    if (rest > 0) {
      gather();
      return;
    }
    underWay = true;
    looks = 0;
    number++;
    environment.accept(new EnvironmentMessage.PositionQuestion(number, answers));
  }

  private Behavior<Message> onAnswer(Answered answered) {
    rest = 0;
    EnvironmentPosition position = answered.position();
    if (!underWay || position.number() != number) {
      return this;
    }
    underWay = false;
    CatalogSnapshot known = seen.get();
    if (isAsNewAs(position, known.environment())) {
      readers.forEach(reader -> reader.complete(known));
      readers.clear();
    } else {
      gather();
    }
    ask();
    return this;
  }

  private static boolean isAsNewAs(
      EnvironmentPosition position, Published<EnvironmentState> known) {
    return known.state().environmentId().isPresent()
        && known.sequenceNumber() >= position.sequenceNumber();
  }

  private Behavior<Message> onLook() {
    rest = Math.max(0, rest - 1);
    if (underWay && ++looks >= LOOKS_BEFORE_GATHERING) {
      underWay = false;
      rest = LOOKS_OF_REST;
      gather();
      ask();
    }
    return this;
  }

  /** A round of all nodes answers those who wait. */
  private void gather() {
    List<CompletableFuture<CatalogSnapshot>> waiting = List.copyOf(readers);
    readers.clear();
    round
        .get()
        .whenComplete(
            (snapshot, failure) ->
                waiting.forEach(
                    reader -> {
                      if (failure == null) {
                        reader.complete(snapshot);
                      } else {
                        reader.completeExceptionally(failure);
                      }
                    }));
  }
}
