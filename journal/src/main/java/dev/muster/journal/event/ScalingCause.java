package dev.muster.journal.event;

import com.fasterxml.jackson.annotation.JsonValue;

/** Why Muster gave a cluster another size by itself. */
public enum ScalingCause {
  CPU_HIGH("cpu-high"),
  MEMORY_HIGH("memory-high"),
  /** A replica was killed for want of memory. */
  OUT_OF_MEMORY("out-of-memory"),
  /** A smaller size has room for all that was used. */
  LOAD_LOW("load-low"),
  /** The size was not between {@code MIN SIZE} and {@code MAX SIZE}. */
  OUT_OF_RANGE("out-of-range");

  private final String text;

  ScalingCause(String text) {
    this.text = text;
  }

  @JsonValue
  public String text() {
    return text;
  }
}
