package dev.muster.actors.simulation;

import dev.muster.actors.replica.ReplicaReport;
import dev.muster.actors.replica.SupervisorDriver;
import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.Replica;
import dev.muster.journal.state.ReplicaProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Carries out what the supervisor of one replica decides. */
final class SupervisorProcess implements SupervisorDriver.Hands {
  private final ControlPlane plane;
  private final World world;
  private final ClusterProcess cluster;
  private final ReplicaId id;
  private final String zone;
  private final Host host;
  private final SupervisorDriver driver;
  private final Agenda.Channel toHost;
  private final Agenda.Channel fromHost;
  private final Agenda.Channel toCluster;
  private int hostLife = -1;
  private long waits;

  SupervisorProcess(ControlPlane plane, ClusterProcess cluster, Replica replica) {
    this.plane = plane;
    this.world = plane.world();
    this.cluster = cluster;
    this.id = replica.id();
    this.zone = replica.zone();
    this.host = world.host(zone);
    this.driver = new SupervisorDriver(id, world.backoff(), this, Plants.flaw(world.plant()));
    this.toHost = world.agenda().new Channel();
    this.fromHost = world.agenda().new Channel();
    this.toCluster = world.agenda().new Channel();
  }

  void begin(ReplicaProgress progress) {
    driver.begin(progress);
    if (world.plant() == Plant.RECOVERY_RESTARTS_REPLICAS
        && !(progress instanceof ReplicaProgress.Pending)
        && host.isAlive()) {
      host.stop(id, signal -> {});
    }
  }

  void stop() {
    plane.after(
        50,
        () -> {
          driver.stopAsked(world.instant(), world.chance().fraction());
          endIfGone();
        });
  }

  private void input(BiConsumer<Instant, Double> input) {
    input.accept(world.instant(), world.chance().fraction());
    endIfGone();
  }

  private void endIfGone() {
    if (driver.isGone()) {
      cluster.gone(id);
    }
  }

  @Override
  public void locate() {
    toHost.after(
        latency(),
        plane.guarded(
            () -> {
              host.whenThere(plane.guarded(this::located));
              lookForLoss();
            }));
  }

  /** As the directory of hosts does: at once, and again while nobody has answered. */
  private void lookForLoss() {
    if (host.isAlive() || world.plant() == Plant.LOSS_UNHEARD) {
      return;
    }
    plane
        .ledger()
        .lossOf(zone)
        .ifPresentOrElse(
            loss -> input((now, random) -> driver.hostMissing(loss.since(), now, random)),
            () -> plane.after(1_000_000, this::lookForLoss));
  }

  private void located() {
    if (hostLife != host.life()) {
      hostLife = host.life();
      host.watch(
          () ->
              fromHost.after(
                  world.chance().micros(1, 100),
                  plane.guarded(() -> input((now, random) -> driver.hostLost(now, random)))));
    }
    fromHost.after(
        latency(), plane.guarded(() -> input((now, random) -> driver.located(now, random))));
  }

  private long latency() {
    return world.chance().micros(0, 2) + 20;
  }

  /** Whoever speaks to a host that has gone is not heard. */
  private void tellHost(Consumer<Host> command) {
    int life = hostLife;
    toHost.after(
        latency(),
        plane.guarded(
            () -> {
              if (host.isAlive() && host.life() == life) {
                command.accept(host);
              }
            }));
  }

  private void signal(RuntimeSignal signal) {
    fromHost.after(
        latency(),
        plane.guarded(
            () ->
                input(
                    (now, random) ->
                        driver.signaled(Plants.heard(world.plant(), signal), now, random))));
  }

  @Override
  public void find() {
    tellHost(there -> there.find(id, this::signal));
  }

  @Override
  public void provision(long incarnation) {
    tellHost(there -> there.start(id, incarnation, this::signal));
  }

  @Override
  public void stopReplica() {
    tellHost(there -> there.stop(id, this::signal));
  }

  @Override
  public void awakeAfter(Duration delay) {
    long wait = ++waits;
    plane.after(
        delay.toMillis() * 1_000,
        () -> {
          if (wait == waits || world.plant() == Plant.STALE_TIMER) {
            input((now, random) -> driver.waitOver(now, random));
          }
        });
  }

  @Override
  public void report(ReplicaReport report) {
    toCluster.after(20, plane.guarded(() -> cluster.report(report)));
    // A host that is lost may give back what it ran: of reports around its loss the order counts.
    boolean repeatable =
        !(report instanceof ReplicaReport.Failed failed
            && failed.failure().kind() == ReplicaFailure.Kind.HOST_LOST);
    int life = host.life();
    if (repeatable && world.chance().happens(Fault.DUPLICATED_MESSAGE, 0.05)) {
      plane.after(
          world.chance().micros(1, 2_000),
          () -> {
            if (life == host.life()) {
              cluster.report(report);
            }
          });
    }
  }

  @Override
  public String hostName() {
    return host.name();
  }
}
