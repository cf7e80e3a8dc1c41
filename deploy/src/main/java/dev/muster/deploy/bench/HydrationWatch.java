package dev.muster.deploy.bench;

import dev.muster.deploy.workload.ReadinessProber;
import dev.muster.deploy.workload.WorkloadProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sees from outside how long the new replicas of a cluster take to hydrate: from when the process
 * is there until it says that it is ready.
 */
final class HydrationWatch implements AutoCloseable {
  /** Rare enough to take little of what the replicas need to hydrate. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  private final Path dataDirectory;
  private final String clusterId;
  private final Set<Long> old;
  private final Map<Long, Long> seenNanos = new HashMap<>();
  private final Set<Long> hydrated = new HashSet<>();
  private final Thread thread;
  private volatile boolean stopping;
  private volatile long longestNanos;

  /** Whoever runs now is old. */
  HydrationWatch(Path dataDirectory, String clusterId) {
    this.dataDirectory = dataDirectory;
    this.clusterId = clusterId;
    this.old = replicas().stream().map(WorkloadProcess::pid).collect(Collectors.toSet());
    this.thread = Thread.ofPlatform().daemon().name("hydration-watch").start(this::run);
  }

  private List<WorkloadProcess> replicas() {
    return WorkloadProcess.of(dataDirectory).stream()
        .filter(process -> process.isOf(clusterId))
        .toList();
  }

  private void run() {
    while (!stopping) {
      replicas().stream().filter(process -> !old.contains(process.pid())).forEach(this::look);
      Await.pause(LOOK_EVERY);
    }
  }

  private void look(WorkloadProcess process) {
    long sinceNanos = seenNanos.computeIfAbsent(process.pid(), pid -> System.nanoTime());
    if (!hydrated.contains(process.pid()) && ReadinessProber.isReady(process.httpPort())) {
      hydrated.add(process.pid());
      longestNanos = Math.max(longestNanos, System.nanoTime() - sinceNanos);
    }
  }

  /** Of the slowest; zero where none has hydrated. */
  Duration longest() {
    return Duration.ofNanos(longestNanos);
  }

  @Override
  public void close() {
    stopping = true;
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
