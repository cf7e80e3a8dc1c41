package dev.muster.actors.entity;

import dev.muster.actors.cluster.ClusterPass;
import dev.muster.actors.decision.Decision;
import dev.muster.actors.entity.ClusterMessage.Execute;
import dev.muster.actors.replica.ReplicaReport;
import dev.muster.api.command.Rejection;
import dev.muster.api.command.Reply;
import dev.muster.journal.PersistenceIds;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.state.ClusterState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.Effect;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;
import org.apache.pekko.persistence.typed.javadsl.SignalHandler;

/**
 * One cluster: the single writer of its journal and the parent of its replicas' supervisors.
 *
 * <p>The object outlives a restart after a failure of the journal: the write in flight is then
 * settled by what the recovery finds, and the supervisors go on undisturbed.
 */
public final class ClusterEntity
    extends JournaledEntity<ClusterMessage, ClusterEvent, ClusterState> {
  private final ClusterId id;
  private final Consumer<ActorRef<ClusterMessage>> passivate;
  private final Supervision supervision;
  private final Room room;
  private final CrashLoops crashLoops = new CrashLoops();
  private final ReportBuffer reports;
  private final ReconfigurationWatches watches;
  private final PassTimer timer;
  private final CreditDesk credits;
  private final Readoption readoption;
  private final ClusterDecisions decisions;

  /**
   * @param passivate asks whoever holds the entity to stop it
   */
  public static Behavior<ClusterMessage> create(
      ClusterId id, EntityRuntime runtime, Consumer<ActorRef<ClusterMessage>> passivate) {
    return Behaviors.setup(
        context -> {
          Departure<ClusterMessage> departure =
              new Departure<>(ClusterMessage.class, () -> runtime.health().clusterRecovered(id));
          return Behaviors.intercept(
              () -> departure,
              Behaviors.supervise(new ClusterEntity(context, id, runtime, passivate, departure))
                  .onFailure(RuntimeException.class, runtime.restart()));
        });
  }

  private ClusterEntity(
      ActorContext<ClusterMessage> context,
      ClusterId id,
      EntityRuntime runtime,
      Consumer<ActorRef<ClusterMessage>> passivate,
      Departure<ClusterMessage> departure) {
    super(context, PersistenceIds.cluster(id), runtime, departure, runtime.metrics().cluster());
    this.id = id;
    this.passivate = passivate;
    this.supervision = new Supervision(context, runtime.supervisors(), runtime.settings());
    this.room = new Room(context, id, runtime);
    this.reports = new ReportBuffer(context, runtime);
    this.watches = new ReconfigurationWatches(context, runtime.seen());
    this.timer = new PassTimer(context);
    this.credits = new CreditDesk(context, id, runtime);
    this.readoption =
        new Readoption(
            () ->
                context.scheduleOnce(
                    runtime.settings().readoptionWait(),
                    context.getSelf(),
                    new ClusterMessage.ReplicasFoundAgain()));
    this.decisions = new ClusterDecisions(context, id, runtime, room, readoption);
  }

  @Override
  public ClusterState emptyState() {
    return new ClusterState.Absent();
  }

  @Override
  ClusterState evolve(ClusterState state, HybridTime at, ClusterEvent event) {
    return state.evolve(at, event);
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return RetentionCriteria.snapshotEvery(
        runtime.settings().clusterSnapshotEvery(), runtime.settings().snapshotsKept());
  }

  @Override
  public CommandHandler<ClusterMessage, Recorded<ClusterEvent>, ClusterState> commandHandler() {
    return this::onMessage;
  }

  private Effect<Recorded<ClusterEvent>, ClusterState> onMessage(
      ClusterState state, ClusterMessage message) {
    return switch (message) {
      case Execute execute -> come(state, execute, false);
      case ClusterMessage.ExecuteAgain again -> come(state, again.execute(), true);
      case ClusterMessage.Resume resumed -> execute(state, resumed.execute(), Optional.empty());
      case ClusterMessage.CreditsAnswered answered -> credits(state, answered.answer());
      case ClusterMessage.Wake wake -> {
        wake.replyTo().tell(id);
        yield Effect().none();
      }
      case ClusterMessage.Reported reported -> {
        note(state, reported.report());
        yield decisions.weighs(state, reported.report()) ? reconcile(state) : Effect().none();
      }
      case ClusterMessage.FlushReports ignored -> {
        reports.flushed();
        yield reconcile(state);
      }
      case ClusterMessage.ReplicasFoundAgain ignored -> {
        readoption.ended();
        yield reconcile(state);
      }
      case ClusterMessage.Reconcile ignored -> {
        timer.fired();
        yield reconcile(state);
      }
      case ClusterMessage.Watch watch -> {
        watches.add(watch, state);
        yield Effect().none();
      }
      case ClusterMessage.LookAgain ignored -> {
        watches.lookAgain(state);
        yield Effect().none();
      }
      case ClusterMessage.Supervise supervise -> {
        supervision.rested(supervise.id(), state);
        yield Effect().none();
      }
    };
  }

  private Effect<Recorded<ClusterEvent>, ClusterState> come(
      ClusterState state, Execute execute, boolean again) {
    if (again) {
      credits.remind(execute);
    }
    return statements.isToBeCarriedOut(execute, again)
        ? execute(state, execute, Optional.empty())
        : Effect().none();
  }

  private Effect<Recorded<ClusterEvent>, ClusterState> credits(ClusterState state, Answer answer) {
    Optional<CreditDesk.Asked> asked = credits.answered(answer);
    if (asked.isPresent() && answer.reply() instanceof Reply.Refused refused) {
      statements.answer(asked.get().execute(), refused);
      return Effect().none();
    }
    return asked.isPresent()
        ? execute(state, asked.get().execute(), Optional.of(asked.get().desired()))
        : Effect().none();
  }

  /**
   * @param granted the rate of credits that was reserved for it
   */
  private Effect<Recorded<ClusterEvent>, ClusterState> execute(
      ClusterState state, Execute execute, Optional<BigDecimal> granted) {
    HybridTime now = runtime.arrival(execute.sentAt());
    if (now.epochMillis() > execute.deadlineEpochMillis()) {
      return Effect().none();
    }
    if (!runtime.standing().mayDecide()) {
      return putAside(new ClusterMessage.Resume(execute), EntityRuntime.STANDING_AGAIN_AFTER);
    }
    return switch (AwaitedCreation.of(id, state, execute, now, runtime)) {
      case PROCEED -> decided(state, execute, now, granted);
      case WAIT -> putAside(new ClusterMessage.Resume(execute), AwaitedCreation.AGAIN_AFTER);
      case TOO_LATE -> {
        statements.answer(execute, new Reply.Refused(AwaitedCreation.STILL_CREATING));
        yield Effect().none();
      }
    };
  }

  private Effect<Recorded<ClusterEvent>, ClusterState> decided(
      ClusterState state, Execute execute, HybridTime now, Optional<BigDecimal> granted) {
    ReportBuffer.Informed informed = reports.inform(state);
    if (credits.asks(
        informed.state(), execute, granted, () -> decisions.wish(informed.state(), execute, now))) {
      return Effect().none();
    }
    Runnable settled = () -> granted.ifPresent(any -> credits.settled(lastSequenceNumber(context)));
    return switch (decisions.decide(informed.state(), execute, now, granted.isPresent())) {
      case Decision.Rejected<ClusterEvent> rejected -> {
        settled.run();
        statements.answer(execute, new Reply.Refused(rejected.rejection()));
        stopIfDropped(state);
        yield Effect().none();
      }
      case Decision.Accepted<ClusterEvent> accepted when accepted.events().isEmpty() -> {
        settled.run();
        statements.answer(
            execute, ClusterDecisions.reply(informed.state(), execute, accepted, informed.state()));
        stopIfDropped(state);
        yield Effect().none();
      }
      case Decision.Accepted<ClusterEvent> accepted -> {
        List<Recorded<ClusterEvent>> events = new ArrayList<>(informed.worthwhile(accepted));
        events.addAll(runtime.record(accepted.events(), execute.by()));
        yield write(
            state,
            events,
            after -> {
              settled.run();
              statements.answer(
                  execute, ClusterDecisions.reply(informed.state(), execute, accepted, after));
            },
            rejection -> {
              settled.run();
              statements.answer(execute, new Reply.Refused(rejection));
            });
      }
    };
  }

  /** The news of replicas, and what one pass of the kernel makes of the state with them in it. */
  private Effect<Recorded<ClusterEvent>, ClusterState> reconcile(ClusterState state) {
    if (!runtime.standing().mayDecide()) {
      return putAside(new ClusterMessage.Reconcile(), EntityRuntime.STANDING_AGAIN_AFTER);
    }
    ReportBuffer.Informed informed = reports.inform(state);
    List<Recorded<ClusterEvent>> events = new ArrayList<>(informed.all());
    events.addAll(runtime.record(decisions.pass(informed.state()), Origin.SYSTEM));
    if (events.isEmpty()) {
      reports.take();
      alignTimer(state);
      return Effect().none();
    }
    return write(state, events, after -> {}, rejection -> {});
  }

  private void note(ClusterState state, ReplicaReport report) {
    crashLoops.forget(report.id());
    switch (report) {
      case ReplicaReport.FailedAgain again -> {
        crashLoops.add(again, runtime.clock().next());
        publish(state);
      }
      case ReplicaReport.Gone gone -> {
        runtime.catalog().withdraw(gone.id());
        decisions.forget(gone.id());
        decisions.taken(gone.id());
      }
      case ReplicaReport.NoRoom refused -> {
        runtime.hosts().refused(refused.id(), refused.host());
        decisions.refused(refused.id());
        reports.add(refused);
      }
      case ReplicaReport.Utilized ignored -> {}
      case ReplicaReport.Hydrated hydrated -> {
        supervision.serves(hydrated.id());
        reports.add(hydrated);
      }
      case ReplicaReport.Started started -> {
        decisions.taken(started.id());
        reports.add(started);
      }
      case ReplicaReport.Failed failed -> {
        decisions.forget(failed.id());
        reports.add(failed);
      }
    }
  }

  private Effect<Recorded<ClusterEvent>, ClusterState> write(
      ClusterState before,
      List<Recorded<ClusterEvent>> events,
      Consumer<ClusterState> answer,
      Consumer<Rejection> lost) {
    List<ReplicaReport> taken = reports.take();
    Consumer<Rejection> lostToo =
        rejection -> {
          taken.forEach(reports::add);
          lost.accept(rejection);
        };
    // Who asked need not wait for what follows from it.
    return persist(events, answer, lostToo)
        .thenRun(
            after -> {
              runtime.metrics().clusterEvents().happened(before, events);
              carryOut(after);
            });
  }

  @Override
  void durable(ClusterState after, List<Recorded<ClusterEvent>> events) {
    tellChain();
    publish(after);
  }

  private void tellChain() {
    chain.head().ifPresent(hash -> runtime.chains().moved(id, lastSequenceNumber(context), hash));
  }

  private void publish(ClusterState state) {
    switch (state) {
      case ClusterState.Live live ->
          runtime.catalog().publish(id, crashLoops.over(live), lastSequenceNumber(context));
      case ClusterState.Dropped ignored -> runtime.catalog().withdraw(id);
      case ClusterState.Absent ignored -> {}
    }
  }

  /** Level-based: whatever follows from the state and is not so yet. */
  private void carryOut(ClusterState state) {
    supervision.align(state);
    room.settle(state, lastSequenceNumber(context));
    watches.moved(state);
    alignTimer(state);
    if (state instanceof ClusterState.Live live && ClusterPass.follows(live)) {
      context.getSelf().tell(new ClusterMessage.Reconcile());
    }
    stopIfDropped(state);
  }

  /** A deadline is of no consequence until the replicas have been found: that wakes it, too. */
  private void alignTimer(ClusterState state) {
    if (!readoption.isUnderWay()) {
      timer.align(state, runtime.clock().next().epochMillis());
    }
  }

  /**
   * A dropped cluster needs no actor once its replicas are gone. One that is not there yet may be
   * about to be created, and stays.
   */
  private void stopIfDropped(ClusterState state) {
    if (state instanceof ClusterState.Dropped && supervision.isIdle()) {
      passivate.accept(context.getSelf());
    }
  }

  @Override
  public SignalHandler<ClusterState> signalHandler() {
    return signals()
        .onSignal(Terminated.class, (state, terminated) -> supervisorStopped(state, terminated))
        .build();
  }

  @Override
  void resume(ClusterState state) {
    runtime.health().clusterRecovered(id);
    // What was journaled last before a stop may never have been told of.
    tellChain();
    readoption.begin(state);
    // First, since what the supervisors find may be older than what is to be done.
    context.getSelf().tell(new ClusterMessage.Reconcile());
    publish(state);
    carryOut(state);
    writes.settle(lastSequenceNumber(context), state);
  }

  @Override
  void ended(ClusterState state) {
    runtime.catalog().withdraw(id);
    room.leave(state);
  }

  @Override
  void unreadable(String reason, boolean lasting) {
    room.unreadable();
    runtime.health().clusterFailed(id, reason, lasting);
    if (lasting) {
      runtime.catalog().damaged(id, reason);
    } else {
      runtime.catalog().withdraw(id);
    }
  }

  @Override
  ClusterMessage nudge() {
    return new ClusterMessage.Reconcile();
  }

  private void supervisorStopped(ClusterState state, Terminated terminated) {
    supervision.stopped(terminated.getRef());
    // What waited for a place may have been given one while its last supervisor was going.
    supervision.align(state);
    stopIfDropped(state);
  }
}
