package dev.muster.actors.replica;

import dev.muster.actors.host.HostCommand;
import dev.muster.actors.host.HostDirectory;
import dev.muster.actors.host.ReplicaHost;
import dev.muster.actors.runtime.ReplicaOrder;
import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.api.size.ReplicaSize;
import dev.muster.journal.state.Replica;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * Carries out what the {@link SupervisorMachine} decides for one replica. It holds a state, the
 * host and nothing that ticks: ten thousand of them cost memory alone.
 *
 * <p>What it tells a host it tells again until it is answered ({@link Repetition}): between nodes a
 * message may be lost. So may what a host says unasked, and a host on another node is therefore
 * asked now and then whether the replica still runs.
 *
 * <p>It takes what its cluster, the directory and the host tell it as they tell it. To the outside
 * it is narrowed to its cluster's part: one is made with every replica, and two message adapters
 * for each cost more than all else of it.
 */
final class ReplicaSupervisor extends AbstractBehavior<Object> {
  /** A thousand supervisors of replicas on other nodes send some twenty messages a second. */
  private static final Duration LOOK_AGAIN_AFTER = Duration.ofSeconds(60);

  private final Replica replica;
  private final ActorRef<ReplicaReport> reports;
  private final ReplicaSupervision with;
  private final SupervisorMachine machine;
  private SupervisorState state;
  private ActorRef<HostCommand> host;
  private Optional<String> hostName;

  /** Where it was started last, as its cluster knows: that host takes it again. */
  private Optional<String> startedOn;

  private boolean isRefused;
  private boolean isLeft;
  private String name;
  private long waits;
  private final Repetition repetition;
  private boolean looksAgain;

  /** One of several waits may be long over: only the end of the latest counts. */
  private record Awake(long number) {}

  /** A host on another node is to be asked how the replica is. */
  private record Look() {}

  static Behavior<SupervisorCommand> create(
      Replica replica, ActorRef<ReplicaReport> reports, ReplicaSupervision with) {
    return Behaviors.<Object>setup(
            context -> new ReplicaSupervisor(context, replica, reports, with))
        .narrow();
  }

  private ReplicaSupervisor(
      ActorContext<Object> context,
      Replica replica,
      ActorRef<ReplicaReport> reports,
      ReplicaSupervision with) {
    super(context);
    this.replica = replica;
    this.name = replica.name();
    this.hostName = ReplicaHost.of(replica.progress());
    this.startedOn = hostName;
    this.reports = reports;
    this.with = with;
    this.repetition = new Repetition(context);
    this.machine = new SupervisorMachine(replica.id(), with.backoff());
    SupervisorMachine.Step first = machine.first(replica.progress());
    this.state = first.state();
    first.actions().forEach(this::carryOut);
  }

  @Override
  public Receive<Object> createReceive() {
    return newReceiveBuilder()
        .onMessage(SupervisorCommand.Stop.class, ignored -> step(new SupervisorInput.StopAsked()))
        .onMessage(SupervisorCommand.Rename.class, this::onRename)
        .onMessage(HostDirectory.Located.class, this::onHostFound)
        .onMessage(
            HostDirectory.Missing.class,
            missing -> step(new SupervisorInput.HostMissing(missing.since())))
        .onMessage(RuntimeSignal.Leaving.class, ignored -> onLeaving())
        .onMessage(RuntimeSignal.class, signal -> step(new SupervisorInput.Signaled(signal)))
        .onMessage(Awake.class, this::onAwake)
        .onMessage(Repetition.Due.class, this::onRepetition)
        .onMessage(Look.class, ignored -> onLook())
        .onSignal(Terminated.class, this::onTerminated)
        .build();
  }

  private Behavior<Object> onHostFound(HostDirectory.Located located) {
    if (!located.host().equals(host)) {
      if (!hostName.equals(Optional.of(located.name()))) {
        // The one that it was last seen on is not waited for any more.
        step(new SupervisorInput.HostMissing(Optional.empty()));
      }
      host = located.host();
      isLeft = false;
      hostName = Optional.of(located.name());
      getContext().watch(host);
    }
    return step(new SupervisorInput.Located());
  }

  private Behavior<Object> onRename(SupervisorCommand.Rename rename) {
    name = rename.name();
    return this;
  }

  private Behavior<Object> onAwake(Awake awake) {
    if (awake.number() != waits) {
      return this;
    }
    if (!isRefused) {
      return step(new SupervisorInput.WaitOver());
    }
    // The host is there, and no use: another one may have room by now.
    isRefused = false;
    host = null;
    hostName = Optional.empty();
    return step(new SupervisorInput.HostLost());
  }

  private Behavior<Object> onTerminated(Terminated terminated) {
    if (!terminated.getRef().equals(host)) {
      return this;
    }
    host = null;
    repetition.end();
    // A node that starts again under its address is told of as gone once more, though it is there.
    boolean isThere = isLeft || with.present().test(terminated.getRef());
    return step(isThere ? new SupervisorInput.HostLeft() : new SupervisorInput.HostLost());
  }

  /** Until it is gone it may still tell something. */
  private Behavior<Object> onLeaving() {
    isLeft = true;
    return this;
  }

  private Behavior<Object> onRepetition(Repetition.Due due) {
    repetition.take(due).ifPresent(host::tell);
    return this;
  }

  private Behavior<Object> onLook() {
    looksAgain = false;
    if (host != null && state.runs()) {
      host.tell(new HostCommand.Find(replica.id(), self()));
    }
    lookAgainLater();
    return this;
  }

  /** Of what happens on its own node a supervisor is told, always. */
  private void lookAgainLater() {
    boolean elsewhere = host != null && host.path().address().hasGlobalScope();
    if (elsewhere && !looksAgain && state.runs()) {
      looksAgain = true;
      getContext().scheduleOnce(LOOK_AGAIN_AFTER, getContext().getSelf(), new Look());
    }
  }

  private Behavior<Object> step(SupervisorInput input) {
    SupervisorMachine.Step step =
        machine.next(state, input, with.clock().instant(), with.random().getAsDouble());
    state = step.state();
    if (!state.awaitsHost()) {
      repetition.end();
    }
    step.actions().forEach(this::carryOut);
    lookAgainLater();
    return state instanceof SupervisorState.Gone ? Behaviors.stopped() : this;
  }

  private void carryOut(SupervisorAction action) {
    switch (action) {
      case SupervisorAction.Locate ignored -> locate();
      case SupervisorAction.Find ignored -> tell(new HostCommand.Find(replica.id(), self()));
      case SupervisorAction.Provision provision -> provision(provision.incarnation());
      case SupervisorAction.StopReplica ignored -> tell(new HostCommand.Stop(replica.id(), self()));
      case SupervisorAction.Wait wait -> awakeAfter(wait.delay());
      case SupervisorAction.ReportStarted started -> reportStarted(started);
      case SupervisorAction.ReportNoRoom refused -> {
        isRefused = true;
        reports.tell(new ReplicaReport.NoRoom(replica.id(), hostName.orElseThrow(), refused.why()));
      }
      case SupervisorAction.Report report -> reports.tell(report.report());
    }
  }

  private void reportStarted(SupervisorAction.ReportStarted started) {
    startedOn = hostName;
    reports.tell(
        new ReplicaReport.Started(
            replica.id(),
            started.incarnation(),
            hostName.orElseThrow(),
            started.processId(),
            started.provisionedAt(),
            Optional.of(started.occurredAt())));
  }

  private void tell(HostCommand command) {
    host.tell(command);
    repetition.begin(command);
  }

  private void locate() {
    with.hosts().tell(new HostDirectory.Locate(replica.zone(), replica.id(), hostName, self()));
  }

  /** As whoever answers knows it. */
  private <T> ActorRef<T> self() {
    return getContext().getSelf().narrow();
  }

  private void provision(long incarnation) {
    Optional<ReplicaSize> size = with.sizes().find(replica.size());
    if (size.isEmpty()) {
      step(new SupervisorInput.Refused("the size " + replica.size() + " is not configured"));
      return;
    }
    tell(
        new HostCommand.Start(
            new ReplicaOrder(
                replica.id(), incarnation, name, replica.zone(), size.get(), replica.settings()),
            self(),
            !hostName.equals(startedOn)));
  }

  private void awakeAfter(Duration delay) {
    getContext().scheduleOnce(delay, getContext().getSelf(), new Awake(++waits));
  }
}
