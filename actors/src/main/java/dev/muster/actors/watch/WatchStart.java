package dev.muster.actors.watch;

import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.watch.Watch;
import dev.muster.api.watch.WatchPosition;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.state.EnvironmentState;
import java.util.Map;
import java.util.stream.Collectors;
import org.pcollections.HashTreePMap;

/** Where a watch begins. Pure. */
final class WatchStart {
  private WatchStart() {}

  /**
   * @param now the catalog, complete, read after somebody began to watch
   */
  static WatchLog of(Watch watch, CatalogSnapshot now) {
    WatchPosition after = watch.after().orElseGet(() -> position(now));
    WatchLog log = new WatchLog(watch.cluster(), after);
    long environment = now.environment().sequenceNumber();
    log.announced(WatchLog.ENVIRONMENT, environment);
    EnvironmentState state = now.environment().state();
    boolean isOver =
        watch
            .cluster()
            .filter(id -> !state.clusters().containsKey(id) && !state.dropping().contains(id))
            .isPresent();
    if (isOver && after.environment() >= environment) {
      log.endsWithCluster();
    }
    return log;
  }

  /** After all that is there. */
  static WatchPosition position(CatalogSnapshot now) {
    Map<ClusterId, Long> clusters =
        now.clusters().entrySet().stream()
            .collect(
                Collectors.toMap(
                    entry -> entry.getKey(), entry -> entry.getValue().sequenceNumber()));
    // Of what is just being dropped, and is not published any more, nothing is news.
    now.environment().state().dropping().forEach(id -> clusters.putIfAbsent(id, Long.MAX_VALUE));
    return new WatchPosition(now.environment().sequenceNumber(), HashTreePMap.from(clusters));
  }
}
