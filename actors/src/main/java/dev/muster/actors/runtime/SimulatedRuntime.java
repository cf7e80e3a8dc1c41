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
 * end with the JVM.
 */
public final class SimulatedRuntime implements ReplicaRuntime {
  private static final double NANO_CORES = 1e9;

  private final Timer timer;
  private final Clock clock;
  private final Duration hydrationTime;
  private final Duration hydrationTimeMax;
  private final Map<ReplicaId, Simulated> replicas = new ConcurrentHashMap<>();
  private final AtomicInteger startsToFail = new AtomicInteger();

  /** Runs something later. */
  @FunctionalInterface
  public interface Timer {
    void after(Duration delay, Runnable task);
  }

  private record Simulated(ReplicaOrder order, boolean hydrated, RuntimeListener listener) {
    Simulated heardBy(RuntimeListener other) {
      return new Simulated(order, hydrated, other);
    }
  }

  /**
   * The runtime.
   *
   * @param hydrationTime of a replica with one CPU; in inverse proportion for others
   * @param hydrationTimeMax the bound of it
   */
  public SimulatedRuntime(
      Timer timer, Clock clock, Duration hydrationTime, Duration hydrationTimeMax) {
    this.timer = timer;
    this.clock = clock;
    this.hydrationTime = hydrationTime;
    this.hydrationTimeMax = hydrationTimeMax;
  }

  @Override
  public String name() {
    return "simulated";
  }

  @Override
  public List<RunningReplica> inventory() {
    return replicas.values().stream()
        .map(Simulated::order)
        .map(order -> new RunningReplica(order.id(), order.incarnation(), order.zone(), 0))
        .toList();
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
    Simulated fresh = new Simulated(order, false, listener);
    Simulated running =
        replicas.merge(order.id(), fresh, (before, ignored) -> before.heardBy(listener));
    tell(running);
    if (running == fresh) {
      timer.after(hydrationTime(order.size()), () -> hydrate(order.id(), order.incarnation()));
    }
  }

  @Override
  public void stop(ReplicaId id, RuntimeListener listener) {
    replicas.remove(id);
    listener.onSignal(new RuntimeSignal.Stopped(id));
  }

  @Override
  public void close() {
    replicas.clear();
  }

  /** For tests: ends a replica as if by itself; nothing when it does not run. */
  public void fail(ReplicaId id, ReplicaFailure failure) {
    Simulated failed = replicas.remove(id);
    if (failed != null) {
      failed
          .listener()
          .onSignal(new RuntimeSignal.Ended(id, failed.order().incarnation(), failure));
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
                running.order().incarnation() == incarnation
                    ? new Simulated(running.order(), true, running.listener())
                    : running);
    if (hydrated != null && hydrated.hydrated()) {
      tellHydrated(hydrated);
    }
  }

  private void tell(Simulated running) {
    ReplicaOrder order = running.order();
    running.listener().onSignal(new RuntimeSignal.Started(order.id(), order.incarnation(), 0));
    if (running.hydrated()) {
      tellHydrated(running);
    }
  }

  private void tellHydrated(Simulated running) {
    ReplicaOrder order = running.order();
    running
        .listener()
        .onObservation(
            new ReplicaObservation(
                order.id(),
                clock.instant(),
                1,
                1,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    running
        .listener()
        .onSignal(
            new RuntimeSignal.Hydrated(
                order.id(), order.incarnation(), hydrationTime(order.size()), 1, 0, 0));
  }

  private Duration hydrationTime(ReplicaSize size) {
    double millis = hydrationTime.toMillis() * NANO_CORES / Math.max(1, size.cpuNanoCores());
    return Duration.ofMillis((long) Math.min(millis, hydrationTimeMax.toMillis()));
  }
}
