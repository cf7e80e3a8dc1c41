package dev.muster.journal.state;

import java.util.Optional;

/** What a hydration's peak of memory, or a lack of it, says of the size that it was done with. */
public enum MemoryAdvice {
  /** There was hardly room: a little more data, and it will be out of memory. */
  SIZE_TOO_SMALL("size-too-small"),
  /** Most of what is paid for was never touched. */
  SIZE_TOO_LARGE("size-too-large");

  /** Of the memory given; from here on a size is too small. */
  public static final double TOO_SMALL_FROM = 0.9;

  /** Of the memory given; up to here a size is far too large. */
  public static final double TOO_LARGE_TO = 0.1;

  private final String text;

  MemoryAdvice(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  /**
   * The advice; empty where the size fits, or where nothing is known.
   *
   * @param lacksMemory whether it was killed for want of memory since: whatever it needed to
   *     hydrate, it was too little then
   */
  public static Optional<MemoryAdvice> of(long peakBytes, long limitBytes, boolean lacksMemory) {
    return lacksMemory ? Optional.of(SIZE_TOO_SMALL) : of(peakBytes, limitBytes);
  }

  /**
   * The advice; empty where the size fits, or where nothing is known.
   *
   * @param peakBytes the most that was used; 0 where nobody knows
   * @param limitBytes what may be used
   */
  public static Optional<MemoryAdvice> of(long peakBytes, long limitBytes) {
    if (peakBytes <= 0 || limitBytes <= 0) {
      return Optional.empty();
    }
    double used = (double) peakBytes / limitBytes;
    if (used >= TOO_SMALL_FROM) {
      return Optional.of(SIZE_TOO_SMALL);
    }
    return used <= TOO_LARGE_TO ? Optional.of(SIZE_TOO_LARGE) : Optional.empty();
  }
}
