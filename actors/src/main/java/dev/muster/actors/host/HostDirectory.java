package dev.muster.actors.host;

import dev.muster.journal.event.ReplicaId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.actor.typed.receptionist.Receptionist;

/**
 * Tells supervisors which host has a zone. One per node: it alone listens to the receptionist, so
 * that ten thousand supervisors need not. A question about a zone without a host is answered when
 * one appears.
 *
 * <p>Where a zone has several hosts, a replica's is the one that it was last seen on, and as long
 * as that may come back, it is waited for: there the replica may be running. Else all of them are
 * asked for it ({@link HostSearch}), and where none has it, it is the one that has room for it by
 * this node's account, or, where that is not there, the one with the highest hash of replica and
 * host: every node chooses the same.
 */
public final class HostDirectory extends AbstractBehavior<HostDirectory.Command> {
  private static final Duration LOOK_AGAIN_AFTER = Duration.ofSeconds(1);

  private final Map<String, Set<ActorRef<HostCommand>>> hostsByZone = new HashMap<>();
  private final Map<String, List<Waiting>> waitingByZone = new HashMap<>();
  private final ActorRef<Receptionist.Listing> listings;
  private final TimerScheduler<Command> timers;
  private final Predicate<String> mayComeBack;
  private final Function<ReplicaId, Optional<String>> placed;
  private final Function<String, Optional<HostLoss>> losses;

  /**
   * A question without its answer.
   *
   * @param told whether who asked knows that the host is missing
   */
  private record Waiting(Locate question, boolean told) {}

  /** What the directory understands. */
  public sealed interface Command {}

  /**
   * Which host has the replica? Answered by {@link Located}, and before that, where there is none
   * and none is on its way, by {@link Missing}.
   *
   * @param last the name of the one that it was last seen on
   */
  public record Locate(
      String zone, ReplicaId replica, Optional<String> last, ActorRef<Answer> replyTo)
      implements Command {}

  /** What is answered. */
  public sealed interface Answer {}

  /**
   * That one.
   *
   * @param name as the journal shall show it
   */
  public record Located(ActorRef<HostCommand> host, String name) implements Answer {}

  /**
   * There is none, as in a zone that is out of service. One that appears is told all the same.
   *
   * @param since where that is known
   */
  public record Missing(Optional<Instant> since) implements Answer {}

  private record Listed(Receptionist.Listing listing) implements Command {}

  /** All hosts of a zone were asked. */
  private record Searched(Waiting waiting, HostSearch result) implements Command {}

  /** Those who wait may wait no longer. */
  private record LookAgain() implements Command {}

  /**
   * The directory of one node.
   *
   * @param mayComeBack whether a host that is not there counts as one that comes back
   * @param placed the host on which a replica has room; asked for one that was not seen before
   * @param losses of a zone that has no host, and is not about to have one
   */
  public static Behavior<Command> create(
      Predicate<String> mayComeBack,
      Function<ReplicaId, Optional<String>> placed,
      Function<String, Optional<HostLoss>> losses) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new HostDirectory(context, timers, mayComeBack, placed, losses)));
  }

  private HostDirectory(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Predicate<String> mayComeBack,
      Function<ReplicaId, Optional<String>> placed,
      Function<String, Optional<HostLoss>> losses) {
    super(context);
    this.timers = timers;
    this.mayComeBack = mayComeBack;
    this.placed = placed;
    this.losses = losses;
    this.listings = context.messageAdapter(Receptionist.Listing.class, Listed::new);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Locate.class, this::onLocate)
        .onMessage(Listed.class, listed -> onListed(listed.listing()))
        .onMessage(Searched.class, this::onSearched)
        .onMessage(LookAgain.class, ignored -> onLookAgain())
        .build();
  }

  private Behavior<Command> onLocate(Locate locate) {
    if (!hostsByZone.containsKey(locate.zone())) {
      hostsByZone.put(locate.zone(), Set.of());
      getContext()
          .getSystem()
          .receptionist()
          .tell(Receptionist.subscribe(Host.key(locate.zone()), listings));
    }
    answer(new Waiting(locate, false));
    return this;
  }

  private Behavior<Command> onListed(Receptionist.Listing listing) {
    for (String zone : List.copyOf(hostsByZone.keySet())) {
      if (listing.isForKey(Host.key(zone))) {
        hostsByZone.put(zone, listing.getServiceInstances(Host.key(zone)));
        answerWaiting(zone);
      }
    }
    return this;
  }

  private Behavior<Command> onLookAgain() {
    List.copyOf(waitingByZone.keySet()).forEach(this::answerWaiting);
    return this;
  }

  private void answerWaiting(String zone) {
    List<Waiting> waiting = waitingByZone.remove(zone);
    if (waiting != null) {
      waiting.forEach(this::answer);
    }
  }

  private void answer(Waiting waiting) {
    Locate locate = waiting.question();
    Map<String, ActorRef<HostCommand>> hosts = hosts(locate.zone());
    Optional<String> last = locate.last().filter(hosts::containsKey);
    if (last.isPresent()) {
      answer(locate, last.get());
    } else if (hosts.isEmpty() || locate.last().filter(mayComeBack).isPresent()) {
      waitOn(waiting);
    } else if (hosts.size() == 1) {
      answer(locate, hosts.keySet().iterator().next());
    } else {
      getContext()
          .pipeToSelf(
              HostSearch.of(locate.replica(), hosts, getContext().getSystem()),
              (result, never) -> new Searched(waiting, result));
    }
  }

  private Behavior<Command> onSearched(Searched searched) {
    Locate locate = searched.waiting().question();
    Map<String, ActorRef<HostCommand>> hosts = hosts(locate.zone());
    Optional<String> holder = searched.result().holder().filter(hosts::containsKey);
    if (holder.isEmpty() && searched.result().silent().stream().anyMatch(hosts::containsKey)) {
      waitOn(searched.waiting());
    } else {
      holder
          .or(() -> placed.apply(locate.replica()).filter(hosts::containsKey))
          .or(() -> heaviest(locate.replica(), hosts.keySet()))
          .ifPresentOrElse(host -> answer(locate, host), () -> waitOn(searched.waiting()));
    }
    return this;
  }

  private Map<String, ActorRef<HostCommand>> hosts(String zone) {
    Map<String, ActorRef<HostCommand>> hosts = new TreeMap<>();
    hostsByZone.get(zone).forEach(host -> hosts.put(name(host), host));
    return hosts;
  }

  private void answer(Locate locate, String host) {
    locate.replyTo().tell(new Located(hosts(locate.zone()).get(host), host));
  }

  private void waitOn(Waiting waiting) {
    Locate locate = waiting.question();
    waitingByZone
        .computeIfAbsent(locate.zone(), ignored -> new ArrayList<>())
        .add(new Waiting(locate, waiting.told() || isToldOfALoss(locate)));
    timers.startSingleTimer(new LookAgain(), LOOK_AGAIN_AFTER);
  }

  private boolean isToldOfALoss(Locate locate) {
    Optional<HostLoss> loss = losses.apply(locate.zone());
    loss.ifPresent(known -> locate.replyTo().tell(new Missing(known.since())));
    return loss.isPresent();
  }

  private static String name(ActorRef<HostCommand> host) {
    return HostNames.ofActor(host.path().name());
  }

  private static Optional<String> heaviest(ReplicaId replica, Set<String> hosts) {
    return hosts.stream().max(Comparator.comparingInt(host -> weight(replica, host)));
  }

  private static int weight(ReplicaId replica, String host) {
    int mixed = (replica.value() + host).hashCode() * 0x9E3779B9;
    return mixed ^ mixed >>> 15;
  }
}
