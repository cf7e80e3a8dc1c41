package dev.muster.journal.sqlite;

import dev.muster.journal.PersistenceIds;
import dev.muster.journal.chain.EntityChain;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.state.ClusterState;
import java.util.List;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.apache.pekko.persistence.typed.SnapshotAdapter;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;
import org.apache.pekko.persistence.typed.javadsl.EventSourcedBehavior;
import org.apache.pekko.persistence.typed.javadsl.RetentionCriteria;

/** The least entity that journals: records what it is told to, and tells its state. */
final class RecordingEntity
    extends EventSourcedBehavior<RecordingEntity.Command, Recorded<ClusterEvent>, ClusterState> {
  sealed interface Command {}

  record Record(List<Recorded<ClusterEvent>> events, ActorRef<Done> replyTo) implements Command {}

  record Tell(ActorRef<ClusterState> replyTo) implements Command {}

  private final RetentionCriteria retention;
  private final EntityChain<ClusterEvent, ClusterState> chain;

  private RecordingEntity(ClusterId id, RetentionCriteria retention) {
    super(PersistenceId.ofUniqueId(PersistenceIds.cluster(id)));
    this.retention = retention;
    this.chain = new EntityChain<>(PersistenceIds.cluster(id));
  }

  static Behavior<Command> create(ClusterId id) {
    return new RecordingEntity(id, RetentionCriteria.disabled());
  }

  static Behavior<Command> create(ClusterId id, RetentionCriteria retention) {
    return new RecordingEntity(id, retention);
  }

  /** Around an entity: hears what it dies of, and dies with it. */
  static Behavior<Command> reporting(Behavior<Command> entity, Consumer<Throwable> failures) {
    return Behaviors.setup(
        context -> {
          ActorRef<Command> child = context.spawn(entity, "entity");
          context.watch(child);
          return Behaviors.receive(Command.class)
              .onAnyMessage(
                  command -> {
                    child.tell(command);
                    return Behaviors.same();
                  })
              .onSignal(
                  ChildFailed.class,
                  failed -> {
                    failures.accept(failed.cause());
                    return Behaviors.stopped();
                  })
              .build();
        });
  }

  @Override
  public ClusterState emptyState() {
    return new ClusterState.Absent();
  }

  @Override
  public EventAdapter<Recorded<ClusterEvent>, Object> eventAdapter() {
    return chain.events();
  }

  @Override
  public SnapshotAdapter<ClusterState> snapshotAdapter() {
    return chain.snapshots();
  }

  @Override
  public RetentionCriteria retentionCriteria() {
    return retention;
  }

  @Override
  public CommandHandler<Command, Recorded<ClusterEvent>, ClusterState> commandHandler() {
    return newCommandHandlerBuilder()
        .forAnyState()
        .onCommand(
            Record.class,
            (state, command) ->
                Effect()
                    .persist(command.events())
                    .thenRun(ignored -> command.replyTo().tell(Done.getInstance())))
        .onCommand(
            Tell.class, (state, command) -> Effect().none().thenRun(s -> command.replyTo().tell(s)))
        .build();
  }

  @Override
  public EventHandler<ClusterState, Recorded<ClusterEvent>> eventHandler() {
    return (state, recorded) -> state.evolve(recorded.at(), recorded.event());
  }
}
