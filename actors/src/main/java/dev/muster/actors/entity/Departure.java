package dev.muster.actors.entity;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.BehaviorSignalInterceptor;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.TypedActorContext;

/**
 * Does something when an entity's actor is here no longer, also where it ends between two attempts
 * to recover: what it is made of hears nothing then.
 *
 * @param <M> the entity's messages
 */
final class Departure<M> extends BehaviorSignalInterceptor<M> {
  private final Runnable gone;

  Departure(Runnable gone) {
    this.gone = gone;
  }

  @Override
  public Behavior<M> aroundSignal(
      TypedActorContext<M> context, Signal signal, SignalTarget<M> target) {
    if (signal instanceof PostStop) {
      gone.run();
    }
    return target.apply(context, signal);
  }
}
