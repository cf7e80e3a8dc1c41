package dev.muster.actors.entity;

import dev.muster.actors.membership.Standing;
import dev.muster.api.command.Rejection;
import dev.muster.api.metrics.EntityMetrics;
import dev.muster.journal.JournalFailure;
import java.util.function.Consumer;

/**
 * What an entity writes to its journal, one write after the other, and what it reads of it. Where
 * the journal never tells what became of a write, because it failed, the recovery that follows
 * does: either the write is there after all, or nothing was changed.
 *
 * @param <S> the state of the entity
 */
final class Writes<S> {
  private static final Rejection UNKNOWN_FAILURE =
      new Rejection.JournalFailed(JournalFailure.REFUSED, "it did not say why");

  private static final Rejection NOT_OURS =
      new Rejection.OutcomeUnknown(
          "this node has lost sight of the majority of the others, which may have taken over");

  private final EntityMetrics.Kind metrics;
  private final Standing standing;
  private final EntityMetrics.Recovery recovery = new EntityMetrics.Recovery();
  private Pending<S> pending;
  private long beganNanos;
  private Rejection failure = UNKNOWN_FAILURE;

  /**
   * A write whose outcome the journal has not told yet.
   *
   * @param lastSequenceNumber of its last event
   */
  private record Pending<S>(
      long lastSequenceNumber, Consumer<S> durable, Consumer<Rejection> lost) {}

  Writes(EntityMetrics.Kind metrics, Standing standing) {
    this.metrics = metrics;
    this.standing = standing;
  }

  /**
   * Events are handed to the journal.
   *
   * @param lastSequenceNumber of the last of them
   * @param durable what to do where a recovery finds them
   * @param lost what to do where it does not
   */
  void begin(long lastSequenceNumber, Consumer<S> durable, Consumer<Rejection> lost) {
    pending = new Pending<>(lastSequenceNumber, durable, lost);
    beganNanos = System.nanoTime();
  }

  /** They are durable. */
  void done() {
    pending = null;
  }

  /** Counts what is durable, which nobody need wait for. */
  void count(int events) {
    metrics.wrote(events, System.nanoTime() - beganNanos);
  }

  void failed(Throwable cause) {
    failure = EntityRuntime.rejection(cause);
    metrics.writeFailed();
  }

  void recovered() {
    metrics.recovered(recovery);
  }

  void unreadable() {
    metrics.unreadable();
  }

  /** What a recovery found tells what became of the write that was under way, if one was. */
  void settle(long recoveredSequenceNumber, S recovered) {
    Pending<S> unsettled = pending;
    pending = null;
    if (unsettled == null) {
      return;
    }
    if (!standing.holds()) {
      // What was found may be another node's.
      unsettled.lost().accept(NOT_OURS);
    } else if (recoveredSequenceNumber >= unsettled.lastSequenceNumber()) {
      unsettled.durable().accept(recovered);
    } else {
      unsettled.lost().accept(failure);
    }
  }
}
