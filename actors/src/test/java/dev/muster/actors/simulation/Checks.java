package dev.muster.actors.simulation;

import dev.muster.actors.reconcile.GracefulReconfiguration;
import dev.muster.api.command.ClusterCommand;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterEntry;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import dev.muster.journal.state.Replica;
import dev.muster.journal.state.ReplicaProgress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The invariants of the design, numbered as there. */
final class Checks {
  private static final long ORPHAN_BOUND_MICROS = 12_000_000;
  private static final Pattern STEADY = Pattern.compile("r[1-9][0-9]*");

  private final World world;
  private final ZoneChecks zones;
  private final SpreadChecks spread;
  private final ScalingChecks scaling;
  private final ServingChecks serving;
  private final Streaks streaks;
  private final PastChecks past;
  private final HangingChecks hanging;
  private final Acknowledgements acknowledgements;
  private final Map<ReplicaId, Long> unwantedSince = new HashMap<>();

  Checks(World world, Books books) {
    this.world = world;
    this.zones = new ZoneChecks(world);
    this.spread = new SpreadChecks(world, zones);
    this.serving = new ServingChecks(world);
    this.streaks = new Streaks(world);
    this.scaling = new ScalingChecks(world);
    this.past = new PastChecks(world, books);
    this.hanging = new HangingChecks(world);
    this.acknowledgements = new Acknowledgements(world);
  }

  /** Live state equals the replay. */
  void sameFold(Object live, Object replayed) {
    Violation.unless(
        live == replayed || live.equals(replayed),
        3,
        () -> "live state is " + live + ", the journal folds into " + replayed);
  }

  /** An effect has followed a durable intent. */
  void starting(ReplicaId id, String zone) {
    ClusterState state = world.journal().state(id.cluster());
    long known =
        switch (state) {
          case ClusterState.Absent ignored -> 0;
          case ClusterState.Live live -> live.lastReplicaNumber();
          case ClusterState.Dropped ignored -> Long.MAX_VALUE;
        };
    Violation.unless(id.number() <= known, 4, () -> id + " starts, and no event asks for it");
    for (Host host : world.hosts()) {
      Violation.unless(
          host == world.host(zone) || !host.processes().containsKey(id),
          4,
          () -> id + " runs in two zones");
    }
  }

  /** Nothing healthy is stopped that the journal wants. */
  void stopping(ReplicaId id) {
    world.hosts().stream()
        .map(host -> host.processes().get(id))
        .filter(Objects::nonNull)
        .forEach(serving::stopping);
    Violation.unless(!isWanted(id), 8, () -> id + " is stopped, and its cluster wants it");
  }

  /** A cluster that the environment has dropped wants nothing any more. */
  private boolean isWanted(ReplicaId id) {
    return world.journal().environmentState().clusters().containsKey(id.cluster())
        && world.journal().state(id.cluster()) instanceof ClusterState.Live live
        && live.replicas().stream().anyMatch(replica -> replica.id().equals(id));
  }

  /** After each write of a cluster. */
  void written(
      ClusterId id,
      ClusterState before,
      ClusterState informed,
      List<Recorded<ClusterEvent>> events,
      ClusterState after,
      Optional<ClusterCommand> command) {
    sameFold(after, world.journal().state(id));
    if (after instanceof ClusterState.Live live) {
      zones.written(before, live, command);
      live.managed().ifPresent(managed -> names(live, managed));
      spread.written(live);
      scaling.written(live);
      if (before instanceof ClusterState.Live was) {
        scaling.decided(was, informed, events);
      }
      serving.written(informed, events, live, command);
    }
  }

  /** Before a write of a cluster: what it says of replicas is so, and is said in few words. */
  void replicas(ClusterState before, List<Recorded<ClusterEvent>> written) {
    ClusterState state = before;
    for (Recorded<ClusterEvent> recorded : written) {
      if (state instanceof ClusterState.Live live) {
        streaks.check(live, recorded.event(), recorded.at().instant());
      }
      state = state.evolve(recorded.at(), recorded.event());
    }
  }

  private static void names(ClusterState.Live live, Managed managed) {
    Set<String> names = new HashSet<>();
    for (Replica replica : live.replicas()) {
      if (STEADY.matcher(replica.name()).matches()) {
        names.add(replica.name());
        Violation.unless(
            replica.size().equals(managed.size()), 5, () -> "a size is off in " + live);
      }
    }
    Set<String> expected =
        IntStream.rangeClosed(1, managed.replicationFactor())
            .mapToObj(number -> "r" + number)
            .collect(Collectors.toSet());
    Violation.unless(names.equals(expected), 5, () -> "the names are " + names + " in " + live);
    boolean pending = live.replicas().stream().anyMatch(GracefulReconfiguration::isPending);
    Violation.unless(
        !pending || live.reconfiguration().isPresent(), 5, () -> "pending for no reason: " + live);
  }

  /** Done means done, durably. */
  void created(ClusterId id) {
    Violation.unless(
        !(world.journal().state(id) instanceof ClusterState.Absent)
            || isDroppedByNow(id, world.journal().environmentState()),
        1,
        "the creation of " + id + " was acknowledged and is not durable");
  }

  private static boolean isDroppedByNow(ClusterId id, EnvironmentState environment) {
    return id.number() <= environment.lastUserId() && !environment.clusters().containsKey(id);
  }

  void dropped(ClusterId id) {
    Violation.unless(
        !(world.journal().state(id) instanceof ClusterState.Live),
        1,
        "the drop of " + id + " was acknowledged and is not durable");
  }

  ServingChecks serving() {
    return serving;
  }

  HangingChecks hanging() {
    return hanging;
  }

  /** After each step. */
  void stepped() {
    serving.stepped();
    spread.stepped();
  }

  PastChecks past() {
    return past;
  }

  Acknowledgements acknowledgements() {
    return acknowledgements;
  }

  ScalingChecks scaling() {
    return scaling;
  }

  /** From time to time: what nobody wants ends soon. */
  void orphans() {
    zones.lost();
    zones.believed();
    long now = world.agenda().nowMicros();
    Set<ReplicaId> unwanted = new HashSet<>();
    for (Host host : world.hosts()) {
      for (ReplicaId id : host.processes().keySet()) {
        if (isWanted(id)) {
          hanging.hanging(host, host.processes().get(id));
        } else {
          unwanted.add(id);
          long since = unwantedSince.computeIfAbsent(id, ignored -> now);
          long bound =
              Math.max(since, Math.max(host.backSinceMicros(), world.upSinceMicros()))
                  + ORPHAN_BOUND_MICROS;
          Violation.unless(
              now <= bound || !host.isAlive() || !world.isUp(), 4, id + " runs on unwanted");
        }
      }
    }
    unwantedSince.keySet().retainAll(unwanted);
  }

  /** Why the world is not at rest yet; empty when it is. */
  Optional<Unrest> unrest() {
    EnvironmentState environment = world.journal().environmentState();
    if (!world.isUp()) {
      return Unrest.of(4, "the control plane is down");
    }
    boolean open =
        !environment.dropping().isEmpty()
            || !environment.replicaDrops().isEmpty()
            || environment.clusters().values().stream().anyMatch(e -> e.creating().isPresent());
    if (open) {
      return Unrest.of(4, "the environment has open tasks: " + environment);
    }
    for (ClusterEntry entry : environment.clusters().values()) {
      if (!(world.journal().state(entry.id()) instanceof ClusterState.Live)) {
        return Unrest.of(4, "" + entry + " is not there");
      }
    }
    for (Host host : world.hosts()) {
      for (ReplicaId id : host.processes().keySet()) {
        if (!isWanted(id)) {
          return Unrest.of(4, "" + id + " runs unwanted");
        }
      }
    }
    for (ClusterState state : world.journal().states().values()) {
      if (state instanceof ClusterState.Live live) {
        Optional<Unrest> unrest = unrest(live, environment);
        if (unrest.isPresent()) {
          return unrest;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Unrest> unrest(ClusterState.Live live, EnvironmentState environment) {
    if (!environment.clusters().containsKey(live.id())) {
      return Unrest.of(4, "nobody knows " + live);
    }
    if (live.reconfiguration().isPresent()) {
      return Unrest.of(4, "never ends: " + live.reconfiguration());
    }
    Optional<Unrest> scalingUnrest = scaling.unrest(live);
    if (scalingUnrest.isPresent()) {
      return scalingUnrest;
    }
    Optional<Unrest> place = zones.unrest(live);
    if (place.isPresent()) {
      return place;
    }
    for (Replica replica : live.replicas()) {
      if (replica.waiting().isPresent()) {
        continue;
      }
      Process process = world.host(replica.zone()).processes().get(replica.id());
      boolean online =
          process != null
              && process.hydrated
              && !process.isSilent()
              && replica.progress() instanceof ReplicaProgress.Online known
              && known.incarnation() == process.incarnation;
      if (!online) {
        return Unrest.of(4, "not online: " + replica + ", process " + process);
      }
    }
    return live.managed().filter(managed -> !isSpread(live, managed)).map(m -> uneven(live));
  }

  /** A decision, made twice: the same state, inputs and time give the same (invariant 12). */
  <D> D decided(Supplier<D> decider) {
    D decision = decider.get();
    D again = decider.get();
    Violation.unless(
        decision.equals(again), 12, () -> "decided " + decision + ", and then " + again);
    return decision;
  }

  /** What Muster gives away by itself is there. */
  void room(boolean taken, ClusterState state, List<ClusterEvent> decided) {
    Violation.unless(taken, 6, () -> "no room for " + decided + " of " + state);
  }

  private static Unrest uneven(ClusterState.Live live) {
    return new Unrest(6, "not spread: " + live);
  }

  private boolean isSpread(ClusterState.Live live, Managed managed) {
    List<Replica> replicas = live.replicas();
    boolean spreads =
        world.rules().sizes().find(managed.size()).map(size -> size.zoneSpread()).orElse(false);
    if (!spreads || replicas.stream().anyMatch(Replica::zonePinned)) {
      return true;
    }
    return zones.isSpread(live, managed);
  }
}
