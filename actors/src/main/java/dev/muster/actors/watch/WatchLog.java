package dev.muster.actors.watch;

import dev.muster.api.catalog.EnvironmentChanges;
import dev.muster.api.watch.Change;
import dev.muster.api.watch.WatchPosition;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.EnvironmentEvent.ClusterDropFinished;
import dev.muster.journal.event.Recorded;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one who follows was told, and what is missing. Pure; not safe for use by many threads.
 *
 * <p>Every history is told by its numbers: what arrives counts only where it follows on what was
 * told already. So it does not matter who says what how often, or in which order.
 */
final class WatchLog {
  /** So much lies ready; the rest waits in the journal until somebody wants it. */
  private static final int READY_AT_MOST = 1000;

  /** Of a history whose end is known to be there: as long as it is. */
  private static final long TO_ITS_END = Long.MAX_VALUE;

  /** The environment's history. */
  static final String ENVIRONMENT = "";

  private final Optional<ClusterId> only;
  private final Map<String, Long> behind = new LinkedHashMap<>();
  private final Set<ClusterId> dropped = new HashSet<>();
  private List<Change> ready = new ArrayList<>();
  private WatchPosition reached;
  private boolean isLast;

  WatchLog(Optional<ClusterId> only, WatchPosition after) {
    this.only = only;
    this.reached = after;
  }

  /** Somebody says that a history is so long. */
  void announced(String history, long sequenceNumber) {
    if (isWanted(history) && sequenceNumber > reached(history)) {
      behind.merge(history, sequenceNumber, Math::max);
    }
  }

  /** The one cluster of this watch has been dropped: there is nothing but what is missing. */
  void endsWithCluster() {
    only.ifPresent(this::readToItsEnd);
    isLast = true;
  }

  private boolean isWanted(String history) {
    return history.equals(ENVIRONMENT) || only.map(id -> id.value().equals(history)).orElse(true);
  }

  private long reached(String history) {
    return history.equals(ENVIRONMENT) ? reached.environment() : reached.of(new ClusterId(history));
  }

  /** The histories to read on, as long as there is room for what they have. */
  List<String> missing() {
    return ready.size() < READY_AT_MOST ? List.copyOf(behind.keySet()) : List.of();
  }

  /** The number from which to read a history on. */
  long next(String history) {
    return reached(history) + 1;
  }

  /** An event of a history. */
  record Read(long sequenceNumber, Recorded<?> recorded) {}

  /**
   * What the journal has of a history, in order.
   *
   * @param from the number that was asked for
   * @return whether there was anything new in it
   */
  boolean arrived(String history, long from, List<Read> events) {
    if (from != next(history) || !behind.containsKey(history)) {
      return false;
    }
    if (events.isEmpty() && behind.get(history) == TO_ITS_END) {
      behind.remove(history);
      return true;
    }
    boolean news = false;
    for (Read event : events) {
      if (event.sequenceNumber() != next(history)) {
        break;
      }
      take(history, event);
      news = true;
    }
    if (reached(history) >= behind.getOrDefault(history, 0L)) {
      behind.remove(history);
    }
    return news;
  }

  private void take(String history, Read event) {
    if (history.equals(ENVIRONMENT)) {
      EnvironmentEvent happened = (EnvironmentEvent) event.recorded().event();
      Change change =
          new Change.OfEnvironment(
              event.sequenceNumber(),
              new Recorded<>(event.recorded().at(), event.recorded().by(), happened));
      reached = reached.after(change);
      if (only.isEmpty() || EnvironmentChanges.touched(List.of(happened)).contains(only.get())) {
        ready.add(change);
      }
      if (happened instanceof ClusterDropFinished finished) {
        ended(finished.id());
      }
    } else {
      ClusterId id = new ClusterId(history);
      ClusterEvent happened = (ClusterEvent) event.recorded().event();
      Change change =
          new Change.OfCluster(
              id,
              event.sequenceNumber(),
              new Recorded<>(event.recorded().at(), event.recorded().by(), happened));
      reached = reached.after(change);
      ready.add(change);
      if (happened instanceof ClusterEvent.ClusterDropped) {
        dropped.add(id);
      }
    }
  }

  /** No node has anything of it any more: nobody announces what its last events were. */
  private void ended(ClusterId id) {
    if (only.isEmpty() || only.get().equals(id)) {
      if (!dropped.remove(id)) {
        readToItsEnd(id);
      }
      isLast = only.isPresent();
    }
  }

  private void readToItsEnd(ClusterId id) {
    if (reached.of(id) != TO_ITS_END) {
      behind.put(id.value(), TO_ITS_END);
    }
  }

  boolean hasReady() {
    return !ready.isEmpty();
  }

  /** What is to be told next, all of it; it is not told again. */
  List<Change> take() {
    List<Change> taken = ready;
    ready = new ArrayList<>();
    return taken;
  }

  /** Whether everything was told that there will ever be. */
  boolean isOver() {
    return isLast
        && ready.isEmpty()
        && only.map(id -> !behind.containsKey(id.value())).orElse(false);
  }
}
