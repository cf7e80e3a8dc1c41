package dev.muster.api.catalog.engine;

import dev.muster.api.catalog.rewrite.SqlErrors;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** The platform threads that make native calls, each with its own connection. */
final class EnginePool implements AutoCloseable {
  private final ExecutorService threads;
  private final CompletableFuture<Engine> engine;
  private final ThreadLocal<EngineConnection> connections = new ThreadLocal<>();
  private final java.util.Queue<EngineConnection> all =
      new java.util.concurrent.ConcurrentLinkedQueue<>();

  /** What is done with a connection. */
  @FunctionalInterface
  interface Work<T> {
    T on(EngineConnection connection) throws SQLException;
  }

  /**
   * @param opening opens the engine; begun at once, on a thread of the pool
   */
  EnginePool(int size, Callable<Engine> opening) {
    AtomicInteger count = new AtomicInteger();
    this.threads =
        Executors.newFixedThreadPool(
            size,
            runnable -> {
              Thread thread = new Thread(runnable, "catalog-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    Supplier<Engine> open =
        () -> {
          try {
            return opening.call();
          } catch (Exception e) {
            throw new IllegalStateException("the catalog's engine did not start", e);
          }
        };
    this.engine = CompletableFuture.supplyAsync(open, threads);
  }

  /** Does work on a thread of the pool, and waits for it; the caller may be a virtual thread. */
  <T> T call(Work<T> work) {
    Future<T> future;
    try {
      future = threads.submit(() -> work.on(connection()));
    } catch (RejectedExecutionException e) {
      throw SqlErrors.error("57P01", "the catalog is shutting down");
    }
    try {
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(false);
      Thread.currentThread().interrupt();
      throw SqlErrors.error("57014", "canceling statement due to user request");
    } catch (ExecutionException e) {
      throw EngineErrors.translate(e.getCause());
    }
  }

  private EngineConnection connection() throws SQLException {
    EngineConnection connection = connections.get();
    if (connection == null) {
      connection = new EngineConnection(engine.join().connect());
      connections.set(connection);
      all.add(connection);
    }
    return connection;
  }

  @Override
  public void close() {
    all.forEach(EngineConnection::cancel);
    threads.close();
    try {
      for (EngineConnection connection : all) {
        connection.close();
      }
      if (!engine.isCompletedExceptionally()) {
        engine.join().close();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the catalog's engine did not close", e);
    }
  }
}
