package dev.muster.actors.entity;

import dev.muster.journal.state.ClusterState;
import java.util.function.Supplier;
import org.apache.pekko.actor.Cancellable;

/**
 * The moment after a recovery in which replicas are found again. What hydrated while nobody looked
 * is not known to have until then, nor what failed: so no decision, asked for or not, ends
 * something for a deadline meanwhile. Success comes before the timeout, and who helps out stays as
 * long as nobody knows whether the others serve.
 */
final class Readoption {
  private final Supplier<Cancellable> wait;
  private boolean underWay;
  private Cancellable end = Cancellable.alreadyCancelled();

  /**
   * @param wait after which the entity is told that they have been found
   */
  Readoption(Supplier<Cancellable> wait) {
    this.wait = wait;
  }

  /** The entity has recovered; where there is something to wait for, it is told when it has. */
  void begin(ClusterState state) {
    end.cancel();
    underWay =
        state instanceof ClusterState.Live live
            && (live.reconfiguration().isPresent() || live.burst().isPresent());
    if (underWay) {
      end = wait.get();
    }
  }

  void ended() {
    underWay = false;
  }

  boolean isUnderWay() {
    return underWay;
  }
}
