package dev.muster.api.sql.session;

import dev.muster.api.CatalogIncompleteException;
import dev.muster.api.error.SqlErrors;
import dev.muster.api.error.SqlException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for what a statement asked for, at most until its time is over or the client cancels. */
final class Waiting {
  private static final Logger LOG = LoggerFactory.getLogger(Waiting.class);

  private static final String DAMAGE_HINT =
      "\"muster audit verify\" names the first bad event. Upgrade where a newer Muster wrote it;"
          + " otherwise restore a backup.";

  /** Why a statement stops early. */
  enum Stop {
    CANCELED("canceling statement due to user request"),
    TIMED_OUT("canceling statement due to statement timeout");

    private final String message;

    Stop(String message) {
      this.message = message;
    }

    SqlException error() {
      return SqlErrors.error(SqlErrors.QUERY_CANCELED, message);
    }
  }

  /** Completed when the statement that runs shall stop; null while none runs. */
  private final AtomicReference<CompletableFuture<Stop>> running = new AtomicReference<>();

  private final StatementTimer timer = new StatementTimer(() -> stop(Stop.TIMED_OUT));

  /**
   * @param timeout zero is no limit
   */
  void begin(Duration timeout) {
    running.set(new CompletableFuture<>());
    if (!timeout.isZero()) {
      timer.begin(timeout);
    }
  }

  /** From now on only a cancellation stops the statement that runs, and no timeout. */
  void untimed() {
    timer.end();
  }

  void end() {
    timer.end();
    running.set(null);
  }

  /** No statement follows; one that runs is stopped. */
  void close() {
    timer.close();
    cancel();
  }

  /** Called from any thread. */
  void cancel() {
    stop(Stop.CANCELED);
  }

  private void stop(Stop why) {
    CompletableFuture<Stop> stop = running.get();
    if (stop != null) {
      stop.complete(why);
    }
  }

  /** Runs when the statement shall stop. */
  void onStop(Runnable action) {
    CompletableFuture<Stop> stop = running.get();
    if (stop != null) {
      stop.thenRun(action);
    }
  }

  /** The reason to stop, once there is one, as an error. */
  void check() {
    CompletableFuture<Stop> stop = running.get();
    if (stop != null && stop.isDone()) {
      throw stop.join().error();
    }
  }

  <T> T await(CompletionStage<T> stage) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    CompletableFuture<Stop> stop = running.get();
    try {
      if (stop != null) {
        CompletableFuture.anyOf(future, stop).get();
        if (!future.isDone()) {
          throw stop.join().error();
        }
      }
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SqlErrors.error("57P01", "terminating connection due to administrator command");
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  private static SqlException failure(CatalogIncompleteException incomplete) {
    return incomplete
        .damage()
        .map(
            damage ->
                SqlErrors.error(SqlErrors.DATA_CORRUPTED, incomplete.getMessage())
                    .withDetail(damage)
                    .withHint(DAMAGE_HINT))
        .orElseGet(
            () ->
                SqlErrors.error(SqlErrors.CANNOT_CONNECT_NOW, incomplete.getMessage())
                    .withHint("Try again."));
  }

  /** No stack trace reaches a client; what is no fault of its statement goes to the log. */
  static SqlException failure(Throwable cause) {
    return switch (cause) {
      case SqlException known -> known;
      case CatalogIncompleteException incomplete -> failure(incomplete);
      case StackOverflowError ignored ->
          SqlErrors.error(SqlErrors.STATEMENT_TOO_COMPLEX, "stack depth limit exceeded");
      default -> {
        LOG.error("a statement failed by a defect", cause);
        yield SqlErrors.error(SqlErrors.INTERNAL_ERROR, "internal error")
            .withDetail("The server's log says more.");
      }
    };
  }
}
