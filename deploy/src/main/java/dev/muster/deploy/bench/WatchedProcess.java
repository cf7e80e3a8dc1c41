package dev.muster.deploy.bench;

import dev.muster.deploy.workload.ReadinessProber;
import dev.muster.deploy.workload.WorkloadProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/** The process of one replica, whichever that is now, and whoever restarts it. */
final class WatchedProcess {
  private static final long LOOK_AGAIN_NANOS = 1_000_000;

  private final Path dataDirectory;
  private final String replicaId;

  /**
   * @param dataDirectory as the workload contract's variable has it
   */
  WatchedProcess(Path dataDirectory, String replicaId) {
    this.dataDirectory = dataDirectory;
    this.replicaId = replicaId;
  }

  /** The process that runs now. */
  OptionalLong pid() {
    return now().map(found -> OptionalLong.of(found.pid())).orElse(OptionalLong.empty());
  }

  private Optional<WorkloadProcess> now() {
    return WorkloadProcess.of(dataDirectory).stream()
        .filter(found -> found.replicaId().equals(replicaId))
        .findFirst();
  }

  /** Looks closely: the moment is what is measured. */
  void awaitOther(long pid, Duration patience) {
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    while (pid().orElse(pid) == pid) {
      if (System.nanoTime() - deadlineNanos > 0) {
        throw new BenchException("nobody restarted process " + pid);
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }

  boolean isHydrated() {
    return now().filter(found -> ReadinessProber.isReady(found.httpPort())).isPresent();
  }
}
