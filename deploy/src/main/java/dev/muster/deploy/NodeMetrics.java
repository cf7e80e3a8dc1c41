package dev.muster.deploy;

import com.typesafe.config.Config;
import dev.muster.actors.entity.EntityHealth;
import dev.muster.api.Muster;
import dev.muster.api.catalog.CatalogStore;
import dev.muster.api.metrics.CatalogMetrics;
import dev.muster.api.metrics.Metrics;
import dev.muster.api.pgwire.PgWireServer;
import dev.muster.journal.sqlite.EmbeddedJournal;
import dev.muster.journal.state.EnvironmentState;
import dev.muster.journal.time.HybridClock;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** What one node measures, and where it looks for what is looked at. */
final class NodeMetrics {
  private static final long NAMES_WITHIN_MILLIS = 500;

  private final Metrics metrics = new Metrics();

  /** Names change seldom: where they cannot be had now, those of the last scrape do. */
  private volatile EnvironmentState names = EnvironmentState.EMPTY;

  NodeMetrics(NodeHealth health) {
    metrics.version(Version.TEXT);
    metrics.watchReadiness(() -> health.notReadyBecause().isEmpty() ? 1 : 0);
  }

  Metrics all() {
    return metrics;
  }

  void watchState(Config config, CatalogStore store, Muster muster) {
    int detailedMax = config.getInt("muster.metrics.detailed-clusters-max");
    if (detailedMax < 0) {
      throw new IllegalArgumentException(
          "muster.metrics.detailed-clusters-max must be zero or greater");
    }
    metrics.watch(new CatalogMetrics(store::snapshot, () -> names(muster), detailedMax));
  }

  void watchJournalFile(Path dataDirectory) {
    Path file = EmbeddedJournal.file(dataDirectory);
    // What was written last is in the log beside it.
    Path log = file.resolveSibling(file.getFileName() + "-wal");
    metrics.watchJournalBytes(() -> file.toFile().length() + log.toFile().length());
  }

  void watchClock(HybridClock clock) {
    metrics.watchClock(() -> clock.aheadOfWall().toMillis() / 1000.0);
  }

  void watchUnreadable(EntityHealth entities, Supplier<Optional<String>> history) {
    metrics.watchUnreadable(
        () -> entities.clusters().size(),
        () -> entities.environment().isPresent() ? 1 : 0,
        () -> history.get().isPresent() ? 1 : 0);
  }

  void watchDoors(PgWireServer external, PgWireServer internal) {
    metrics.watchConnections(external::connectionCount, internal::connectionCount);
  }

  private EnvironmentState names(Muster muster) {
    try {
      names = muster.names().toCompletableFuture().get(NAMES_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException notNow) {
      return names;
    }
    return names;
  }
}
