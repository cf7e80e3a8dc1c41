package dev.muster.journal.event;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;

/**
 * A hybrid logical timestamp: ascending along every causal chain, unique within the environment,
 * and close to the wall clock. The order of the whole history and the ids of audit events come from
 * it.
 *
 * <p>One long, from the most significant bit: 43 bits of milliseconds since the epoch (until the
 * year 2248), 12 bits that count within a millisecond, 8 bits that number the node.
 */
public record HybridTime(@JsonValue long value) implements Comparable<HybridTime> {
  private static final int NODE_BITS = 8;
  private static final int COUNTER_BITS = 12;

  /** Before everything. */
  public static final HybridTime ZERO = new HybridTime(0);

  @JsonCreator
  public HybridTime {
    if (value < 0) {
      throw new IllegalArgumentException("a hybrid time cannot be negative: " + value);
    }
  }

  /** The first timestamp of a millisecond on a node. */
  public static HybridTime ofEpochMilli(long epochMillis, int node) {
    return new HybridTime(epochMillis << (COUNTER_BITS + NODE_BITS) | node);
  }

  /**
   * The next timestamp of the same node: counts up, and over into the next millisecond when the
   * count is full.
   */
  public HybridTime next(int node) {
    return new HybridTime((((value >> NODE_BITS) + 1) << NODE_BITS) | node);
  }

  /** The timestamp of the same node so many counts before this one. */
  public HybridTime earlier(int counts) {
    return new HybridTime(value - ((long) counts << NODE_BITS));
  }

  public long epochMillis() {
    return value >> (COUNTER_BITS + NODE_BITS);
  }

  /** The number of the node that made it. */
  public int node() {
    return (int) (value & ((1 << NODE_BITS) - 1));
  }

  /** The wall-clock reading in it, in whole milliseconds. */
  public Instant instant() {
    return Instant.ofEpochMilli(epochMillis());
  }

  @Override
  public int compareTo(HybridTime other) {
    return Long.compare(value, other.value);
  }
}
