package dev.muster.api.catalog.engine;

import dev.muster.api.catalog.rewrite.SqlErrors;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The platform threads that make native calls, each with its own connection. The one that was used
 * last is used next: its connection has the statements prepared that are asked for now.
 */
final class EnginePool implements AutoCloseable {
  private final Admission admission;
  private final CompletableFuture<Engine> engine;
  private final ConcurrentLinkedDeque<Worker> idle = new ConcurrentLinkedDeque<>();
  private final Queue<Worker> all = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();

  /** What is done with a connection. */
  @FunctionalInterface
  interface Work<T> {
    T on(EngineConnection connection) throws SQLException;
  }

  /** A thread and its connection, which is opened when it is first needed. */
  private final class Worker {
    private final ExecutorService thread =
        Executors.newSingleThreadExecutor(
            runnable -> daemon("catalog-" + count.incrementAndGet(), runnable));
    private volatile EngineConnection connection;

    EngineConnection connection() throws SQLException {
      if (connection == null) {
        connection = new EngineConnection(engine.join().connect());
      }
      return connection;
    }

    void cancel() {
      EngineConnection open = connection;
      if (open != null) {
        open.cancel();
      }
    }

    void close() throws SQLException {
      thread.close();
      if (connection != null) {
        connection.close();
      }
    }
  }

  /**
   * @param opening opens the engine; begun at once, on a thread of its own
   */
  EnginePool(EngineLimits limits, Callable<Engine> opening) {
    this.admission = new Admission(limits);
    Supplier<Engine> open =
        () -> {
          try {
            return opening.call();
          } catch (Exception e) {
            throw new IllegalStateException("the catalog's engine did not start", e);
          }
        };
    this.engine =
        CompletableFuture.supplyAsync(open, runnable -> daemon("catalog-open", runnable).start());
  }

  private static Thread daemon(String name, Runnable runnable) {
    Thread thread = new Thread(runnable, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Does work that nobody cancels. */
  <T> T call(Work<T> work) {
    return call(work, () -> false);
  }

  /**
   * Does work on a thread of the pool, and waits for its turn and for its end; the caller may be a
   * virtual thread.
   *
   * @param canceled whether not to begin any more; {@link #wake} makes it be asked again
   */
  <T> T call(Work<T> work, BooleanSupplier canceled) {
    try {
      return submit(work, admission.enter(canceled)).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SqlErrors.canceled();
    } catch (ExecutionException e) {
      throw EngineErrors.translate(e.getCause());
    } catch (RejectedExecutionException e) {
      throw SqlErrors.error("57P01", "the catalog is shutting down");
    }
  }

  private <T> Future<T> submit(Work<T> work, Admission.Pass pass) {
    Worker known = idle.pollFirst();
    Worker worker = known == null ? new Worker() : known;
    if (known == null) {
      all.add(worker);
    }
    return worker.thread.submit(
        () -> {
          try {
            return work.on(worker.connection());
          } finally {
            idle.addFirst(worker);
            admission.leave(pass);
          }
        });
  }

  /** Lets work that has been canceled stop waiting for its turn. */
  void wake() {
    admission.wake();
  }

  @Override
  public void close() {
    admission.close();
    all.forEach(Worker::cancel);
    try {
      for (Worker worker : all) {
        worker.close();
      }
      if (!engine.isCompletedExceptionally()) {
        engine.join().close();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the catalog's engine did not close", e);
    }
  }
}
