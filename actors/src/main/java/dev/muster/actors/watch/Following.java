package dev.muster.actors.watch;

import dev.muster.actors.watch.WatchMessage.Position;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.Published;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What one who follows has been told of a node's histories. Not safe for use by many threads. */
final class Following {
  private static final int AT_ONCE = 2000;

  private final Set<String> untold = new LinkedHashSet<>();
  private CatalogSnapshot told = CatalogSnapshot.EMPTY;
  private long number;
  private long askedAtNanos;
  private boolean waiting;

  /**
   * A question has come.
   *
   * @param known what the asker has of the answers: where it is not the last one, he is told all
   */
  void asks(long known, long nowNanos) {
    if (known != number || known == 0) {
      told = CatalogSnapshot.EMPTY;
      untold.clear();
      number = known;
    }
    askedAtNanos = nowNanos;
    waiting = true;
  }

  boolean isWaiting() {
    return waiting;
  }

  boolean waitsFor(Duration duration, long nowNanos) {
    return waiting && nowNanos - askedAtNanos >= duration.toNanos();
  }

  boolean isSilentFor(Duration duration, long nowNanos) {
    return nowNanos - askedAtNanos >= duration.toNanos();
  }

  boolean hasNews(CatalogSnapshot now) {
    look(now);
    return !untold.isEmpty();
  }

  /** What there is to tell, as far as there is room for it; and the question is answered. */
  WatchMessage.Positions answer(String node, CatalogSnapshot now, HybridTime at) {
    look(now);
    List<Position> positions = new ArrayList<>();
    Iterator<String> next = untold.iterator();
    while (next.hasNext() && positions.size() < AT_ONCE) {
      String history = next.next();
      next.remove();
      Published<?> published =
          history.isEmpty() ? now.environment() : now.clusters().get(new ClusterId(history));
      // What has moved to another node is told there.
      if (published != null && published.sequenceNumber() > 0) {
        positions.add(new Position(history, published.sequenceNumber()));
      }
    }
    waiting = false;
    long known = number++;
    return new WatchMessage.Positions(node, number, known, at, positions);
  }

  private void look(CatalogSnapshot now) {
    if (now.stateChange() == told.stateChange() && now.revision() == told.revision()) {
      return;
    }
    if (now.environment().sequenceNumber() != told.environment().sequenceNumber()) {
      untold.add("");
    }
    now.stateChange()
        .clustersSince(told.stateChange())
        .ifPresentOrElse(
            changed -> changed.forEach(id -> untold.add(id.value())),
            () -> now.clusters().keySet().forEach(id -> untold.add(id.value())));
    told = now;
  }
}
