package dev.muster.actors.gather;

import dev.muster.actors.membership.Standing;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.CatalogStore;
import dev.muster.api.catalog.Published;
import dev.muster.journal.state.EnvironmentState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Names for statements: those that the last round has gathered, as long as nobody has a newer
 * environment. One number instead of all new rows.
 *
 * <pre>
 *   readers -- Read --> it lives here, for certain              as gathered: names, at once
 *                   --> else a NameQuestion to who had it last, a NameAnswer: certain
 *                   --> else to all who have rows, all answer, or one for certain
 *                                newer, nobody has it, or no answer: a round
 * </pre>
 *
 * <p><b>Why one node may answer alone.</b> The environment lives on one node at a time, and another
 * one starts it only when the first has stopped it in good order, or when the first one's {@link
 * Standing} is over. So a node that has it, and whose standing holds once it has looked, has looked
 * at the newest.
 *
 * <p>Otherwise it is a round of its own kind, and no name shows the past for the same reasons
 * ({@link Gatherer}): who comes while a question is under way waits for the next one, and every
 * member must answer.
 */
final class NameReader extends AbstractBehavior<GatherMessage> {
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  /** So many looks without all answers, and the gatherer sees to it. */
  private static final int LOOKS_BEFORE_GATHERING = 2;

  /** Then it goes on doing so for so many looks: somebody is gone, or of an earlier version. */
  private static final int LOOKS_OF_REST = 10;

  /** Somebody wants the names. */
  record Read(CompletableFuture<CatalogSnapshot> reader) implements GatherMessage {}

  private record Look() implements GatherMessage {}

  private final CatalogStore own;
  private final Members members;
  private final Standing standing;
  private final Supplier<CatalogSnapshot> seen;
  private final Supplier<CompletionStage<CatalogSnapshot>> round;
  private final Set<String> awaited = new HashSet<>();
  private final List<CompletableFuture<CatalogSnapshot>> readers = new ArrayList<>();
  private final List<CompletableFuture<CatalogSnapshot>> next = new ArrayList<>();
  private OptionalLong newest = OptionalLong.empty();
  private Optional<String> lastOwner = Optional.empty();
  private long number;
  private boolean underWay;
  private int looks;
  private int rest;

  /**
   * @param members where the others of its kind are
   * @param standing of this node
   * @param seen what the last round has brought
   * @param round another one
   */
  static Behavior<GatherMessage> create(
      CatalogStore own,
      Members members,
      Standing standing,
      Supplier<CatalogSnapshot> seen,
      Supplier<CompletionStage<CatalogSnapshot>> round) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new NameReader(context, timers, own, members, standing, seen, round)));
  }

  private NameReader(
      ActorContext<GatherMessage> context,
      TimerScheduler<GatherMessage> timers,
      CatalogStore own,
      Members members,
      Standing standing,
      Supplier<CatalogSnapshot> seen,
      Supplier<CompletionStage<CatalogSnapshot>> round) {
    super(context);
    this.own = own;
    this.members = members;
    this.standing = standing;
    this.seen = seen;
    this.round = round;
    timers.startTimerWithFixedDelay(new Look(), LOOK_EVERY);
  }

  @Override
  public Receive<GatherMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(Read.class, this::onRead)
        .onMessage(NameQuestion.class, this::onQuestion)
        .onMessage(NameAnswer.class, this::onAnswer)
        .onMessage(Look.class, ignored -> onLook())
        .build();
  }

  /** Whoever is a member no longer, as after having been suspended, learns nothing. */
  private Behavior<GatherMessage> onQuestion(NameQuestion question) {
    if (members.all().contains(question.asker())) {
      question.replyTo().tell(ownAnswer(question.number()));
    }
    return this;
  }

  /** The order matters: the standing is looked at when the environment has been. */
  private NameAnswer ownAnswer(long question) {
    OptionalLong sequenceNumber = ownNumber();
    boolean certain = sequenceNumber.isPresent() && standing.holds();
    return new NameAnswer(members.self(), question, sequenceNumber, certain);
  }

  private OptionalLong ownNumber() {
    Published<EnvironmentState> environment = own.snapshot().environment();
    return environment.state().environmentId().isPresent()
        ? OptionalLong.of(environment.sequenceNumber())
        : OptionalLong.empty();
  }

  private Behavior<GatherMessage> onRead(Read read) {
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
    if (rest > 0 || !members.isMember()) {
      gather();
      return;
    }
    NameAnswer here = ownAnswer(0);
    if (here.certain()) {
      newest = here.sequenceNumber();
      answerReaders();
      return;
    }
    Map<String, Members.Peer> peers = members.withRows();
    lastOwner = lastOwner.filter(node -> peers.containsKey(node) && !node.equals(members.self()));
    if (lastOwner.isPresent()) {
      ask(Map.of(lastOwner.get(), peers.get(lastOwner.get())));
    } else {
      askAll(peers);
    }
  }

  private void askAll(Map<String, Members.Peer> peers) {
    lastOwner = Optional.empty();
    ask(peers);
    endIfAnswered();
  }

  private void ask(Map<String, Members.Peer> whom) {
    underWay = true;
    looks = 0;
    number++;
    newest = OptionalLong.empty();
    awaited.clear();
    NameQuestion question =
        new NameQuestion(members.self(), number, getContext().getSelf().narrow());
    whom.forEach(
        (node, peer) -> {
          if (node.equals(members.self())) {
            note(ownNumber());
          } else {
            awaited.add(node);
            peer.actor().tell(question);
          }
        });
  }

  private void note(OptionalLong sequenceNumber) {
    if (sequenceNumber.isPresent()) {
      newest = OptionalLong.of(Math.max(newest.orElse(0), sequenceNumber.getAsLong()));
    }
  }

  private Behavior<GatherMessage> onAnswer(NameAnswer answer) {
    if (!underWay || answer.number() != number || !awaited.remove(answer.node())) {
      return this;
    }
    note(answer.sequenceNumber());
    if (answer.certain()) {
      lastOwner = Optional.of(answer.node());
      awaited.clear();
      newest = answer.sequenceNumber();
    } else if (lastOwner.isPresent()) {
      askAll(members.withRows());
      return this;
    }
    endIfAnswered();
    return this;
  }

  private void endIfAnswered() {
    if (awaited.isEmpty()) {
      answerReaders();
      ask();
    }
  }

  private void answerReaders() {
    underWay = false;
    CatalogSnapshot known = seen.get();
    if (newest.isPresent() && isAsNewAs(newest.getAsLong(), known.environment())) {
      readers.forEach(reader -> reader.complete(known));
      readers.clear();
    } else {
      gather();
    }
  }

  private static boolean isAsNewAs(long sequenceNumber, Published<EnvironmentState> known) {
    return known.state().environmentId().isPresent() && known.sequenceNumber() >= sequenceNumber;
  }

  private Behavior<GatherMessage> onLook() {
    rest = Math.max(0, rest - 1);
    if (underWay && ++looks >= LOOKS_BEFORE_GATHERING) {
      underWay = false;
      lastOwner = Optional.empty();
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
