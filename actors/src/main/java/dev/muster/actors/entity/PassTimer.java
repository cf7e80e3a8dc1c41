package dev.muster.actors.entity;

import dev.muster.actors.cluster.ClusterPass;
import dev.muster.journal.state.ClusterState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * Wakes the cluster for a pass that is due at a known time, which is in its state and so outlives
 * every restart: the deadline of a reconfiguration, the end of a burst. The clock may be set
 * meanwhile: it is looked at again and again until then.
 */
final class PassTimer {
  private static final Duration LOOK_AGAIN_AFTER = Duration.ofMinutes(1);

  private final ActorContext<ClusterMessage> context;
  private Optional<Instant> armedFor = Optional.empty();
  private Cancellable timer = Cancellable.alreadyCancelled();

  PassTimer(ActorContext<ClusterMessage> context) {
    this.context = context;
  }

  /** Arms, or disarms, the timer where the state asks for another one. */
  void align(ClusterState state, long nowEpochMillis) {
    Optional<Instant> wanted =
        state instanceof ClusterState.Live live ? ClusterPass.due(live) : Optional.empty();
    if (!wanted.equals(armedFor) || timer.isCancelled()) {
      timer.cancel();
      armedFor = wanted;
      wanted.ifPresent(deadline -> arm(deadline, nowEpochMillis));
    }
  }

  private void arm(Instant deadline, long nowEpochMillis) {
    Duration left = Duration.between(Instant.ofEpochMilli(nowEpochMillis), deadline);
    Duration wait = left.compareTo(LOOK_AGAIN_AFTER) < 0 ? left : LOOK_AGAIN_AFTER;
    timer =
        context.scheduleOnce(
            wait.isNegative() ? Duration.ZERO : wait,
            context.getSelf(),
            new ClusterMessage.Reconcile());
  }

  /** The timer may have been what woke the cluster. */
  void fired() {
    timer.cancel();
    armedFor = Optional.empty();
  }
}
