package dev.muster.actors.entity;

import dev.muster.journal.event.ClusterId;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;

/**
 * Makes sure that clusters are awake, at a rate that is bounded by how fast they recover: at most
 * so many do at once, and one that does not answer holds up none of the others for longer than the
 * time-out. A statement waits for nobody's turn: its cluster recovers when it is told of it.
 */
final class ClusterWaker extends AbstractBehavior<ClusterWaker.Message> {
  /** What it receives. */
  sealed interface Message {
    /**
     * These shall be awake.
     *
     * @param all whether no others shall; else they come first
     */
    record Rouse(List<ClusterId> ids, boolean all) implements Message {
      public Rouse {
        ids = List.copyOf(ids);
      }
    }

    record Awake(ClusterId id) implements Message {}

    record Sweep() implements Message {}
  }

  private static final int SWEEPS_BEFORE_GIVING_UP = 2;

  /** Who has answered is not roused again by the next few: what others see of it may be older. */
  private static final int ROUSES_OF_REST = 3;

  private final BiConsumer<ClusterId, ClusterMessage> clusters;
  private final int parallelism;
  private final Duration timeout;
  private final TimerScheduler<Message> timers;
  private final ActorRef<ClusterId> awake;
  private final Set<ClusterId> waiting = new LinkedHashSet<>();
  private final Map<ClusterId, Integer> waking = new HashMap<>();

  /** Those that have answered lately, by how many rouses ago. */
  private final Map<ClusterId, Integer> awoken = new HashMap<>();

  static Behavior<Message> create(
      BiConsumer<ClusterId, ClusterMessage> clusters, int parallelism, Duration timeout) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new ClusterWaker(context, timers, clusters, parallelism, timeout)));
  }

  private ClusterWaker(
      ActorContext<Message> context,
      TimerScheduler<Message> timers,
      BiConsumer<ClusterId, ClusterMessage> clusters,
      int parallelism,
      Duration timeout) {
    super(context);
    this.timers = timers;
    this.clusters = clusters;
    this.parallelism = parallelism;
    this.timeout = timeout;
    this.awake = context.messageAdapter(ClusterId.class, Message.Awake::new);
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder().onAnyMessage(this::onMessage).build();
  }

  private Behavior<Message> onMessage(Message message) {
    switch (message) {
      case Message.Rouse rouse -> rouse(rouse);
      case Message.Awake answer -> {
        waking.remove(answer.id());
        awoken.put(answer.id(), 0);
      }
      case Message.Sweep ignored -> sweep();
    }
    fill();
    return this;
  }

  private void rouse(Message.Rouse rouse) {
    List<ClusterId> others = rouse.all() ? List.of() : List.copyOf(waiting);
    waiting.clear();
    waiting.addAll(rouse.ids());
    waiting.addAll(others);
    waiting.removeAll(waking.keySet());
    awoken.replaceAll((id, rouses) -> rouses + 1);
    awoken.values().removeIf(rouses -> rouses > ROUSES_OF_REST);
    waiting.removeAll(awoken.keySet());
  }

  /** Frees the places of those that do not answer: the next round tries them again. */
  private void sweep() {
    waking.replaceAll((id, sweeps) -> sweeps + 1);
    waking.values().removeIf(sweeps -> sweeps >= SWEEPS_BEFORE_GIVING_UP);
  }

  private void fill() {
    var next = waiting.iterator();
    while (waking.size() < parallelism && next.hasNext()) {
      ClusterId id = next.next();
      next.remove();
      waking.put(id, 0);
      clusters.accept(id, new ClusterMessage.Wake(awake));
    }
    if (waking.isEmpty()) {
      timers.cancel(Message.Sweep.class);
    } else if (!timers.isTimerActive(Message.Sweep.class)) {
      timers.startTimerWithFixedDelay(
          Message.Sweep.class, new Message.Sweep(), timeout.dividedBy(SWEEPS_BEFORE_GIVING_UP));
    }
  }
}
