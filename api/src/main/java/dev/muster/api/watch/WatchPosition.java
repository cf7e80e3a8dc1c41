package dev.muster.api.watch;

import dev.muster.journal.event.ClusterId;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * How far somebody has followed: the number of the last change of each history. Immutable, and all
 * there is to keep for whoever wants to go on later, also in another process.
 *
 * @param environment of the environment's last change
 * @param clusters of each cluster's last change; none of a cluster that is not in it was seen
 */
public record WatchPosition(long environment, PMap<ClusterId, Long> clusters) {
  /** Before everything that ever happened. */
  public static final WatchPosition BEGINNING = new WatchPosition(0, HashTreePMap.empty());

  /** The position once this change was dealt with. */
  public WatchPosition after(Change change) {
    return switch (change) {
      case Change.OfCluster of ->
          new WatchPosition(environment, clusters.plus(of.cluster(), of.sequenceNumber()));
      case Change.OfEnvironment of -> new WatchPosition(of.sequenceNumber(), clusters);
    };
  }

  /** The number of the last change of a cluster, 0 where there was none. */
  public long of(ClusterId cluster) {
    return clusters.getOrDefault(cluster, 0L);
  }
}
