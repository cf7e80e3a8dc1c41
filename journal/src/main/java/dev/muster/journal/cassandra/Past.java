package dev.muster.journal.cassandra;

import java.util.List;
import java.util.Optional;

/**
 * What one question to Cassandra tells of an entity's events behind a number. Pure.
 *
 * @param from the number behind which they begin
 * @param rows by their numbers, and of equal numbers as they were written
 * @param isAll whether there may be none that the question did not reach
 */
record Past(long from, List<Stored> rows, boolean isAll) {
  /**
   * An event as it lies there.
   *
   * @param writer the incarnation of the entity that wrote it
   * @param manifest what the journal keeps beside it: its hash
   */
  record Stored(
      long number,
      String writer,
      String manifest,
      int serializer,
      String serializerManifest,
      byte[] bytes) {}

  /** The last event's number, where it is known. */
  Optional<Long> highest() {
    if (!isAll) {
      return Optional.empty();
    }
    return Optional.of(rows.isEmpty() ? from : rows.getLast().number());
  }

  /**
   * Whether it is all that recovery needs, without a hole. What lies in a hole may still come to be
   * seen: the plugin knows how to wait for it.
   */
  boolean isWhole() {
    long before = from;
    for (Stored row : rows) {
      if (row.number() != before && row.number() != before + 1) {
        return false;
      }
      before = row.number();
    }
    return isAll && !rows.isEmpty() && rows.getFirst().number() == from + 1;
  }
}
