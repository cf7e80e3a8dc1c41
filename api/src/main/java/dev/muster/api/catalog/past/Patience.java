package dev.muster.api.catalog.past;

import dev.muster.api.catalog.CatalogQueries.Cancellation;
import dev.muster.api.error.SqlErrors;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** Waits for what the journal gives, as long as whoever asked wants it. */
public final class Patience {
  private final CompletableFuture<Void> stop = new CompletableFuture<>();

  /** As long as it takes. */
  public Patience() {}

  /** Until it is cancelled. */
  public Patience(Cancellation cancellation) {
    cancellation.onStarted(() -> stop.complete(null));
  }

  /**
   * @throws dev.muster.api.error.SqlException 57014 once it is cancelled, at once
   * @throws CompletionException with what the stage failed by
   */
  public <T> T await(CompletionStage<T> stage) {
    CompletableFuture<T> future = stage.toCompletableFuture();
    check();
    CompletableFuture.anyOf(future, stop).exceptionally(failed -> null).join();
    if (!future.isDone()) {
      check();
    }
    return future.join();
  }

  /**
   * @throws dev.muster.api.error.SqlException 57014 once it is cancelled
   */
  public void check() {
    if (stop.isDone()) {
      throw SqlErrors.error(SqlErrors.QUERY_CANCELED, "canceling statement due to user request");
    }
  }
}
