package dev.muster.actors.watch;

import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.watch.Change;
import dev.muster.api.watch.Watch;
import dev.muster.api.watch.WatchEndedException;
import dev.muster.journal.codec.JournalCodec;
import dev.muster.journal.event.Recorded;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Follows for one subscriber: has every node with entities say which histories are longer now, and
 * reads from the journal what is missing. Each node is asked by itself, so that one that is silent
 * keeps nobody from hearing of the others.
 */
final class ChangeWatch extends AbstractBehavior<WatchMessage> {
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  /**
   * An answer that has not come by then was lost, or its node is; nodes say within one that nothing
   * is new.
   */
  private static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(3);

  /** After the present could not be told. */
  static final Duration BEGIN_AGAIN_AFTER = Duration.ofMillis(500);

  private static final int READS_AT_ONCE = 8;

  /**
   * The subscriber wants more. One at a time; answered when there is some, and with nothing at the
   * end of the watch.
   */
  record Next(CompletableFuture<List<Change>> reader) implements WatchMessage {}

  /** The subscriber wants no more. */
  record Stop() implements WatchMessage {}

  private record Look() implements WatchMessage {}

  private record Begin() implements WatchMessage {}

  private record Begun(CatalogSnapshot snapshot) implements WatchMessage {}

  private record NotBegun(Throwable failure) implements WatchMessage {}

  /** A node that is asked for news. */
  private static final class Asked {
    private long known;
    private long sinceNanos;
  }

  private final Watch watch;
  private final Supplier<CompletionStage<CatalogSnapshot>> catalog;
  private final Supplier<Map<String, ActorRef<WatchMessage>>> desks;
  private final LongSupplier nanoTime;
  private final Map<String, Asked> asked = new HashMap<>();
  private final Map<String, String> announcers = new HashMap<>();
  private final Map<String, Long> reading = new HashMap<>();
  private WatchLog log;
  private String hindrance = "";
  private CompletableFuture<List<Change>> reader;

  /**
   * @param catalog read once, to begin from
   * @param desks the {@link ChangeDesk} of each node with entities, by name
   */
  static Behavior<WatchMessage> create(
      Watch watch,
      Supplier<CompletionStage<CatalogSnapshot>> catalog,
      Supplier<Map<String, ActorRef<WatchMessage>>> desks,
      LongSupplier nanoTime) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new ChangeWatch(context, timers, watch, catalog, desks, nanoTime)));
  }

  private ChangeWatch(
      ActorContext<WatchMessage> context,
      TimerScheduler<WatchMessage> timers,
      Watch watch,
      Supplier<CompletionStage<CatalogSnapshot>> catalog,
      Supplier<Map<String, ActorRef<WatchMessage>>> desks,
      LongSupplier nanoTime) {
    super(context);
    this.watch = watch;
    this.catalog = catalog;
    this.desks = desks;
    this.nanoTime = nanoTime;
    timers.startTimerWithFixedDelay(new Look(), LOOK_EVERY);
    begin();
  }

  private void begin() {
    getContext()
        .pipeToSelf(
            catalog.get(),
            (snapshot, failure) -> failure == null ? new Begun(snapshot) : new NotBegun(failure));
  }

  @Override
  public Receive<WatchMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(Next.class, this::onNext)
        .onMessage(WatchMessage.Positions.class, this::onPositions)
        .onMessage(WatchMessage.EventsPart.class, this::onEvents)
        .onMessage(Begun.class, this::onBegun)
        .onMessage(NotBegun.class, this::onNotBegun)
        .onMessage(Begin.class, ignored -> onBegin())
        .onMessage(Look.class, ignored -> onLook())
        .onMessage(Stop.class, ignored -> Behaviors.stopped())
        .onSignal(PostStop.class, ignored -> onStopped())
        .build();
  }

  private Behavior<WatchMessage> onBegun(Begun begun) {
    log = WatchStart.of(watch, begun.snapshot());
    return onLook();
  }

  /**
   * The nodes may be busy with the death of one of them, or what they have cannot be read: a watch
   * begins once they can tell. They may have said so at once, and are left alone for a while.
   */
  private Behavior<WatchMessage> onNotBegun(NotBegun not) {
    String reason = String.valueOf(not.failure().getMessage());
    if (!reason.equals(hindrance)) {
      hindrance = reason;
      getContext().getLog().info("a watch cannot begin yet: {}", reason);
    }
    getContext().scheduleOnce(BEGIN_AGAIN_AFTER, getContext().getSelf(), new Begin());
    return this;
  }

  private Behavior<WatchMessage> onBegin() {
    begin();
    return this;
  }

  private Behavior<WatchMessage> onNext(Next next) {
    reader = next.reader();
    tell();
    return this;
  }

  private Behavior<WatchMessage> onPositions(WatchMessage.Positions positions) {
    Asked node = asked.get(positions.node());
    if (node == null || node.known != positions.known()) {
      return this;
    }
    node.known = positions.number();
    for (WatchMessage.Position position : positions.positions()) {
      log.announced(position.history(), position.sequenceNumber());
      announcers.put(position.history(), positions.node());
    }
    askForNews(positions.node(), node, desks.get().get(positions.node()));
    readOn();
    return this;
  }

  private Behavior<WatchMessage> onEvents(WatchMessage.EventsPart part) {
    boolean news =
        log.arrived(
            part.history(),
            part.from(),
            part.events().stream()
                .map(
                    event ->
                        new WatchLog.Read(
                            event.sequenceNumber(),
                            (Recorded<?>)
                                JournalCodec.STANDARD.decode(event.manifest(), event.recorded())))
                .toList());
    if (news) {
      reading.remove(part.history());
    } else {
      // Not there yet, or said before; the next look asks again.
      reading.computeIfPresent(part.history(), (history, until) -> nanoTime.getAsLong());
    }
    tell();
    readOn();
    return this;
  }

  private Behavior<WatchMessage> onLook() {
    if (log == null) {
      return this;
    }
    Map<String, ActorRef<WatchMessage>> now = desks.get();
    asked.keySet().retainAll(now.keySet());
    long nanos = nanoTime.getAsLong();
    now.forEach(
        (node, desk) -> {
          Asked known = asked.get(node);
          if (known == null) {
            askForNews(node, new Asked(), desk);
          } else if (nanos - known.sinceNanos >= ASK_AGAIN_AFTER.toNanos()) {
            askForNews(node, known, desk);
          }
        });
    reading.values().removeIf(until -> nanos - until >= 0);
    readOn();
    tell();
    return this;
  }

  private void askForNews(String name, Asked node, ActorRef<WatchMessage> desk) {
    if (desk != null) {
      asked.put(name, node);
      node.sinceNanos = nanoTime.getAsLong();
      desk.tell(new WatchMessage.PositionsQuestion(node.known, getContext().getSelf()));
    }
  }

  private void readOn() {
    Map<String, ActorRef<WatchMessage>> now = desks.get();
    for (String history : log.missing()) {
      if (reading.size() >= READS_AT_ONCE || now.isEmpty()) {
        return;
      }
      if (!reading.containsKey(history)) {
        reading.put(history, nanoTime.getAsLong() + ASK_AGAIN_AFTER.toNanos());
        ActorRef<WatchMessage> desk = now.get(announcers.getOrDefault(history, ""));
        (desk == null ? now.values().iterator().next() : desk)
            .tell(
                new WatchMessage.EventsQuestion(
                    history, log.next(history), getContext().getSelf()));
      }
    }
  }

  private void tell() {
    if (reader != null && log != null && (log.hasReady() || log.isOver())) {
      CompletableFuture<List<Change>> waiting = reader;
      reader = null;
      waiting.complete(log.take());
    }
  }

  private Behavior<WatchMessage> onStopped() {
    if (reader != null) {
      reader.completeExceptionally(
          new WatchEndedException("this program is no member of the cluster of nodes any more"));
    }
    return this;
  }
}
