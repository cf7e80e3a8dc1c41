package dev.muster.actors.simulation;

import dev.muster.actors.cluster.ClusterRules;
import dev.muster.actors.host.HostLedger;
import dev.muster.actors.testing.Sizes;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.JournalEvent;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.time.HybridClock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Everything that a crash of the control plane throws away. */
final class ControlPlane {
  static final long WAKE_MILLIS = 2_000;
  static final long SWEEP_MILLIS = 5_000;

  private final World world;
  private final HybridClock clock;
  private final EnvironmentProcess environment;
  private final HostLedger ledger;
  private final Map<ClusterId, ClusterProcess> clusters = new HashMap<>();
  private final Map<ClusterId, Agenda.Channel> channels = new HashMap<>();
  private final Agenda.Channel toEnvironment;
  private boolean down;

  ControlPlane(World world) {
    this.world = world;
    this.clock = new HybridClock(() -> Instant.ofEpochMilli(world.wallMillis()), 0);
    if (world.plant() != Plant.CLOCK_NOT_SHOWN) {
      this.clock.observe(world.journal().latest());
    }
    this.toEnvironment = world.agenda().new Channel();
    this.ledger = new HostLedger(World.ZONES, World.HOSTS, Sizes.GRADED, World.DEMAND);
    this.environment = new EnvironmentProcess(world, this);
  }

  void start() {
    environment.recover();
    sweep();
  }

  World world() {
    return world;
  }

  HybridClock clock() {
    return clock;
  }

  EnvironmentProcess environment() {
    return environment;
  }

  boolean isDown() {
    return down;
  }

  void goDown() {
    down = true;
  }

  Collection<ClusterProcess> clusters() {
    return clusters.values();
  }

  HostLedger ledger() {
    return ledger;
  }

  ClusterRules rules(Origin by) {
    return world
        .rules()
        .withFleet(
            Plants.zones(world.plant(), ledger.zones()),
            by.equals(Origin.SYSTEM) ? ledger.fleetToGive() : ledger.fleet(),
            ledger.demand());
  }

  /** Happens unless the control plane has ended by then. */
  void after(long delayMicros, Runnable action) {
    world.agenda().after(delayMicros, guarded(action));
  }

  Runnable guarded(Runnable action) {
    return () -> {
      if (!down) {
        action.run();
      }
    };
  }

  <E extends JournalEvent> List<Recorded<E>> record(List<E> events, Origin by) {
    return events.stream().map(event -> new Recorded<>(stamp(event.times()), by, event)).toList();
  }

  private HybridTime stamp(int counts) {
    return world.plant() == Plant.WALL_CLOCK_STAMPS
        ? new HybridClock(() -> Instant.ofEpochMilli(world.wallMillis()), 0).next(counts)
        : clock.next(counts);
  }

  /** A message that may be late, lost, or come twice; the cluster is woken by it. */
  void tell(ClusterId id, Consumer<ClusterProcess> message) {
    Agenda.Channel channel = channels.computeIfAbsent(id, ignored -> world.agenda().new Channel());
    transmit(channel, () -> message.accept(awake(id)));
  }

  void tellEnvironment(Runnable message) {
    transmit(toEnvironment, message);
  }

  private void transmit(Agenda.Channel channel, Runnable delivery) {
    Chance chance = world.chance();
    if (chance.happens(Fault.LOST_MESSAGE, 0.05)) {
      return;
    }
    channel.after(latencyMicros(), guarded(delivery));
    if (chance.happens(Fault.DUPLICATED_MESSAGE, 0.05)) {
      channel.after(latencyMicros(), guarded(delivery));
    }
  }

  private long latencyMicros() {
    Chance chance = world.chance();
    return chance.happens(Fault.DELAYED_MESSAGE, 0.05)
        ? chance.of(Fault.DELAYED_MESSAGE).nextLong(10_000, 3_000_000)
        : chance.micros(0, 3) + 50;
  }

  ClusterProcess awake(ClusterId id) {
    ClusterProcess known = clusters.get(id);
    if (known != null) {
      return known;
    }
    ClusterProcess process = new ClusterProcess(this, id);
    clusters.put(id, process);
    process.recover();
    return process;
  }

  void passivate(ClusterId id) {
    clusters.remove(id);
  }

  void wake(Collection<ClusterId> ids) {
    ids.forEach(id -> tell(id, process -> {}));
  }

  /** First what runs, and only then who wants it, as {@code OrphanSweep} explains. */
  private void sweep() {
    if (world.plant() == Plant.NO_ORPHAN_SWEEP) {
      return;
    }
    if (world.plant() == Plant.SWEEP_READS_CATALOG_FIRST) {
      Map<ClusterId, ClusterState> states = Map.copyOf(world.journal().states());
      after(
          world.chance().micros(1, 50),
          () -> world.hosts().forEach(host -> stopOrphans(host, host.inventory(), states)));
    } else {
      for (Host host : world.hosts()) {
        Set<ReplicaId> inventory = host.inventory();
        after(world.chance().micros(1, 50), () -> stopOrphans(host, inventory, published()));
      }
    }
    after(SWEEP_MILLIS * 1_000, this::sweep);
  }

  private Map<ClusterId, ClusterState> published() {
    Map<ClusterId, ClusterState> published = new HashMap<>();
    clusters.forEach((id, process) -> published.put(id, process.state()));
    return published;
  }

  private void stopOrphans(
      Host host, Set<ReplicaId> inventory, Map<ClusterId, ClusterState> published) {
    Set<ClusterId> known = environment.state().clusters().keySet();
    boolean complete =
        environment.state().clusters().values().stream()
            .allMatch(entry -> entry.creating().isPresent() || published.containsKey(entry.id()));
    if (!complete || !host.isAlive()) {
      return;
    }
    for (ReplicaId id : inventory) {
      if (!known.contains(id.cluster()) || isUnwanted(id, published.get(id.cluster()))) {
        host.stop(id, signal -> {});
      }
    }
  }

  private static boolean isUnwanted(ReplicaId id, ClusterState state) {
    if (state == null) {
      return false;
    }
    return switch (state) {
      case ClusterState.Live live -> live.replicas().stream().noneMatch(r -> r.id().equals(id));
      case ClusterState.Dropped ignored -> true;
      case ClusterState.Absent ignored -> false;
    };
  }
}
