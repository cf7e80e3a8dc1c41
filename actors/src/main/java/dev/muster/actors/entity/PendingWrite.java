package dev.muster.actors.entity;

import dev.muster.api.command.Rejection;
import java.util.function.Consumer;

/**
 * A write whose outcome the journal has not told yet. Where it never does, because it failed, the
 * recovery that follows tells: either the write is there after all, or nothing was changed.
 *
 * @param lastSequenceNumber of its last event
 * @param durable what to do once it is known to be there
 * @param lost what to do once it is known not to be
 * @param <S> the state of the entity
 */
record PendingWrite<S>(long lastSequenceNumber, Consumer<S> durable, Consumer<Rejection> lost) {

  void settle(long recoveredSequenceNumber, S recovered, Rejection failure) {
    if (recoveredSequenceNumber >= lastSequenceNumber) {
      durable.accept(recovered);
    } else {
      lost.accept(failure);
    }
  }
}
