package dev.muster.actors.simulation;

import dev.muster.actors.decision.Decision;
import dev.muster.actors.entity.Answer;
import dev.muster.actors.entity.LeadershipDriver;
import dev.muster.actors.environment.EnvironmentContext;
import dev.muster.actors.environment.EnvironmentDecider;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.Reply;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.state.ClusterEntry;
import dev.muster.journal.state.EnvironmentState;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Does what the environment's actor does, in its order: decide, write, effects, answer. */
final class EnvironmentProcess {
  private static final long DRIVE_AGAIN_MICROS = 1_000_000;

  private final World world;
  private final ControlPlane plane;
  private final LeadershipDriver leadership;
  private EnvironmentState state = EnvironmentState.EMPTY;
  private long sequenceNumber;

  EnvironmentProcess(World world, ControlPlane plane) {
    this.world = world;
    this.plane = plane;
    this.leadership = new LeadershipDriver(plane.clock(), this::execute);
  }

  EnvironmentState state() {
    return state;
  }

  void recover() {
    History.Recovery<EnvironmentEvent, EnvironmentState> recovery =
        world.journal().recoverEnvironment();
    state = recovery.snapshot();
    for (Recorded<EnvironmentEvent> recorded : recovery.tail()) {
      plane.clock().observe(recorded.at());
      state = state.evolve(recorded.at(), recorded.event());
    }
    sequenceNumber = recovery.lastSequenceNumber();
    world.checks().sameFold(state, world.journal().environmentState());
    if (world.plant() != Plant.OUTAGE_FORGOTTEN) {
      zones();
    }
    plane.ledger().expect(created());
    if (state.environmentId().isEmpty()) {
      persist(World.BOOTSTRAP.events(), Origin.SYSTEM, () -> leadership.resume(state));
    } else if (world.plant() != Plant.NO_RESUME) {
      leadership.resume(state);
    }
    if (!plane.isDown()) {
      wakeClusters();
      driveAgain();
    }
  }

  private List<ClusterId> created() {
    return state.clusters().values().stream()
        .filter(entry -> entry.creating().isEmpty())
        .map(ClusterEntry::id)
        .sorted()
        .toList();
  }

  private void zones() {
    plane.ledger().takeOut(state.zoneOutages(), 0);
    world.zonesOut(state.zoneOutages().keySet());
  }

  private void driveAgain() {
    if (world.plant() == Plant.NO_DRIVE_AGAIN) {
      return;
    }
    plane.after(
        DRIVE_AGAIN_MICROS,
        () -> {
          leadership.driveAgain();
          driveAgain();
        });
  }

  private void wakeClusters() {
    plane.wake(created());
    plane.after(ControlPlane.WAKE_MILLIS * 1_000, this::wakeClusters);
  }

  /** The task goes to its cluster, and the answer comes back: each may be lost. */
  private void execute(ClusterId id, ClusterCommand command, Origin by, long token) {
    plane.tell(
        id,
        cluster ->
            cluster.execute(
                command,
                by,
                reply ->
                    plane.tellEnvironment(
                        () -> answered(new Answer(token, plane.clock().next(), reply)))));
  }

  void execute(EnvironmentCommand command, Origin by, Consumer<Reply> answer) {
    EnvironmentContext context = new EnvironmentContext(plane.clock().next(), by, plane.rules(by));
    switch (world.checks().decided(() -> EnvironmentDecider.decide(state, command, context))) {
      case Decision.Rejected<EnvironmentEvent> rejected ->
          answer.accept(new Reply.Refused(rejected.rejection()));
      case Decision.Accepted<EnvironmentEvent> accepted when accepted.events().isEmpty() ->
          answer.accept(new Reply.Done(accepted.notices()));
      case Decision.Accepted<EnvironmentEvent> accepted -> {
        if (world.plant() == Plant.ANSWER_BEFORE_WRITE) {
          answer.accept(new Reply.Done(accepted.notices()));
        }
        persist(
            accepted.events(),
            by,
            () -> leadership.lead(answer, accepted.notices(), accepted.events(), by));
      }
    }
  }

  private void answered(Answer answer) {
    plane.clock().observe(answer.at());
    boolean finishing = !leadership.done().isEmpty();
    Optional<LeadershipDriver.Refused> refused = leadership.answered(answer);
    if (refused.isPresent()) {
      withdraw(refused.get());
    } else if (!finishing && !leadership.done().isEmpty()) {
      plane.after(10, this::finish);
    }
  }

  private void finish() {
    List<Long> tokens = leadership.done();
    List<EnvironmentEvent> events = leadership.finishing(tokens, state);
    if (events.isEmpty()) {
      leadership.finished(tokens);
    } else {
      persist(events, Origin.SYSTEM, () -> leadership.finished(tokens));
    }
  }

  private void withdraw(LeadershipDriver.Refused refused) {
    if (state.cluster(refused.cluster()).flatMap(ClusterEntry::creating).isEmpty()) {
      refused.withdrawn().run();
      return;
    }
    List<EnvironmentEvent> events =
        List.of(new EnvironmentEvent.ClusterDropStarted(List.of(refused.cluster())));
    persist(
        events,
        Origin.SYSTEM,
        () -> {
          refused.withdrawn().run();
          leadership.lead(reply -> {}, List.of(), events, Origin.SYSTEM);
        });
  }

  private void persist(List<EnvironmentEvent> events, Origin by, Runnable durable) {
    if (world.crashesInWrite()) {
      return;
    }
    List<Recorded<EnvironmentEvent>> recorded = plane.record(events, by);
    world.journal().append(sequenceNumber, recorded);
    sequenceNumber += recorded.size();
    for (Recorded<EnvironmentEvent> one : recorded) {
      state = state.evolve(one.at(), one.event());
    }
    world.checks().sameFold(state, world.journal().environmentState());
    zones();
    if (!world.crashesInWrite()) {
      durable.run();
    }
  }
}
