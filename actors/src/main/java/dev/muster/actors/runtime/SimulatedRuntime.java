package dev.muster.actors.runtime;

import dev.muster.api.catalog.ReplicaObservation;
import dev.muster.api.size.ReplicaSize;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Replicas that do nothing but count as running, inside this JVM: for tests, and for measuring the
 * control plane itself. One small object each, no thread, and one timer while they hydrate. They
 * outlive the JVM where there is a log of them: the next one finds them running and hydrated.
 */
public final class SimulatedRuntime implements ReplicaRuntime {
  private static final double NANO_CORES = 1e9;
  private static final long GIB_BYTES = 1L << 30;

  private final Timer timer;
  private final Clock clock;
  private final Duration hydrationTime;
  private final Duration hydrationTimeMax;
  private final Map<ReplicaId, Simulated> replicas = new ConcurrentHashMap<>();
  private final AtomicInteger startsToFail = new AtomicInteger();
  private final SimulationLog log;

  /** Runs something later. */
  @FunctionalInterface
  public interface Timer {
    void after(Duration delay, Runnable task);
  }

  private record Simulated(
      RunningReplica replica, Duration hydration, boolean hydrated, RuntimeListener listener) {
    Simulated heardBy(RuntimeListener other) {
      return new Simulated(replica, hydration, hydrated, other);
    }

    long incarnation() {
      return replica.incarnation();
    }
  }

  private static final RuntimeListener NOBODY =
      new RuntimeListener() {
        @Override
        public void onSignal(RuntimeSignal signal) {}

        @Override
        public void onObservation(ReplicaObservation observation) {}
      };

  /**
   * The runtime.
   *
   * @param hydrationTime of a replica with one CPU; in inverse proportion for others
   * @param hydrationTimeMax the bound of it
   * @param log of the replicas that run; closed with the runtime
   */
  public SimulatedRuntime(
      Timer timer,
      Clock clock,
      Duration hydrationTime,
      Duration hydrationTimeMax,
      SimulationLog log) {
    this.timer = timer;
    this.clock = clock;
    this.hydrationTime = hydrationTime;
    this.hydrationTimeMax = hydrationTimeMax;
    this.log = log;
    for (RunningReplica survivor : log.recall()) {
      replicas.put(survivor.id(), new Simulated(survivor, hydrationTime, true, NOBODY));
    }
  }

  @Override
  public String name() {
    return "simulated";
  }

  @Override
  public List<RunningReplica> inventory() {
    return replicas.values().stream().map(Simulated::replica).toList();
  }

  @Override
  public void find(ReplicaId id, RuntimeListener listener) {
    Simulated found =
        replicas.computeIfPresent(id, (ignored, running) -> running.heardBy(listener));
    if (found == null) {
      listener.onSignal(new RuntimeSignal.NotRunning(id));
    } else {
      tell(found);
    }
  }

  @Override
  public void start(ReplicaOrder order, RuntimeListener listener) {
    if (startsToFail.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      listener.onSignal(
          new RuntimeSignal.Ended(
              order.id(),
              order.incarnation(),
              new ReplicaFailure(
                  ReplicaFailure.Kind.FAILED_TO_START, Optional.of("as a test asked for"))));
      return;
    }
    RunningReplica replica =
        new RunningReplica(
            order.id(), order.incarnation(), order.zone(), 0, demand().of(order.size()));
    Simulated fresh = new Simulated(replica, hydrationTime(order.size()), false, listener);
    Simulated running =
        replicas.merge(order.id(), fresh, (before, ignored) -> before.heardBy(listener));
    if (running == fresh) {
      log.started(replica);
    }
    tell(running);
    if (running == fresh) {
      timer.after(fresh.hydration(), () -> hydrate(order.id(), order.incarnation()));
    }
  }

  @Override
  public void stop(ReplicaId id, RuntimeListener listener) {
    forget(id);
    listener.onSignal(new RuntimeSignal.Stopped(id));
  }

  @Override
  public void close() {
    replicas.clear();
    log.close();
  }

  private Simulated forget(ReplicaId id) {
    Simulated known = replicas.remove(id);
    if (known != null) {
      log.ended(id);
    }
    return known;
  }

  /** For tests: ends a replica as if by itself; nothing when it does not run. */
  public void fail(ReplicaId id, ReplicaFailure failure) {
    Simulated failed = forget(id);
    if (failed != null) {
      failed.listener().onSignal(new RuntimeSignal.Ended(id, failed.incarnation(), failure));
    }
  }

  /**
   * For tests: a replica is measured, and this busy; nothing when it does not run.
   *
   * @param cpuFraction of one core, which stands for its size's
   * @param memoryFraction of one GiB, which stands for its size's
   */
  public void utilize(ReplicaId id, double cpuFraction, double memoryFraction) {
    Simulated running = replicas.get(id);
    if (running != null) {
      running
          .listener()
          .onObservation(
              new ReplicaObservation(
                  id,
                  clock.instant(),
                  1,
                  1,
                  0,
                  new ReplicaObservation.Consumption(
                      Optional.of((long) (memoryFraction * GIB_BYTES)),
                      Optional.of(GIB_BYTES),
                      Optional.of((long) (cpuFraction * NANO_CORES)),
                      Optional.of((long) NANO_CORES),
                      Optional.empty())));
    }
  }

  /** For tests: the next starts, this many, fail. */
  public void failStarts(int count) {
    startsToFail.set(count);
  }

  private void hydrate(ReplicaId id, long incarnation) {
    Simulated hydrated =
        replicas.computeIfPresent(
            id,
            (ignored, running) ->
                running.incarnation() == incarnation
                    ? new Simulated(
                        running.replica(), running.hydration(), true, running.listener())
                    : running);
    if (hydrated != null && hydrated.hydrated()) {
      tellHydrated(hydrated);
    }
  }

  private void tell(Simulated running) {
    running
        .listener()
        .onSignal(new RuntimeSignal.Started(running.replica().id(), running.incarnation(), 0));
    if (running.hydrated()) {
      tellHydrated(running);
    }
  }

  private void tellHydrated(Simulated running) {
    ReplicaId id = running.replica().id();
    running.listener().onObservation(ReplicaObservation.progress(id, clock.instant(), 1, 1, 0));
    running
        .listener()
        .onSignal(
            new RuntimeSignal.Hydrated(id, running.incarnation(), running.hydration(), 1, 0, 0));
  }

  private Duration hydrationTime(ReplicaSize size) {
    double millis = hydrationTime.toMillis() * NANO_CORES / Math.max(1, size.cpuNanoCores());
    return Duration.ofMillis((long) Math.min(millis, hydrationTimeMax.toMillis()));
  }
}
