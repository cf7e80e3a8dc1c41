package dev.muster.actors.watch;

import dev.muster.actors.membership.MemberNames;
import dev.muster.api.catalog.CatalogStore;
import dev.muster.journal.codec.JournalCodec;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.read.JournalReader;
import dev.muster.journal.read.JournalReader.Sequenced;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Tells those who follow which histories on this node have become longer, and what the journal has
 * of any history. One per node with entities. It looks at what the entities have published, so that
 * they need not know who follows; while nobody does, it does nothing.
 */
public final class ChangeDesk extends AbstractBehavior<WatchMessage> {
  private static final String NAME = "muster-changes";

  /** Where that of each node is found. */
  public static final String PATH = "/system/" + NAME;

  /** A change is told of this much later, at most. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(10);

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(1);

  /** Whoever has not asked for so long has gone. */
  private static final Duration FORGET_AFTER = Duration.ofSeconds(30);

  private static final int EVENTS_AT_ONCE = 100;
  private static final int BYTES_AT_ONCE = 1 << 20;

  private record Look() implements WatchMessage {}

  private final String self;
  private final CatalogStore own;
  private final JournalReader journal;
  private final Supplier<HybridTime> time;
  private final LongSupplier nanoTime;
  private final TimerScheduler<WatchMessage> timers;
  private final Map<ActorRef<WatchMessage>, Following> following = new HashMap<>();

  /** Starts that of this node. */
  public static void start(
      ActorSystem<?> system, CatalogStore own, JournalReader journal, Supplier<HybridTime> time) {
    system.systemActorOf(
        create(MemberNames.self(system), own, journal, time, System::nanoTime),
        NAME,
        Props.empty());
  }

  static Behavior<WatchMessage> create(
      String self,
      CatalogStore own,
      JournalReader journal,
      Supplier<HybridTime> time,
      LongSupplier nanoTime) {
    return Behaviors.<WatchMessage>supervise(
            Behaviors.setup(
                context ->
                    Behaviors.withTimers(
                        timers ->
                            new ChangeDesk(context, timers, self, own, journal, time, nanoTime))))
        .onFailure(SupervisorStrategy.restart());
  }

  private ChangeDesk(
      ActorContext<WatchMessage> context,
      TimerScheduler<WatchMessage> timers,
      String self,
      CatalogStore own,
      JournalReader journal,
      Supplier<HybridTime> time,
      LongSupplier nanoTime) {
    super(context);
    this.timers = timers;
    this.self = self;
    this.own = own;
    this.journal = journal;
    this.time = time;
    this.nanoTime = nanoTime;
  }

  @Override
  public Receive<WatchMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(WatchMessage.PositionsQuestion.class, this::onPositions)
        .onMessage(WatchMessage.EventsQuestion.class, this::onEvents)
        .onMessage(Look.class, ignored -> onLook())
        .build();
  }

  private Behavior<WatchMessage> onPositions(WatchMessage.PositionsQuestion question) {
    Following who = following.computeIfAbsent(question.replyTo(), ref -> new Following());
    who.asks(question.known(), nanoTime.getAsLong());
    answer(question.replyTo(), who);
    if (!timers.isTimerActive(Look.class)) {
      timers.startTimerWithFixedDelay(Look.class, new Look(), LOOK_EVERY);
    }
    return this;
  }

  private Behavior<WatchMessage> onLook() {
    following.forEach(this::answer);
    long now = nanoTime.getAsLong();
    following.values().removeIf(who -> who.isSilentFor(FORGET_AFTER, now));
    if (following.isEmpty()) {
      timers.cancel(Look.class);
    }
    return this;
  }

  private void answer(ActorRef<WatchMessage> to, Following who) {
    if (who.isWaiting()
        && (who.hasNews(own.snapshot()) || who.waitsFor(ANSWER_WITHIN, nanoTime.getAsLong()))) {
      to.tell(who.answer(self, own.snapshot(), time.get()));
    }
  }

  private Behavior<WatchMessage> onEvents(WatchMessage.EventsQuestion question) {
    long to = question.from() + EVENTS_AT_ONCE - 1;
    CompletionStage<? extends List<? extends Sequenced<?>>> read =
        question.history().isEmpty()
            ? journal.environment(question.from(), to)
            : journal.cluster(new ClusterId(question.history()), question.from(), to);
    var log = getContext().getLog();
    read.whenComplete(
        (events, failure) -> {
          if (failure == null) {
            question
                .replyTo()
                .tell(
                    new WatchMessage.EventsPart(
                        question.history(), question.from(), encoded(events)));
          } else {
            // Whoever asked asks again.
            log.warn(
                "cannot tell what happened in history \"{}\": {}",
                question.history(),
                failure.getMessage());
          }
        });
    return this;
  }

  private static List<WatchMessage.Event> encoded(List<? extends Sequenced<?>> events) {
    List<WatchMessage.Event> encoded = new ArrayList<>();
    int bytes = 0;
    for (Sequenced<?> event : events) {
      if (bytes >= BYTES_AT_ONCE) {
        break;
      }
      JournalCodec.Encoded record = JournalCodec.STANDARD.encode(event.recorded());
      encoded.add(
          new WatchMessage.Event(
              event.sequenceNumber(), record.manifest().toString(), record.bytes()));
      bytes += record.bytes().length;
    }
    return encoded;
  }
}
