package dev.muster.actors.reconcile;

import dev.muster.journal.event.Reason;

/**
 * One strategy's contribution.
 *
 * @param count how many replicas of the shape, at least
 * @param nameSuffix the replicas are called {@code r1}, {@code r2}, ... and this; empty for those
 *     that stay
 * @param reason why a replica is added for it
 */
public record Desire(ReplicaShape shape, int count, String nameSuffix, Reason reason) {
  String name(int number) {
    return "r" + number + nameSuffix;
  }
}
