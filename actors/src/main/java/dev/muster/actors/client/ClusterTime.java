package dev.muster.actors.client;

import dev.muster.journal.event.HybridTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The time as the nodes have it, for a JVM whose own clock nobody vouches for: commands expire by
 * it, and what is journaled for them is later than it.
 */
public final class ClusterTime implements InstantSource {
  private final LongSupplier nanoTime;
  private final Instant base;
  private final long baseNanos;

  /**
   * @param at the time on a node, just now
   * @param nanoTime as {@link System#nanoTime}
   */
  public ClusterTime(HybridTime at, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.base = at.instant();
    this.baseNanos = nanoTime.getAsLong();
  }

  @Override
  public Instant instant() {
    return base.plus(Duration.ofNanos(nanoTime.getAsLong() - baseNanos));
  }
}
