package dev.muster.actors.reconcile;

import dev.muster.journal.event.Reason;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One strategy's contribution.
 *
 * @param nameSuffix tells replicas that stay, where it is empty, from others
 * @param names of the replicas, each with that suffix
 * @param reason why a replica is added for it
 * @param exact whether it is all about the zones: a replica elsewhere is of no use, and one without
 *     a place is not added to wait for it
 */
public record Desire(
    ReplicaShape shape, String nameSuffix, List<String> names, Reason reason, boolean exact) {
  public Desire {
    names = List.copyOf(names);
  }

  /**
   * Replicas called {@code r1}, {@code r2}, ... and the suffix.
   *
   * @param count how many replicas of the shape, at least
   */
  public Desire(ReplicaShape shape, int count, String nameSuffix, Reason reason) {
    this(
        shape,
        nameSuffix,
        IntStream.rangeClosed(1, count).mapToObj(number -> "r" + number + nameSuffix).toList(),
        reason,
        false);
  }
}
