package dev.muster.actors.runtime.process;

import dev.muster.actors.runtime.workload.WorkloadContract;
import dev.muster.journal.event.ReplicaId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The processes of one data directory: finds them, tells whether they are still the same, kills.
 */
final class ProcessTable {
  private final Path dataDirectory;
  private final String marker;
  private final String bootId = ProcFs.bootId();
  private final ControlGroups groups;

  /** The directory need not exist yet; it is made, so that its real path can mark the processes. */
  ProcessTable(Path dataDirectory) {
    this(dataDirectory, "off");
  }

  /**
   * @param controlGroup as in {@link ControlGroups#open}
   */
  ProcessTable(Path dataDirectory, String controlGroup) {
    try {
      this.dataDirectory = Files.createDirectories(dataDirectory).toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot use the data directory " + dataDirectory, e);
    }
    this.marker = this.dataDirectory.toString();
    this.groups = ControlGroups.open(controlGroup, Path.of("/proc/self"), marker);
  }

  /** Marks a process as one of this data directory's. */
  String marker() {
    return marker;
  }

  ControlGroups groups() {
    return groups;
  }

  String bootId() {
    return bootId;
  }

  ReplicaFiles files(ReplicaId id) {
    return ReplicaFiles.of(dataDirectory, id);
  }

  /** All replicas that run, recorded or not. */
  List<ReplicaProcess> scan() {
    List<ReplicaProcess> found = new ArrayList<>();
    for (long pid : ProcFs.processIds()) {
      Map<String, String> environment = ProcFs.musterEnvironment(pid);
      if (marker.equals(environment.get(ReplicaProcess.DATA_DIRECTORY))) {
        // The environment is inherited: only the session's leader is the replica.
        ProcFs.stat(pid)
            .filter(stat -> !stat.ended() && stat.session() == pid)
            .flatMap(stat -> ReplicaProcess.of(stat, environment, bootId))
            .ifPresent(found::add);
      }
    }
    return found;
  }

  /** The recorded process, where it still is that one. */
  Optional<ReplicaProcess> recorded(ReplicaId id) {
    return files(id).read().filter(process -> process.id().equals(id)).filter(this::isAlive);
  }

  /**
   * Whether it runs, and is no other process that came to the same id: same boot, same start time,
   * and ours by its environment.
   */
  boolean isAlive(ReplicaProcess process) {
    return bootId.equals(process.bootId())
        && ProcFs.stat(process.pid())
            .filter(stat -> !stat.ended() && stat.startTicks() == process.startTicks())
            .isPresent()
        && isOurs(process.pid(), process.id());
  }

  private boolean isOurs(long pid, ReplicaId id) {
    Map<String, String> environment = ProcFs.musterEnvironment(pid);
    return marker.equals(environment.get(ReplicaProcess.DATA_DIRECTORY))
        && id.value().equals(environment.get(WorkloadContract.REPLICA_ID));
  }

  /** The process that waits for the end of a replica that runs; empty where none does. */
  Optional<Long> waiter(ReplicaProcess process) {
    return ProcFs.stat(process.pid())
        .map(ProcFs.Stat::parent)
        .filter(parent -> isWaiter(parent, process));
  }

  /** Whether it runs as the {@link Waiter} of this replica: ours, and not marked as a replica. */
  boolean isWaiter(long pid, ReplicaProcess process) {
    Map<String, String> environment = ProcFs.musterEnvironment(pid);
    return !environment.containsKey(ReplicaProcess.DATA_DIRECTORY)
        && process.id().value().equals(environment.get(WorkloadContract.REPLICA_ID))
        && ProcFs.stat(pid).filter(stat -> !stat.ended()).isPresent();
  }

  /** Asks it to stop; whether there was somebody to ask. */
  boolean terminate(ReplicaProcess process) {
    return isAlive(process)
        && ProcessHandle.of(process.pid()).map(ProcessHandle::destroy).orElse(false);
  }

  /** Ends it by force. */
  void kill(ReplicaProcess process) {
    if (isAlive(process)) {
      ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  /** Ends by force what the replica started itself and left behind, and any second self. */
  void killRemnants(ReplicaId id) {
    for (long pid : ProcFs.processIds()) {
      if (isOurs(pid, id) && ProcFs.stat(pid).filter(stat -> !stat.ended()).isPresent()) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
      }
    }
  }
}
