package dev.muster.actors.simulation;

import dev.muster.actors.cluster.ClusterContext;
import dev.muster.actors.cluster.ClusterDecider;
import dev.muster.actors.cluster.ClusterPass;
import dev.muster.actors.cluster.ReportDecider;
import dev.muster.actors.decision.Decision;
import dev.muster.actors.entity.ReadoptionDriver;
import dev.muster.actors.reconcile.LoadHistory;
import dev.muster.actors.replica.ReplicaReport;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.Rejection;
import dev.muster.api.command.Reply;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ReconfigurationFinished;
import dev.muster.journal.event.ClusterEvent.ReplicaDropped;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Does what a cluster's actor does, in its order, with its report buffer and its supervisors. */
final class ClusterProcess {
  /** As installations have it. */
  private static final long REPORT_DELAY_MICROS = 250_000;

  private static final long RESTART_MICROS = 200_000;
  private static final long READOPTION_MICROS = 5_000_000;
  private static final long LOOK_AGAIN_MICROS = 60_000_000;

  private static final Rejection UNAVAILABLE = new Rejection.Unavailable("the journal failed");

  private final ControlPlane plane;
  private final World world;
  private final ClusterId id;
  private final List<ReplicaReport> waiting = new ArrayList<>();
  private final Map<ReplicaId, SupervisorProcess> supervisors = new TreeMap<>();
  private final ReadoptionDriver readoption;
  private final Set<ReplicaId> stopping = new HashSet<>();
  private ClusterState state = new ClusterState.Absent();
  private LoadHistory utilization = LoadHistory.NONE;
  private final List<Runnable> stashed = new ArrayList<>();
  private boolean restarting;
  private long sequenceNumber;
  private boolean flushScheduled;
  private Optional<Instant> armedFor = Optional.empty();

  /** A state with the news of the waiting reports in it, and that news by replica. */
  private record Informed(ClusterState state, List<News> news) {
    List<Recorded<ClusterEvent>> events() {
      return news.stream().map(News::recorded).toList();
    }
  }

  /** An event that a report gave rise to. */
  private record News(ReplicaId about, Recorded<ClusterEvent> recorded) {}

  ClusterProcess(ControlPlane plane, ClusterId id) {
    this.plane = plane;
    this.world = plane.world();
    this.id = id;
    this.readoption =
        new ReadoptionDriver(
            action -> plane.after(READOPTION_MICROS, action), () -> this.reconcile());
  }

  ClusterState state() {
    return state;
  }

  void recover() {
    restore();
    plane.after(10, this::reconcile);
    carryOut();
  }

  private void restore() {
    History.Recovery<ClusterEvent, ClusterState> recovery = world.journal().recover(id);
    state = recovery.snapshot();
    for (Recorded<ClusterEvent> recorded : recovery.tail()) {
      plane.clock().observe(recorded.at());
      state = state.evolve(recorded.at(), recorded.event());
    }
    sequenceNumber = recovery.lastSequenceNumber();
    world.checks().sameFold(state, world.journal().state(id));
    readoption.begin(state);
  }

  /** The journal failed: what comes meanwhile waits until the entity is there again. */
  private void restart(Runnable settled) {
    restarting = true;
    plane.after(
        RESTART_MICROS,
        () -> {
          restarting = false;
          restore();
          plane.after(10, this::reconcile);
          carryOut();
          settled.run();
          List<Runnable> waited = List.copyOf(stashed);
          stashed.clear();
          waited.forEach(Runnable::run);
        });
  }

  void execute(ClusterCommand command, Origin by, Consumer<Reply> answer) {
    if (restarting) {
      stashed.add(() -> execute(command, by, answer));
      return;
    }
    Informed informed = informed();
    ClusterContext context = context(by);
    Decision<ClusterEvent> decision =
        world.checks().decided(() -> ClusterDecider.decide(informed.state(), command, context));
    if (decision instanceof Decision.Accepted<ClusterEvent> accepted) {
      plane.ledger().take(id, informed.state(), accepted.events());
    }
    switch (decision) {
      case Decision.Rejected<ClusterEvent> rejected -> {
        answer.accept(new Reply.Refused(rejected.rejection()));
        stopIfDropped();
      }
      case Decision.Accepted<ClusterEvent> accepted when accepted.events().isEmpty() -> {
        answer.accept(new Reply.Done(accepted.notices()));
        stopIfDropped();
      }
      case Decision.Accepted<ClusterEvent> accepted -> {
        if (world.plant() == Plant.CLUSTER_ANSWERS_BEFORE_WRITE) {
          answer.accept(new Reply.Done(accepted.notices()));
        }
        List<Recorded<ClusterEvent>> events = worthwhile(informed, accepted.events());
        events.addAll(plane.record(journaled(informed.state(), accepted.events()), by));
        persist(
            informed.state(),
            events,
            Optional.of(command),
            () -> answer.accept(new Reply.Done()),
            () -> answer.accept(new Reply.Refused(UNAVAILABLE)));
      }
    }
  }

  private List<ClusterEvent> journaled(ClusterState before, List<ClusterEvent> decided) {
    return PastPlants.journaled(world.plant(), before, decided);
  }

  /** Not of replicas that the decision drops. */
  private static List<Recorded<ClusterEvent>> worthwhile(
      Informed informed, List<ClusterEvent> decided) {
    Set<ReplicaId> dropped = new HashSet<>();
    for (ClusterEvent event : decided) {
      if (event instanceof ReplicaDropped drop) {
        dropped.add(drop.id());
      } else if (event instanceof ReconfigurationFinished finished) {
        dropped.addAll(finished.retired());
      }
    }
    List<Recorded<ClusterEvent>> worthwhile = new ArrayList<>();
    for (News news : informed.news()) {
      if (!dropped.contains(news.about())) {
        worthwhile.add(news.recorded());
      }
    }
    return worthwhile;
  }

  private ClusterContext context(Origin by) {
    return new ClusterContext(
        id, plane.clock().next(), by, plane.rules(by), utilization, !readoption.isUnderWay());
  }

  private Informed informed() {
    List<News> news = new ArrayList<>();
    ClusterState informed = state;
    for (ReplicaReport report : waiting) {
      Optional<ClusterEvent> event =
          world.plant() == Plant.STALE_REPORT_BELIEVED
              ? Plants.believe(informed, report)
              : ReportDecider.decide(informed, report);
      if (event.isPresent()) {
        Recorded<ClusterEvent> recorded = plane.record(List.of(event.get()), Origin.SYSTEM).get(0);
        informed = informed.evolve(recorded.at(), recorded.event());
        news.add(new News(report.id(), recorded));
      }
    }
    return new Informed(informed, news);
  }

  private void reconcile() {
    if (restarting) {
      stashed.add(this::reconcile);
      return;
    }
    Informed informed = informed();
    List<Recorded<ClusterEvent>> events = new ArrayList<>(informed.events());
    ClusterContext context = context(Origin.SYSTEM);
    List<ClusterEvent> decided =
        world.checks().decided(() -> ClusterPass.decide(informed.state(), context));
    world
        .checks()
        .room(plane.ledger().take(id, informed.state(), decided), informed.state(), decided);
    events.addAll(plane.record(journaled(informed.state(), decided), Origin.SYSTEM));
    if (events.isEmpty()) {
      waiting.clear();
      armDeadline();
    } else {
      persist(informed.state(), events, Optional.empty(), () -> {}, () -> {});
    }
  }

  void report(ReplicaReport report) {
    if (report instanceof ReplicaReport.FailedAgain) {
      return; // To be shown, and nothing follows from it.
    }
    if (report instanceof ReplicaReport.Gone) {
      return;
    }
    if (restarting) {
      stashed.add(() -> report(report));
      return;
    }
    if (report instanceof ReplicaReport.Utilized utilized) {
      weigh(utilized);
      return;
    }
    if (report instanceof ReplicaReport.Failed failed) {
      utilization = utilization.without(failed.id());
    }
    waiting.add(report);
    if (!flushScheduled) {
      flushScheduled = true;
      plane.after(
          REPORT_DELAY_MICROS,
          () -> {
            flushScheduled = false;
            reconcile();
          });
    }
  }

  private void weigh(ReplicaReport.Utilized utilized) {
    if (state instanceof ClusterState.Live live && ClusterPass.weighsLoad(live)) {
      utilization =
          utilization.with(
              utilized.id(),
              utilized.utilization(),
              plane.clock().next().instant(),
              world.rules().scaling().load());
      reconcile();
    }
  }

  private void persist(
      ClusterState informed,
      List<Recorded<ClusterEvent>> events,
      Optional<ClusterCommand> command,
      Runnable durable,
      Runnable lost) {
    if (world.plant() == Plant.EFFECT_BEFORE_WRITE) {
      Plants.startEarly(world, folded(events));
    }
    if (world.crashesInWrite()) {
      return;
    }
    List<ReplicaReport> taken = List.copyOf(waiting);
    waiting.clear();
    boolean fails = world.chance().happens(Fault.FAILED_WRITE, 0.004);
    if (fails && world.chance().of(Fault.FAILED_WRITE).nextBoolean()) {
      restart(
          () -> {
            waiting.addAll(0, taken);
            lost.run();
          });
      return;
    }
    ClusterState before = state;
    world.checks().replicas(before, events);
    world.journal().append(id, sequenceNumber, events);
    ClusterState after = folded(events);
    world.checks().written(id, before, informed, events, after, command);
    if (fails) {
      restart(durable);
      return;
    }
    sequenceNumber += events.size();
    state = after;
    if (!world.crashesInWrite()) {
      carryOut();
      durable.run();
    }
  }

  private ClusterState folded(List<Recorded<ClusterEvent>> events) {
    ClusterState folded = state;
    for (Recorded<ClusterEvent> recorded : events) {
      folded = folded.evolve(recorded.at(), recorded.event());
    }
    return folded;
  }

  private void carryOut() {
    align(state);
    plane.ledger().settle(id, state, 0, this::lookAgain);
    armDeadline();
    if (state instanceof ClusterState.Live live && ClusterPass.follows(live)) {
      plane.after(10, this::reconcile);
    }
    stopIfDropped();
  }

  private void lookAgain() {
    if (world.plant() != Plant.ROOM_WAITED_FOR_IN_VAIN) {
      plane.after(10, this::reconcile);
    }
  }

  private void align(ClusterState wanted) {
    List<Replica> replicas =
        wanted instanceof ClusterState.Live live
            ? live.replicas().stream().filter(replica -> replica.waiting().isEmpty()).toList()
            : List.of();
    for (Replica replica : replicas) {
      if (!supervisors.containsKey(replica.id())) {
        SupervisorProcess supervisor = new SupervisorProcess(plane, this, replica);
        supervisors.put(replica.id(), supervisor);
        supervisor.begin(replica.progress());
      }
    }
    for (Map.Entry<ReplicaId, SupervisorProcess> one : supervisors.entrySet()) {
      boolean isWanted = replicas.stream().anyMatch(r -> r.id().equals(one.getKey()));
      if (!isWanted && stopping.add(one.getKey())) {
        one.getValue().stop();
      }
    }
  }

  void gone(ReplicaId replica) {
    supervisors.remove(replica);
    stopping.remove(replica);
    stopIfDropped();
  }

  private void stopIfDropped() {
    if (state instanceof ClusterState.Dropped && supervisors.isEmpty() && !restarting) {
      plane.passivate(id);
    }
  }

  private void armDeadline() {
    if (readoption.isUnderWay()) {
      return;
    }
    Optional<Instant> wanted =
        state instanceof ClusterState.Live live ? ClusterPass.due(live) : Optional.empty();
    if (!wanted.equals(armedFor)) {
      armedFor = wanted;
      wanted.ifPresent(this::arm);
    }
  }

  private void arm(Instant deadline) {
    Duration left =
        Duration.between(Instant.ofEpochMilli(plane.clock().next().epochMillis()), deadline);
    long micros = Math.max(0, Math.min(left.toMillis() * 1_000, LOOK_AGAIN_MICROS));
    plane.after(
        micros,
        () -> {
          if (armedFor.equals(Optional.of(deadline))) {
            armedFor = Optional.empty();
            reconcile();
          }
        });
  }
}
