package dev.muster.api.watch;

import dev.muster.journal.event.ClusterId;
import java.util.Optional;

/**
 * What to follow, and from where.
 *
 * @param cluster the one that it is about; empty for everything
 * @param after where to go on; empty for what happens from now on
 */
public record Watch(Optional<ClusterId> cluster, Optional<WatchPosition> after) {
  /** Every cluster, those to come too, and the environment, from now on. */
  public static Watch all() {
    return new Watch(Optional.empty(), Optional.empty());
  }

  /** One cluster, and what the environment does with it, from now on until it is dropped. */
  public static Watch of(ClusterId cluster) {
    return new Watch(Optional.of(cluster), Optional.empty());
  }

  /** The same from another place: that of somebody who has followed so far. */
  public Watch after(WatchPosition position) {
    return new Watch(cluster, Optional.of(position));
  }
}
