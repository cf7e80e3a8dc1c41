package dev.muster.actors.simulation;

import dev.muster.actors.cluster.ClusterRules;
import dev.muster.actors.cluster.CreditLimit;
import dev.muster.actors.environment.Bootstrap;
import dev.muster.actors.placement.Demand;
import dev.muster.actors.placement.Fleet;
import dev.muster.actors.placement.HostLoad;
import dev.muster.actors.placement.Resources;
import dev.muster.actors.placement.Zones;
import dev.muster.actors.reconcile.LoadSettings;
import dev.muster.actors.reconcile.ScalingSettings;
import dev.muster.actors.replica.Backoff;
import dev.muster.actors.testing.Sizes;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.ReplicaFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** One installation with its users and its bad luck, in one thread and under a virtual clock. */
final class World {
  static final List<String> ZONES = List.of("az1", "az2", "az3");

  /** Each has room for so many replicas, which is not always enough for all. */
  private static final long ROOM_PER_HOST = 8;

  /** Whatever its size. */
  static final Demand DEMAND = size -> new Resources(1_000_000_000L, 1L << 30);

  static final List<HostLoad> HOSTS =
      ZONES.stream()
          .map(
              zone ->
                  HostLoad.idle(
                      zone + "@host",
                      zone,
                      new Resources(ROOM_PER_HOST * 1_000_000_000L, ROOM_PER_HOST << 30)))
          .toList();

  static final long BACKOFF_MIN_MILLIS = 200;
  private static final Origin OPERATOR =
      new Origin("operator", Optional.empty(), Optional.empty(), Optional.empty());
  static final Bootstrap BOOTSTRAP = new Bootstrap("simulated", "25cc", 1, "25cc", 0);
  private static final long START_EPOCH_MILLIS = 1_700_000_000_000L;
  private static final long CLOCK_STEP_MILLIS = 5_000;
  private static final ScalingSettings SCALING =
      new ScalingSettings(
          Duration.ofSeconds(1),
          new LoadSettings(
              80,
              80,
              60,
              Duration.ofMillis(1_500),
              Duration.ofSeconds(3),
              Duration.ofSeconds(2),
              Duration.ofSeconds(20),
              Duration.ofSeconds(30)));

  private final Plant plant;
  private final Chance chance;
  private final Agenda agenda;
  private final Journal journal;
  private final Checks checks;
  private final Map<String, Host> hosts = new LinkedHashMap<>();
  private final ClusterRules rules;
  private final Loads loads;
  private final Statements statements;
  private final Backoff backoff;
  private Set<String> outages = Set.of();
  private ControlPlane plane;
  private int epoch;
  private long upSinceMicros;
  private long clockOffsetMillis;

  World(Simulation simulation) {
    this.plant = simulation.plant();
    this.chance = new Chance(simulation.seed(), simulation.faults());
    this.agenda = new Agenda(chance.lots());
    Books books = new Books();
    this.journal = new Journal(plant, books);
    this.checks = new Checks(this, books);
    this.backoff = Plants.backoff(plant);
    this.rules =
        new ClusterRules(
            Sizes.GRADED,
            Zones.of(ZONES),
            Fleet.UNBOUNDED,
            DEMAND,
            Plants.reconciler(plant),
            ClusterRules.DEFAULT_MAX_REPLICAS,
            Duration.ofSeconds(20),
            SCALING,
            CreditLimit.NONE);
    ZONES.forEach(zone -> hosts.put(zone, new Host(this, zone)));
    start();
    this.loads = new Loads(this);
    every(8_000, loads::change);
    this.statements = new Statements(this, simulation.unsaid());
    every(400, statements::next);
    repeat(Fault.REPLICA_CRASH, 1_200, this::crashReplica);
    repeat(Fault.CRASH_LOOP, 10_000, this::sickenReplica);
    repeat(Fault.HUNG_REPLICA, 3_000, this::hangReplica);
    repeat(Fault.ZONE_LOSS, 15_000, () -> loseHost(Fault.ZONE_LOSS, true));
    repeat(Fault.ZONE_OUTAGE, 12_000, this::takeZoneOut);
    repeat(Fault.AGENT_CRASH, 5_000, () -> loseHost(Fault.AGENT_CRASH, false));
    repeat(Fault.CONTROL_PLANE_CRASH, 8_000, this::crash);
    repeat(Fault.CLOCK_STEP, 5_000, this::stepClock);
  }

  /** How many were to be said until now. */
  int statements() {
    return statements.count();
  }

  Loads loads() {
    return loads;
  }

  Plant plant() {
    return plant;
  }

  Chance chance() {
    return chance;
  }

  Agenda agenda() {
    return agenda;
  }

  Journal journal() {
    return journal;
  }

  Checks checks() {
    return checks;
  }

  ClusterRules rules() {
    return rules;
  }

  Backoff backoff() {
    return backoff;
  }

  Host host(String zone) {
    return hosts.get(zone);
  }

  Collection<Host> hosts() {
    return hosts.values();
  }

  ControlPlane plane() {
    return plane;
  }

  boolean isUp() {
    return !plane.isDown();
  }

  /** Counts the lives of the control plane. */
  int epoch() {
    return epoch;
  }

  long upSinceMicros() {
    return upSinceMicros;
  }

  long wallMillis() {
    return START_EPOCH_MILLIS + agenda.nowMicros() / 1_000 + clockOffsetMillis;
  }

  Instant instant() {
    return Instant.ofEpochMilli(wallMillis());
  }

  /** At random intervals with a mean, until there is calm. */
  private void every(long meanMillis, Runnable action) {
    agenda.after(
        interval(chance.statements(), meanMillis),
        () -> {
          if (!chance.isCalm()) {
            action.run();
            every(meanMillis, action);
          }
        });
  }

  private void repeat(Fault fault, long meanMillis, Runnable action) {
    if (chance.isActive(fault)) {
      agenda.after(
          interval(chance.of(fault), meanMillis),
          () -> {
            if (!chance.isCalm()) {
              action.run();
              repeat(fault, meanMillis, action);
            }
          });
    }
  }

  private static long interval(SplittableRandom random, long meanMillis) {
    return 1 + (long) (-Math.log(1 - random.nextDouble()) * meanMillis * 1_000);
  }

  private void start() {
    epoch++;
    upSinceMicros = agenda.nowMicros();
    plane = new ControlPlane(this);
    plane.start();
  }

  /** Whether the control plane has just ended in the middle of a write. */
  boolean crashesInWrite() {
    if (plane == null || !chance.happens(Fault.CRASH_IN_WRITE, 0.004)) {
      return false;
    }
    crash();
    return true;
  }

  void crash() {
    if (plane.isDown()) {
      return;
    }
    if (plant != Plant.SECOND_WRITER) {
      plane.goDown();
      hosts.values().forEach(Host::forgetListeners);
    }
    ControlPlane ended = plane;
    agenda.after(
        chance.micros(1, 3_000),
        () -> {
          if (plane == ended) {
            start();
          }
        });
  }

  private void crashReplica() {
    SplittableRandom random = chance.of(Fault.REPLICA_CRASH);
    Host host = hosts.get(Chance.one(random, ZONES));
    List<Process> processes = List.copyOf(host.processes().values());
    if (!processes.isEmpty()) {
      host.end(Chance.one(random, processes), ReplicaFailure.Kind.SIGNALED);
    }
  }

  private void sickenReplica() {
    SplittableRandom random = chance.of(Fault.CRASH_LOOP);
    Host host = hosts.get(Chance.one(random, ZONES));
    List<Process> processes = List.copyOf(host.processes().values());
    if (!processes.isEmpty()) {
      host.sicken(Chance.one(random, processes).id, random.nextLong(5_000_000, 90_000_000));
    }
  }

  /** For a moment, for longer than anybody waits, or for ever. */
  private void hangReplica() {
    SplittableRandom random = chance.of(Fault.HUNG_REPLICA);
    Host host = hosts.get(Chance.one(random, ZONES));
    List<Process> processes =
        host.processes().values().stream().filter(process -> process.listener() != null).toList();
    if (!processes.isEmpty()) {
      host.hang(
          Chance.one(random, processes),
          random.nextBoolean()
              ? Optional.of(random.nextLong(10_000, 6_000_000))
              : Optional.empty());
    }
  }

  private void loseHost(Fault fault, boolean withReplicas) {
    SplittableRandom random = chance.of(fault);
    Host host = hosts.get(Chance.one(random, ZONES));
    if (host.isAlive()) {
      host.lose(withReplicas);
      agenda.after(
          random.nextLong(1_000, 6_000_000),
          () -> {
            if (!outages.contains(host.zone())) {
              host.comeBack();
            }
          });
    }
  }

  /** The agents of zones that are out of service have gone, and what they ran. */
  void zonesOut(Set<String> zones) {
    Set<String> before = outages;
    outages = Set.copyOf(zones);
    for (Host host : hosts.values()) {
      if (outages.contains(host.zone()) && !before.contains(host.zone())) {
        host.lose(true);
      } else if (!outages.contains(host.zone()) && before.contains(host.zone())) {
        host.comeBack();
      }
    }
  }

  /** What is lost comes back; what is out of service, when somebody says so. */
  void calm() {
    hosts.values().stream().filter(host -> !outages.contains(host.zone())).forEach(Host::comeBack);
    ZONES.forEach(this::bringZoneBack);
  }

  private void takeZoneOut() {
    SplittableRandom random = chance.of(Fault.ZONE_OUTAGE);
    String zone = Chance.one(random, ZONES);
    operate(new EnvironmentCommand.TakeZoneOut(zone, Optional.of("bad luck")));
    agenda.after(random.nextLong(1_000, 15_000_000), () -> bringZoneBack(zone));
  }

  /** Asked again and again until it is. */
  private void bringZoneBack(String zone) {
    if (journal.environmentState().zoneOutages().containsKey(zone)) {
      operate(new EnvironmentCommand.BringZoneBack(zone));
      agenda.after(500_000, () -> bringZoneBack(zone));
    }
  }

  private void operate(EnvironmentCommand command) {
    if (isUp()) {
      ControlPlane asked = plane;
      asked.tellEnvironment(() -> asked.environment().execute(command, OPERATOR, reply -> {}));
    }
  }

  /** Within bounds, so that deadlines pass in a bounded time. */
  private void stepClock() {
    long step = chance.of(Fault.CLOCK_STEP).nextLong(-CLOCK_STEP_MILLIS, CLOCK_STEP_MILLIS + 1);
    if (Math.abs(clockOffsetMillis + step) <= 4 * CLOCK_STEP_MILLIS) {
      clockOffsetMillis += step;
    }
  }
}
