package dev.muster.actors.entity;

import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ReconfigurationFinished;
import dev.muster.journal.event.ClusterEvent.ReconfigurationTimedOut;
import dev.muster.journal.state.ClusterState;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * The moment after a recovery in which replicas are found again. What hydrated while nobody looked
 * is not known to have until then, so what a deadline that passed meanwhile would decide waits for
 * it: success comes before the timeout.
 */
final class Readoption {
  private final ActorContext<ClusterMessage> context;
  private final Duration wait;
  private boolean underWay;
  private Cancellable end = Cancellable.alreadyCancelled();

  Readoption(ActorContext<ClusterMessage> context, Duration wait) {
    this.context = context;
    this.wait = wait;
  }

  /** The entity has recovered; where there is something to wait for, it is told when it has. */
  void begin(ClusterState state) {
    end.cancel();
    underWay = state instanceof ClusterState.Live live && live.reconfiguration().isPresent();
    if (underWay) {
      end = context.scheduleOnce(wait, context.getSelf(), new ClusterMessage.ReplicasFoundAgain());
    }
  }

  void ended() {
    underWay = false;
  }

  /** Whether what a pass has decided is too early. */
  boolean holdsBack(List<ClusterEvent> decided) {
    return underWay && decided.stream().anyMatch(Readoption::isOfDeadline);
  }

  private static boolean isOfDeadline(ClusterEvent event) {
    return event instanceof ReconfigurationTimedOut
        || event instanceof ReconfigurationFinished finished && !finished.hydrated();
  }
}
