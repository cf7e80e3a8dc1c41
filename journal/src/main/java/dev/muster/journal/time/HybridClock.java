package dev.muster.journal.time;

import dev.muster.journal.event.HybridTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A node's hybrid logical clock (Kulkarni and others, 2014): follows the wall clock, never runs
 * backwards, and is pushed forward by every timestamp that it is shown. Safe for use by many
 * threads.
 */
public final class HybridClock {
  /** Nodes are numbered from 0 up to, but not including, this. */
  public static final int NODES = 256;

  private final InstantSource wall;
  private final int node;
  private final AtomicLong latest = new AtomicLong();

  public HybridClock(InstantSource wall, int node) {
    if (node < 0 || node >= NODES) {
      throw new IllegalArgumentException(
          "node must be at least 0 and less than " + NODES + ": " + node);
    }
    this.wall = wall;
    this.node = node;
  }

  /** A timestamp later than every one that this clock has given or seen. */
  public HybridTime next() {
    return next(1);
  }

  /**
   * The last of so many timestamps in a row ({@link HybridTime#earlier}), all of them later than
   * every one that this clock has given or seen, and none of them given to anybody else. Whoever
   * sees the last is later than all of them.
   */
  public HybridTime next(int counts) {
    if (counts < 1) {
      throw new IllegalArgumentException("not a number of timestamps: " + counts);
    }
    HybridTime now = HybridTime.ofEpochMilli(wall.millis(), node);
    return new HybridTime(
        latest.updateAndGet(
            last -> {
              HybridTime first = now.value() > last ? now : new HybridTime(last).next(node);
              return first.earlier(1 - counts).value();
            }));
  }

  /**
   * How far what it gives is ahead of the wall clock. Hardly at all, but after the wall clock was
   * set back, here or where a timestamp came from: until it has caught up.
   */
  public Duration aheadOfWall() {
    long millis = new HybridTime(latest.get()).epochMillis() - wall.millis();
    return Duration.ofMillis(Math.max(0, millis));
  }

  /** Takes note of a timestamp from elsewhere: what this clock gives from now on is later. */
  public void observe(HybridTime seen) {
    latest.accumulateAndGet(seen.value(), Math::max);
  }
}
