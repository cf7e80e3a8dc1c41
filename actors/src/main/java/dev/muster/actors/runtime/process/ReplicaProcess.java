package dev.muster.actors.runtime.process;

import dev.muster.actors.placement.Resources;
import dev.muster.actors.runtime.RunningReplica;
import dev.muster.actors.runtime.workload.WorkloadContract;
import dev.muster.journal.event.ReplicaId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Which process a replica is.
 *
 * @param port where it answers on the loopback address
 * @param startTicks when the process started, in ticks since the machine did
 * @param memoryBytes what it may use; 0 where it is not known
 * @param cpuNanoCores what its size stands for, in billionths of a core; 0 where it is not known
 * @param bootId the start of the machine that the ticks count from
 */
record ReplicaProcess(
    ReplicaId id,
    long incarnation,
    String zone,
    int port,
    long pid,
    long startTicks,
    String bootId,
    Instant startedAt,
    long memoryBytes,
    long cpuNanoCores) {
  /** The environment variable that marks a process as a replica of the data directory's. */
  static final String DATA_DIRECTORY = "MUSTER_DATA_DIR";

  RunningReplica running() {
    return new RunningReplica(id, incarnation, zone, pid, new Resources(cpuNanoCores, memoryBytes));
  }

  /** From the environment that Muster gave it; empty where that is not ours or not whole. */
  static Optional<ReplicaProcess> of(
      ProcFs.Stat stat, Map<String, String> environment, String bootId) {
    try {
      return Optional.of(
          new ReplicaProcess(
              new ReplicaId(environment.getOrDefault(WorkloadContract.REPLICA_ID, "")),
              Long.parseLong(environment.getOrDefault(WorkloadContract.INCARNATION, "")),
              environment.getOrDefault(WorkloadContract.ZONE, ""),
              Integer.parseInt(environment.getOrDefault(WorkloadContract.HTTP_PORT, "")),
              stat.pid(),
              stat.startTicks(),
              bootId,
              ProcFs.instant(stat.startTicks()),
              Long.parseLong(environment.getOrDefault(WorkloadContract.MEMORY_BYTES, "0")),
              Long.parseLong(environment.getOrDefault(WorkloadContract.CPU_NANO_CORES, "0"))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
