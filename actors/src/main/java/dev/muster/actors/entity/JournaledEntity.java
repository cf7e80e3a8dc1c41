package dev.muster.actors.entity;

import dev.muster.api.command.Rejection;
import dev.muster.api.metrics.EntityMetrics;
import dev.muster.journal.JournalErrors;
import dev.muster.journal.chain.EntityChain;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.JournalEvent;
import dev.muster.journal.event.Recorded;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.JournalPersistFailed;
import org.apache.pekko.persistence.typed.JournalPersistRejected;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.RecoveryCompleted;
import org.apache.pekko.persistence.typed.RecoveryFailed;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.EffectBuilder;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;
import org.apache.pekko.persistence.typed.javadsl.SignalHandlerBuilder;

/**
 * What both kinds of entity have in common, whatever they decide: events that are stamped and
 * chained, writes whose outcome is told even where the journal failed, statements that are done
 * once, and an end that waits for no journal.
 *
 * @param <M> the entity's messages
 * @param <E> its events
 * @param <S> its state
 */
abstract class JournaledEntity<M, E extends JournalEvent, S>
    extends EventSourcedBehavior<M, Recorded<E>, S> {
  final ActorContext<M> context;
  final EntityRuntime runtime;
  final Departure<M> departure;
  final Statements statements;
  final Writes<S> writes;
  final EntityChain<E, S> chain;
  private final String persistenceId;

  /** Why it could not be read the last time; empty where it could. */
  private String hindrance = "";

  JournaledEntity(
      ActorContext<M> context,
      String persistenceId,
      EntityRuntime runtime,
      Departure<M> departure,
      EntityMetrics.Kind metrics) {
    super(PersistenceId.ofUniqueId(persistenceId), runtime.restart());
    this.context = context;
    this.persistenceId = persistenceId;
    this.runtime = runtime;
    this.departure = departure;
    this.statements = new Statements(runtime.clock(), runtime.settings().askedAgainAfter());
    this.writes = new Writes<>(metrics, runtime.standing());
    this.chain = new EntityChain<>(persistenceId);
  }

  /** The state after an event. */
  abstract S evolve(S state, HybridTime at, E event);

  /** All that was journaled has been read: goes on with what is unfinished. */
  abstract void resume(S state);

  /**
   * A recovery failed, and will be tried again with growing pauses.
   *
   * @param reason one line
   * @param lasting whether what is stored is to blame, so that no waiting helps
   */
  abstract void unreadable(String reason, boolean lasting);

  /** The actor ends. */
  abstract void ended(S state);

  /**
   * Events are durable: publishes what they make of the state, before anybody is told of it. Reads
   * see what was acknowledged (invariant 9).
   */
  abstract void durable(S after, List<Recorded<E>> events);

  /** A message that means nothing to an entity that is asked to end before it has recovered. */
  abstract M nudge();

  @Override
  public final EventHandler<S, Recorded<E>> eventHandler() {
    return (state, recorded) -> {
      runtime.clock().observe(recorded.at());
      statements.found(recorded);
      return evolve(state, recorded.at(), recorded.event());
    };
  }

  @Override
  public final EventAdapter<Recorded<E>, Object> eventAdapter() {
    return chain.events();
  }

  @Override
  public final SnapshotAdapter<S> snapshotAdapter() {
    return chain.snapshots();
  }

  @Override
  public SignalHandler<S> signalHandler() {
    return signals().build();
  }

  final SignalHandlerBuilder<S> signals() {
    return newSignalHandlerBuilder()
        .onSignal(RecoveryCompleted.instance(), this::recovered)
        .onSignal(RecoveryFailed.class, (state, failed) -> recoveryFailed(failed.getFailure()))
        .onSignal(JournalPersistFailed.class, (state, failed) -> writes.failed(failed.getFailure()))
        .onSignal(
            JournalPersistRejected.class, (state, rejected) -> writes.failed(rejected.getFailure()))
        .onSignal(PostStop.instance(), this::ended);
  }

  /**
   * Writes events, publishes what they make of the state, and then tells who waits for it.
   *
   * @param answer given the state, once they are durable
   * @param lost where they are not
   */
  final EffectBuilder<Recorded<E>, S> persist(
      List<Recorded<E>> events, Consumer<S> answer, Consumer<Rejection> lost) {
    writes.begin(lastSequenceNumber(context) + events.size(), answer, lost);
    return Effect()
        .persist(events)
        .thenRun(
            after -> {
              writes.done();
              chain.settled();
              durable(after, events);
              answer.accept(after);
              writes.count(events.size());
            });
  }

  /** The same message again, after a while. */
  final Effect<Recorded<E>, S> putAside(M message, Duration forTheTime) {
    context.scheduleOnce(forTheTime, context.getSelf(), message);
    return Effect().none();
  }

  private void recovered(S state) {
    long sequenceNumber = lastSequenceNumber(context);
    hindrance = "";
    departure.recovered();
    writes.recovered();
    chain.recovered(sequenceNumber);
    statements.recovered(sequenceNumber);
    resume(state);
  }

  private void recoveryFailed(Throwable failure) {
    String reason =
        EntityRuntime.describe(failure, persistenceId, () -> lastSequenceNumber(context));
    writes.unreadable();
    if (!isKnown(reason)) {
      context.getLog().error("the journal of {} cannot be read: {}", persistenceId, reason);
    }
    hindrance = reason;
    unreadable(reason, JournalErrors.isDamage(failure));
    if (departure.recoveryFailed()) {
      context.getSelf().tell(nudge());
    }
  }

  /** Pekko tells of it more than once, and with more words the second time. */
  private boolean isKnown(String reason) {
    return !hindrance.isEmpty() && (reason.startsWith(hindrance) || hindrance.startsWith(reason));
  }
}
