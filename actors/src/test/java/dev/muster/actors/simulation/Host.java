package dev.muster.actors.simulation;

import dev.muster.actors.runtime.Liveness;
import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A host of one zone and the replicas that it runs, which keeps the contract of {@code
 * ReplicaRuntime}. What it runs survives the control plane.
 */
final class Host {

  /**
   * How a process ended.
   *
   * @param again whether it had ended before, and has not served since
   */
  private record End(long atMicros, int epoch, boolean again) {}

  /** How often what listens asks a process whether it lives, and how often in vain. */
  private static final long LIVENESS_MICROS = 1_000_000;

  private static final int LIVENESS_FAILURES = 3;

  private final World world;
  private final String zone;
  private final Map<ReplicaId, Process> processes = new TreeMap<>();
  private final Map<ReplicaId, End> ends = new HashMap<>();
  private final Map<ReplicaId, Long> sickUntilMicros = new HashMap<>();
  private final Map<ReplicaId, Long> lastHydrated = new HashMap<>();
  private final Map<ReplicaId, RuntimeSignal.Ended> writtenDown = new HashMap<>();
  private final List<Runnable> watchers = new ArrayList<>();
  private final List<Runnable> waiting = new ArrayList<>();
  private boolean alive = true;
  private long backSinceMicros;
  private int life;

  Host(World world, String zone) {
    this.world = world;
    this.zone = zone;
  }

  String zone() {
    return zone;
  }

  String name() {
    return zone + "@host";
  }

  boolean isAlive() {
    return alive;
  }

  /** Whoever speaks to a host that has gone is not heard, not even when another is there. */
  int life() {
    return life;
  }

  long backSinceMicros() {
    return backSinceMicros;
  }

  Map<ReplicaId, Process> processes() {
    return processes;
  }

  /** Now, or when the host is back. */
  void whenThere(Runnable action) {
    if (alive) {
      action.run();
    } else {
      waiting.add(action);
    }
  }

  void watch(Runnable lost) {
    watchers.add(lost);
  }

  void find(ReplicaId id, Consumer<RuntimeSignal> listener) {
    Process process = processes.get(id);
    if (process != null) {
      adopt(process, listener);
    } else if (writtenDown.containsKey(id)) {
      listener.accept(writtenDown.get(id));
    } else {
      listener.accept(new RuntimeSignal.NotRunning(id));
    }
  }

  private void adopt(Process process, Consumer<RuntimeSignal> listener) {
    process.heardBy(listener);
    process.tellNews();
    if (process.isSilent()) {
      ask(process, Liveness.of(LIVENESS_FAILURES));
    }
  }

  void start(ReplicaId id, long incarnation, Consumer<RuntimeSignal> listener) {
    world.checks().starting(id, zone);
    Process running = processes.get(id);
    if (running != null) {
      adopt(running, listener);
      return;
    }
    End end = ends.get(id);
    if (end != null && end.epoch() == world.epoch() && end.again()) {
      long restedMicros = world.agenda().nowMicros() - end.atMicros();
      Violation.unless(
          restedMicros >= World.BACKOFF_MIN_MILLIS * 1_000 / 2,
          4,
          id + " is started again only " + restedMicros + " microseconds after it failed");
    }
    Process process = new Process(id, incarnation, world.instant());
    process.heardBy(listener);
    processes.put(id, process);
    writtenDown.remove(id);
    boolean fails = world.chance().happens(Fault.FAILED_START, 0.05);
    world
        .agenda()
        .after(
            world.chance().micros(1, 40),
            () -> {
              if (processes.get(id) == process) {
                if (fails) {
                  end(process, ReplicaFailure.Kind.FAILED_TO_START);
                } else {
                  answers(process);
                }
              }
            });
  }

  private void answers(Process process) {
    process.answers(world.instant());
    boolean slow = world.chance().happens(Fault.SLOW_HYDRATION, 0.1);
    boolean fails =
        world.chance().happens(Fault.FAILED_HYDRATION, 0.05)
            || isSick(process.id) && world.chance().fraction() < 0.5;
    long micros = slow ? world.chance().micros(1_000, 8_000) : world.chance().micros(5, 300);
    world
        .agenda()
        .after(
            micros,
            () -> {
              if (processes.get(process.id) == process) {
                if (fails) {
                  end(process, ReplicaFailure.Kind.OOM_KILLED);
                } else {
                  hydrates(process);
                }
              }
            });
  }

  private void hydrates(Process process) {
    process.hydrates(world.instant(), world.agenda().nowMicros());
    lastHydrated.put(process.id, process.incarnation);
    if (isSick(process.id)) {
      world
          .agenda()
          .after(
              world.chance().micros(1, 3_000),
              () -> {
                if (processes.get(process.id) == process && isSick(process.id)) {
                  end(process, ReplicaFailure.Kind.OOM_KILLED);
                }
              });
    }
  }

  /** From now on it fails soon after each start, for a while. */
  void sicken(ReplicaId id, long forMicros) {
    sickUntilMicros.put(id, world.agenda().nowMicros() + forMicros);
  }

  private boolean isSick(ReplicaId id) {
    return !world.chance().isCalm()
        && sickUntilMicros.getOrDefault(id, 0L) > world.agenda().nowMicros();
  }

  /** Whether this incarnation, or a later one, has hydrated here. */
  boolean hasHydrated(ReplicaId id, long incarnation) {
    return lastHydrated.getOrDefault(id, 0L) >= incarnation;
  }

  /** From now on it answers nothing, but for what is given for that to end. */
  void hang(Process process, Optional<Long> forMicros) {
    if (process.isSilent()) {
      return;
    }
    process.silentSinceMicros = Optional.of(world.agenda().nowMicros());
    ask(process, Liveness.of(LIVENESS_FAILURES));
    forMicros.ifPresent(
        micros ->
            world
                .agenda()
                .after(
                    micros,
                    () -> {
                      if (processes.get(process.id) == process) {
                        process.silentSinceMicros = Optional.empty();
                        process.tellNews();
                      }
                    }));
  }

  /** Whoever listens asks on, until there is an answer, or he has had enough. */
  private void ask(Process process, Liveness before) {
    Consumer<RuntimeSignal> asking = process.listener();
    if (asking == null || !before.isDoubtful() && process.isAskedBy(asking)) {
      return;
    }
    process.askedBy(asking);
    long micros =
        before.isDoubtful()
            ? LIVENESS_MICROS
            : world.chance().of(Fault.HUNG_REPLICA).nextLong(LIVENESS_MICROS);
    world
        .agenda()
        .after(
            micros,
            () -> {
              if (processes.get(process.id) == process && process.listener() == asking) {
                asked(process, before);
              }
            });
  }

  private void asked(Process process, Liveness before) {
    Liveness liveness = Plants.asked(world.plant(), before, world.instant(), !process.isSilent());
    process.asked(world.agenda().nowMicros());
    if (liveness.isUnresponsive()) {
      world.checks().hanging().ending(process);
      end(process, ReplicaFailure.Kind.UNRESPONSIVE);
    } else if (process.isSilent()) {
      ask(process, liveness);
    }
  }

  /** A figure about a replica that serves. */
  void tell(ReplicaId id, RuntimeSignal.Utilized figure) {
    Process process = processes.get(id);
    if (process != null && process.hydrated && !process.isSilent()) {
      process.tell(figure);
    }
  }

  /** How the latest start ended, where that was written down. */
  Optional<RuntimeSignal.Ended> lastEnd(ReplicaId id) {
    return Optional.ofNullable(writtenDown.get(id));
  }

  void stop(ReplicaId id, Consumer<RuntimeSignal> listener) {
    world.checks().stopping(id);
    writtenDown.remove(id);
    processes.remove(id);
    listener.accept(new RuntimeSignal.Stopped(id));
  }

  /** The process ends by itself. */
  void end(Process process, ReplicaFailure.Kind kind) {
    processes.remove(process.id);
    world.checks().serving().ended(process.id);
    if (process.listener() != null) {
      End before = ends.get(process.id);
      boolean again = before != null && before.epoch() == world.epoch() && !process.hydrated;
      ends.put(process.id, new End(world.agenda().nowMicros(), world.epoch(), again));
    }
    RuntimeSignal.Ended ended =
        new RuntimeSignal.Ended(
            process.id,
            process.incarnation,
            new ReplicaFailure(kind, Optional.empty()),
            Optional.of(process.startedAt),
            Optional.of(world.instant()));
    writtenDown.put(process.id, ended);
    process.tell(ended);
  }

  /** The host ends, and perhaps its replicas with it. */
  void lose(boolean withReplicas) {
    alive = false;
    life++;
    if (withReplicas) {
      processes.keySet().forEach(world.checks().serving()::ended);
      processes.clear();
    }
    processes.values().forEach(process -> process.heardBy(null));
    List<Runnable> told = List.copyOf(watchers);
    watchers.clear();
    told.forEach(Runnable::run);
  }

  void comeBack() {
    if (!alive) {
      alive = true;
      backSinceMicros = world.agenda().nowMicros();
      List<Runnable> let = List.copyOf(waiting);
      waiting.clear();
      let.forEach(Runnable::run);
    }
  }

  /** The control plane is gone, and with it whoever listened. */
  void forgetListeners() {
    watchers.clear();
    waiting.clear();
    processes.values().forEach(process -> process.heardBy(null));
  }

  Set<ReplicaId> inventory() {
    return Set.copyOf(processes.keySet());
  }
}
