package dev.muster.actors.entity;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorInterceptor;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;
import org.apache.pekko.actor.typed.internal.PoisonPill;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * The end of an entity's actor, also between two attempts to recover, where what it is made of
 * hears nothing.
 *
 * <p>Sharding asks an entity to end and waits until it has. One that has not recovered would note
 * that, and heed it once it has: never, where its journal cannot be read, and the whole node's stop
 * would wait for it. It has nothing to finish, so it ends at once.
 *
 * @param <M> the entity's messages
 */
final class Departure<M> extends BehaviorInterceptor<M, M> {
  private final Runnable gone;
  private boolean asked;
  private boolean recovered;

  /**
   * @param gone told when the actor is here no longer
   */
  Departure(Class<M> messages, Runnable gone) {
    super(messages);
    this.gone = gone;
  }

  void recovered() {
    recovered = true;
  }

  /**
   * A recovery failed, and will be tried again.
   *
   * @return whether the entity was asked to end meanwhile: then it does at its next message
   */
  boolean recoveryFailed() {
    recovered = false;
    return asked;
  }

  @Override
  public Behavior<M> aroundReceive(
      TypedActorContext<M> context, M message, ReceiveTarget<M> target) {
    return asked && !recovered ? Behaviors.stopped() : target.apply(context, message);
  }

  @Override
  public Behavior<M> aroundSignal(
      TypedActorContext<M> context, Signal signal, SignalTarget<M> target) {
    switch (signal) {
      case PostStop ignored -> gone.run();
      // How sharding asks: Pekko has no other name for it.
      case PoisonPill ignored -> {
        asked = true;
        if (!recovered) {
          return Behaviors.stopped();
        }
      }
      default -> {
        // The entity's own affair.
      }
    }
    return target.apply(context, signal);
  }
}
