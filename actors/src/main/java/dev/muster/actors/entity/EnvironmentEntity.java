package dev.muster.actors.entity;

import dev.muster.actors.decision.Decision;
import dev.muster.actors.entity.EnvironmentMessage.Execute;
import dev.muster.actors.environment.Bootstrap;
import dev.muster.actors.environment.CreditReservations;
import dev.muster.actors.environment.EnvironmentContext;
import dev.muster.actors.environment.EnvironmentDecider;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.Rejection;
import dev.muster.api.command.Reply;
import dev.muster.journal.JournalFailure;
import dev.muster.journal.PersistenceIds;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.state.ClusterEntry;
import dev.muster.journal.state.EnvironmentState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;

/**
 * The environment: names and rights, and the lead of create and drop.
 *
 * <p>Create, as one reads it in the two journals:
 *
 * <pre>
 *   environment  ClusterCreationStarted ............................ ClusterCreationFinished, reply
 *   cluster                              ClusterCreated, ReplicaAdded
 * </pre>
 *
 * A drop is the same with {@code ClusterDropStarted}, {@code ReplicaDropped}, {@code
 * ClusterDropped} and {@code ClusterDropFinished}. After a crash at any point the state tells what
 * is unfinished, and it is driven again: each step of a cluster may be repeated without harm.
 */
public final class EnvironmentEntity
    extends JournaledEntity<EnvironmentMessage, EnvironmentEvent, EnvironmentState> {
  /** How soon a name is looked at again whose cluster is being created. */
  private static final Duration CREATION_AGAIN_AFTER = Duration.ofMillis(20);

  /** A creation that takes too long is spoken of before the client gives up. */
  static final long LAST_WORD_MILLIS = 5_000;

  private final TimerScheduler<EnvironmentMessage> timers;
  private final Bootstrap bootstrap;
  private final Leadership leadership;
  private final ActorRef<ClusterWaker.Message> waker;
  private final CreditReservations credits = new CreditReservations();

  /**
   * @param clusters delivers a message to the entity of a cluster
   */
  public static Behavior<EnvironmentMessage> create(
      EntityRuntime runtime, Bootstrap bootstrap, BiConsumer<ClusterId, ClusterMessage> clusters) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  Departure<EnvironmentMessage> departure =
                      new Departure<>(
                          EnvironmentMessage.class, () -> runtime.health().environmentRecovered());
                  return Behaviors.intercept(
                      () -> departure,
                      Behaviors.supervise(
                              new EnvironmentEntity(
                                  context, timers, runtime, bootstrap, clusters, departure))
                          .onFailure(RuntimeException.class, runtime.restart()));
                }));
  }

  private EnvironmentEntity(
      ActorContext<EnvironmentMessage> context,
      TimerScheduler<EnvironmentMessage> timers,
      EntityRuntime runtime,
      Bootstrap bootstrap,
      BiConsumer<ClusterId, ClusterMessage> clusters,
      Departure<EnvironmentMessage> departure) {
    super(
        context, PersistenceIds.environment(), runtime, departure, runtime.metrics().environment());
    this.timers = timers;
    this.bootstrap = bootstrap;
    this.leadership =
        new Leadership(
            runtime,
            clusters,
            context.messageAdapter(Answer.class, EnvironmentMessage.Answered::new));
    this.waker =
        context.spawn(
            ClusterWaker.create(
                clusters, runtime.settings().wakeParallelism(), runtime.settings().wakeTimeout()),
            "waker");
  }

  @Override
  public EnvironmentState emptyState() {
    return EnvironmentState.EMPTY;
  }

  @Override
  EnvironmentState evolve(EnvironmentState state, HybridTime at, EnvironmentEvent event) {
    return state.evolve(at, event);
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(
        runtime.settings().environmentSnapshotEvery(), runtime.settings().snapshotsKept());
  }

  @Override
  public CommandHandler<EnvironmentMessage, Recorded<EnvironmentEvent>, EnvironmentState>
      commandHandler() {
    return this::onMessage;
  }

  private Effect<Recorded<EnvironmentEvent>, EnvironmentState> onMessage(
      EnvironmentState state, EnvironmentMessage message) {
    boolean tooEarly = state.environmentId().isEmpty();
    return switch (message) {
      case Execute ignored when tooEarly -> Effect().stash();
      case EnvironmentMessage.Wake ignored -> Effect().none();
      case EnvironmentMessage.Initialize ignored -> initialize(state);
      case EnvironmentMessage.ExecuteAgain ignored when tooEarly -> Effect().stash();
      case Execute execute -> come(state, execute, false);
      case EnvironmentMessage.ExecuteAgain again -> come(state, again.execute(), true);
      case EnvironmentMessage.Resume resumed -> execute(state, resumed.execute());
      case EnvironmentMessage.Answered answered -> answered(state, answered.answer());
      case EnvironmentMessage.Finish ignored -> finish(state);
      case EnvironmentMessage.Checkpoint checkpoint -> checkpoint(state, checkpoint);
      case EnvironmentMessage.ReserveCredits wish -> {
        wish.replyTo().tell(reserved(state, wish));
        yield Effect().none();
      }
      case EnvironmentMessage.CreditsSettled settled -> {
        credits.settled(settled.cluster(), settled.sequenceNumber());
        yield Effect().none();
      }
      case EnvironmentMessage.DriveAgain ignored -> {
        leadership.driveAgain();
        yield Effect().none();
      }
      case EnvironmentMessage.WakeClusters wake -> {
        wakeClusters(state, wake.unseenOnly());
        yield Effect().none();
      }
    };
  }

  private Effect<Recorded<EnvironmentEvent>, EnvironmentState> initialize(EnvironmentState state) {
    if (state.environmentId().isPresent()) {
      return Effect().unstashAll();
    }
    // Where the write is lost, the recovery that follows begins anew.
    return persist(
            runtime.record(bootstrap.events(), Origin.SYSTEM), leadership::resume, rejection -> {})
        .thenUnstashAll();
  }

  private Effect<Recorded<EnvironmentEvent>, EnvironmentState> come(
      EnvironmentState state, Execute execute, boolean again) {
    return statements.isToBeCarriedOut(execute, again) ? execute(state, execute) : Effect().none();
  }

  private Effect<Recorded<EnvironmentEvent>, EnvironmentState> execute(
      EnvironmentState state, Execute execute) {
    HybridTime now = runtime.arrival(execute.sentAt());
    if (now.epochMillis() > execute.deadlineEpochMillis()) {
      return Effect().none();
    }
    if (!runtime.standing().mayDecide()) {
      return putAside(new EnvironmentMessage.Resume(execute), EntityRuntime.STANDING_AGAIN_AFTER);
    }
    if (Unfinished.meets(execute.command(), state)
        && now.epochMillis() + LAST_WORD_MILLIS < execute.deadlineEpochMillis()) {
      return putAside(new EnvironmentMessage.Resume(execute), CREATION_AGAIN_AFTER);
    }
    return switch (decide(state, execute, now)) {
      case Decision.Rejected<EnvironmentEvent> rejected -> {
        statements.answer(execute, new Reply.Refused(rejected.rejection()));
        yield Effect().none();
      }
      case Decision.Accepted<EnvironmentEvent> accepted -> {
        Lead lead = new Lead(reply -> statements.answer(execute, reply), accepted.notices());
        if (accepted.events().isEmpty()) {
          leadership.join(lead, Unfinished.concerns(execute.command(), state));
          yield Effect().none();
        }
        yield persist(
            runtime.record(accepted.events(), execute.by()),
            after -> leadership.lead(lead, accepted.events(), execute.by()),
            lead::refuse);
      }
    };
  }

  /** A defect in a decision costs its command, not the environment. */
  private Decision<EnvironmentEvent> decide(
      EnvironmentState state, Execute execute, HybridTime now) {
    EnvironmentCommand command = execute.command();
    try {
      EnvironmentContext decision =
          new EnvironmentContext(now, execute.by(), runtime.rules().get());
      return EnvironmentDecider.decide(state, command, decision);
    } catch (RuntimeException defect) {
      context.getLog().error("the environment cannot decide {}", command, defect);
      return Decision.rejected(new Rejection.Unavailable("an internal error: " + defect));
    }
  }

  /** Finished tasks are collected, so that many share a write. */
  private Effect<Recorded<EnvironmentEvent>, EnvironmentState> answered(
      EnvironmentState state, Answer answer) {
    runtime.clock().observe(answer.at());
    boolean finishing = !leadership.done().isEmpty();
    Optional<Leadership.Refusal> refusal = leadership.answered(answer);
    if (refusal.isPresent()) {
      return withdraw(state, refusal.get());
    }
    if (!finishing && !leadership.done().isEmpty()) {
      context.getSelf().tell(new EnvironmentMessage.Finish());
    }
    return Effect().none();
  }

  private Effect<Recorded<EnvironmentEvent>, EnvironmentState> finish(EnvironmentState state) {
    List<Long> tokens = leadership.done();
    List<EnvironmentEvent> events = leadership.finishing(tokens, state);
    if (events.isEmpty()) {
      leadership.finished(tokens);
      return Effect().none();
    }
    // Where the write is lost, the clusters have done their part all the same: noting it is tried
    // again when the next task is done, or is driven again.
    return persist(
        runtime.record(events, Origin.SYSTEM),
        after -> leadership.finished(tokens),
        rejection -> leadership.undone(tokens));
  }

  /** Where the write is lost, whoever told of the chains tells again. */
  private Effect<Recorded<EnvironmentEvent>, EnvironmentState> checkpoint(
      EnvironmentState state, EnvironmentMessage.Checkpoint checkpoint) {
    if (state.environmentId().isEmpty()) {
      return Effect().none();
    }
    return persist(
        runtime.record(
            List.of(new EnvironmentEvent.ChainsCheckpointed(checkpoint.heads())), Origin.SYSTEM),
        after ->
            checkpoint
                .replyTo()
                .tell(new Answer(0, runtime.clock().next(), new Reply.Done(List.of()))),
        rejection -> {});
  }

  private Answer reserved(EnvironmentState state, EnvironmentMessage.ReserveCredits wish) {
    HybridTime now = runtime.clock().next();
    Optional<Rejection> refused =
        credits.reserve(
            new CreditReservations.Wish(wish.cluster(), wish.desired(), wish.current()),
            state,
            runtime.seen().get(),
            now.instant());
    return new Answer(
        wish.token(),
        now,
        refused.<Reply>map(Reply.Refused::new).orElseGet(() -> new Reply.Done(List.of())));
  }

  /**
   * A creation that its cluster refused: the name is free again, and what there is of it goes. But
   * not where the id is another's, whom nobody asked to go.
   */
  private Effect<Recorded<EnvironmentEvent>, EnvironmentState> withdraw(
      EnvironmentState state, Leadership.Refusal refusal) {
    ClusterId id = refusal.creation().cluster();
    if (state.cluster(id).flatMap(ClusterEntry::creating).isEmpty()) {
      leadership.withdrawn(refusal);
      return Effect().none();
    }
    List<EnvironmentEvent> events = List.of(new EnvironmentEvent.ClusterDropStarted(List.of(id)));
    List<EnvironmentEvent> withEnd =
        List.of(events.getFirst(), new EnvironmentEvent.ClusterDropFinished(id));
    boolean isAnothers =
        refusal.rejection() instanceof Rejection.JournalFailed failed
            && failed.kind() == JournalFailure.DAMAGED;
    return persist(
        runtime.record(isAnothers ? withEnd : events, Origin.SYSTEM),
        after -> {
          leadership.withdrawn(refusal);
          leadership.lead(Lead.unattended(), isAnothers ? List.of() : events, Origin.SYSTEM);
        },
        rejection -> {});
  }

  @Override
  void durable(EnvironmentState after, List<Recorded<EnvironmentEvent>> events) {
    runtime
        .catalog()
        .publish(after, lastSequenceNumber(context), events.stream().map(Recorded::event).toList());
    runtime.hosts().takeOut(after.zoneOutages(), lastSequenceNumber(context));
  }

  @Override
  void ended(EnvironmentState state) {
    runtime.catalog().withdrawEnvironment();
  }

  @Override
  void resume(EnvironmentState state) {
    runtime.health().environmentRecovered();
    startTimers();
    if (state.environmentId().isPresent()) {
      runtime.catalog().publish(state, lastSequenceNumber(context));
      runtime.hosts().takeOut(state.zoneOutages(), lastSequenceNumber(context));
      runtime.hosts().expect(created(state));
      wakeClusters(state, true);
    }
    writes.settle(lastSequenceNumber(context), state);
    leadership.resume(state);
    // On a first start it begins the environment; later it only lets in who came too early.
    context.getSelf().tell(new EnvironmentMessage.Initialize());
  }

  /** At every recovery: a restart cancels what was started before it. */
  private void startTimers() {
    EntitySettings settings = runtime.settings();
    timers.startTimerWithFixedDelay(
        new EnvironmentMessage.DriveAgain(), settings.driveAgainInterval());
    timers.startTimerWithFixedDelay(
        new EnvironmentMessage.WakeClusters(false), settings.wakeInterval());
    timers.startTimerWithFixedDelay(
        new EnvironmentMessage.WakeClusters(true), settings.wakeUnseenInterval());
  }

  /** Those that are being created are woken by their creation. */
  private void wakeClusters(EnvironmentState state, boolean unseenOnly) {
    List<ClusterId> created = created(state);
    Set<ClusterId> seen = unseenOnly ? runtime.seen().get().clusters().keySet() : Set.of();
    waker.tell(
        new ClusterWaker.Message.Rouse(
            created.stream().filter(id -> !seen.contains(id)).toList(), !unseenOnly));
  }

  private static List<ClusterId> created(EnvironmentState state) {
    return state.clusters().values().stream()
        .filter(entry -> entry.creating().isEmpty())
        .map(ClusterEntry::id)
        .sorted()
        .toList();
  }

  @Override
  void unreadable(String reason, boolean lasting) {
    runtime.health().environmentFailed(reason, lasting);
  }

  @Override
  EnvironmentMessage nudge() {
    return new EnvironmentMessage.Initialize();
  }
}
