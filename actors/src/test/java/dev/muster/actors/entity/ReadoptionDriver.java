package dev.muster.actors.entity;

import dev.muster.journal.state.ClusterState;
import org.apache.pekko.actor.Cancellable;

/** The real wait after a recovery, without the actor around it, for a simulation. */
public final class ReadoptionDriver {
  private final Readoption readoption;
  private long waits;

  /** Lets an action happen when the wait is over. */
  @FunctionalInterface
  public interface Timer {
    void after(Runnable action);
  }

  /**
   * @param found is run when the replicas have been found again
   */
  public ReadoptionDriver(Timer timer, Runnable found) {
    this.readoption =
        new Readoption(
            () -> {
              long wait = ++waits;
              timer.after(() -> foundAgain(wait, found));
              return Cancellable.alreadyCancelled();
            });
  }

  private void foundAgain(long wait, Runnable found) {
    if (wait == waits) {
      readoption.ended();
      found.run();
    }
  }

  public void begin(ClusterState state) {
    readoption.begin(state);
  }

  public boolean isUnderWay() {
    return readoption.isUnderWay();
  }
}
