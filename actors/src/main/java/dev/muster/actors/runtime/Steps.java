package dev.muster.actors.runtime;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What is done to one replica, one step after the other in the order of the calls, each on a
 * virtual thread, so that a step may block.
 */
public final class Steps {
  private static final System.Logger LOG = System.getLogger(Steps.class.getName());
  private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(1);

  private final String whose;
  private CompletableFuture<Void> tail = CompletableFuture.completedFuture(null);
  private volatile boolean closed;

  /** One thing to do. */
  @FunctionalInterface
  public interface Step {
    void run() throws IOException, InterruptedException;
  }

  /**
   * None yet.
   *
   * @param whose as the log shall name it
   */
  public Steps(String whose) {
    this.whose = whose;
  }

  /** A step that fails is logged, and done with. */
  public synchronized void add(Step step) {
    tail = tail.thenRunAsync(() -> guarded(step), task -> Thread.ofVirtual().start(task));
  }

  /** For what somebody waits for: a step that fails is tried again, behind what came meanwhile. */
  public void addUntilDone(Step step) {
    add(
        () -> {
          try {
            step.run();
          } catch (IOException | RuntimeException failure) {
            if (!closed) {
              CompletableFuture.delayedExecutor(TRY_AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS)
                  .execute(() -> addUntilDone(step));
            }
            throw failure;
          }
        });
  }

  /** From now on nothing is tried again. */
  public void close() {
    closed = true;
  }

  public boolean isClosed() {
    return closed;
  }

  private void guarded(Step step) {
    try {
      step.run();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (IOException failure) {
      LOG.log(Level.WARNING, "{0}: {1}", whose, failure.getMessage());
    } catch (RuntimeException failure) {
      LOG.log(Level.ERROR, whose + ": a step failed", failure);
    }
  }
}
