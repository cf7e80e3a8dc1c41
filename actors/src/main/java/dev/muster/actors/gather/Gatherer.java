package dev.muster.actors.gather;

import dev.muster.actors.placement.HostLoad;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.CatalogStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PreRestart;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Asks all nodes for their rows, and tells others those of its own. One per node.
 *
 * <pre>
 *   readers -- Read --> round: a CatalogQuestion to all who have rows --> CatalogPart from each --> readers
 * </pre>
 *
 * Who comes while a round is under way waits for the next one: an answer of this round may be older
 * than what was acknowledged to him. One round serves all who have gathered by its beginning, so
 * that very many readers cost no more than few. A round ends when all who were asked have answered;
 * one that is removed from the membership meanwhile is not waited for any longer, and its rows go.
 */
final class Gatherer extends AbstractBehavior<GatherMessage> {
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final Duration FOLLOW_EVERY = Duration.ofSeconds(1);
  private static final int LOOKS_BEFORE_ASKING_AGAIN = 10;

  /** A read that wants what is newest. */
  record Read(CompletableFuture<CatalogSnapshot> reader) implements GatherMessage {}

  /** A round that nobody waits for keeps what follows from the catalog up to date. */
  private record Follow() implements GatherMessage {}

  private record Look() implements GatherMessage {}

  private final CatalogStore own;
  private final List<HostLoad> ownHosts;
  private final Members members;
  private final CatalogSession.Size partSize;
  private final Consumer<Gathered> follower;
  private final Consumer<String> hindrance;
  private final Rows rows = new Rows();
  private final Union union = new Union(rows);
  private final Map<String, CatalogSession> sessions = new HashMap<>();
  private final Map<String, Long> known = new HashMap<>();
  private final Map<String, Members.Peer> awaited = new HashMap<>();
  private final List<CompletableFuture<CatalogSnapshot>> readers = new ArrayList<>();
  private final List<CompletableFuture<CatalogSnapshot>> next = new ArrayList<>();
  private long round;
  private boolean underWay;
  private int looks;

  static Behavior<GatherMessage> create(
      CatalogStore own,
      List<HostLoad> ownHosts,
      Members members,
      CatalogSession.Size partSize,
      Consumer<Gathered> follower,
      Consumer<String> hindrance) {
    Behavior<GatherMessage> gatherer =
        Behaviors.setup(
            context ->
                Behaviors.withTimers(
                    timers ->
                        new Gatherer(
                            context, timers, own, ownHosts, members, partSize, follower,
                            hindrance)));
    // Whose rows cannot be read, as those of a newer node, keeps reads waiting, and no longer than
    // that: the next round asks for everything again.
    return Behaviors.supervise(gatherer)
        .onFailure(
            SupervisorStrategy.restartWithBackoff(FOLLOW_EVERY, FOLLOW_EVERY.multipliedBy(5), 0.2));
  }

  private Gatherer(
      ActorContext<GatherMessage> context,
      TimerScheduler<GatherMessage> timers,
      CatalogStore own,
      List<HostLoad> ownHosts,
      Members members,
      CatalogSession.Size partSize,
      Consumer<Gathered> follower,
      Consumer<String> hindrance) {
    super(context);
    this.own = own;
    this.ownHosts = List.copyOf(ownHosts);
    this.members = members;
    this.partSize = partSize;
    this.follower = follower;
    this.hindrance = hindrance;
    timers.startTimerWithFixedDelay(new Follow(), FOLLOW_EVERY);
    timers.startTimerWithFixedDelay(new Look(), LOOK_EVERY);
  }

  @Override
  public Receive<GatherMessage> createReceive() {
    return newReceiveBuilder()
        .onMessage(Read.class, this::onRead)
        .onMessage(CatalogQuestion.class, this::onQuestion)
        .onMessage(CatalogPart.class, this::onPart)
        .onMessage(Follow.class, ignored -> onFollow())
        .onMessage(Look.class, ignored -> onLook())
        .onSignal(PreRestart.class, ignored -> onFailure())
        .build();
  }

  private Behavior<GatherMessage> onRead(Read read) {
    next.add(read.reader());
    return begin();
  }

  private Behavior<GatherMessage> onFollow() {
    return begin();
  }

  /** Whoever is a member no longer, as after having been suspended, learns nothing. */
  private Behavior<GatherMessage> onQuestion(CatalogQuestion question) {
    if (!members.all().contains(question.asker())) {
      return this;
    }
    CatalogSession session =
        sessions.computeIfAbsent(
            question.asker(), asker -> new CatalogSession(members.self(), partSize, rows));
    question.replyTo().tell(session.answer(question, own.snapshot(), ownHosts));
    return this;
  }

  private Behavior<GatherMessage> begin() {
    if (underWay || !members.isMember()) {
      return this;
    }
    underWay = true;
    round++;
    looks = 0;
    readers.addAll(next);
    next.clear();
    Map<String, Members.Peer> now = members.withRows();
    union.nodes().stream().filter(node -> !now.containsKey(node)).forEach(this::forget);
    awaited.clear();
    awaited.putAll(now);
    List.copyOf(awaited.keySet()).forEach(this::ask);
    return this;
  }

  private void ask(String node) {
    CatalogQuestion question =
        new CatalogQuestion(
            members.self(), known.getOrDefault(node, 0L), round, getContext().getSelf().narrow());
    if (node.equals(members.self())) {
      onQuestion(question);
    } else {
      awaited.get(node).actor().tell(question);
    }
  }

  private Behavior<GatherMessage> onPart(CatalogPart part) {
    long before = known.getOrDefault(part.node(), 0L);
    boolean follows = part.whole() || part.number() == before + 1;
    // Of a question that was asked twice only one answer goes on; the other would go on for ever.
    if (!awaited.containsKey(part.node()) || part.known() != before || !follows) {
      return this;
    }
    union.apply(part);
    known.put(part.node(), part.number());
    looks = 0;
    if (part.round() == round) {
      if (part.last()) {
        awaited.remove(part.node());
        endIfAnswered();
      } else {
        ask(part.node());
      }
    }
    return this;
  }

  private void endIfAnswered() {
    if (!underWay || !awaited.isEmpty()) {
      return;
    }
    underWay = false;
    hindrance.accept("");
    CatalogSnapshot snapshot = union.snapshot();
    Map<String, List<HostLoad>> hosts = new HashMap<>();
    union.nodes().forEach(node -> hosts.put(node, union.hosts(node)));
    follower.accept(new Gathered(snapshot, own.snapshot(), hosts));
    readers.forEach(reader -> reader.complete(snapshot));
    readers.clear();
    if (!next.isEmpty()) {
      begin();
    }
  }

  /** Whoever has left is waited for no longer; whoever did not answer is asked again. */
  private Behavior<GatherMessage> onLook() {
    Set<String> present = new HashSet<>(members.all());
    sessions.keySet().retainAll(present);
    if (!members.isMember()) {
      hindrance.accept("this node is no member yet: no seed has let it in");
    }
    if (!underWay) {
      return next.isEmpty() ? this : begin();
    }
    for (String node : List.copyOf(awaited.keySet())) {
      if (!present.contains(node)) {
        awaited.remove(node);
        forget(node);
      }
    }
    endIfAnswered();
    if (underWay && ++looks % LOOKS_BEFORE_ASKING_AGAIN == 0) {
      hindrance.accept(
          "no answer from "
              + String.join(
                  ", ",
                  awaited.values().stream().map(Members.Peer::hostAndPort).sorted().toList()));
      List.copyOf(awaited.keySet()).forEach(this::ask);
    }
    return this;
  }

  /** Who reads now waits in vain, and is told why. */
  private Behavior<GatherMessage> onFailure() {
    hindrance.accept("what a node told of its clusters could not be read; its log says why");
    return this;
  }

  private void forget(String node) {
    union.forget(node);
    known.remove(node);
  }
}
