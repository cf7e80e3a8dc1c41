package dev.muster.actors.runtime.process;

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
  /** The names of the environment variables by which a process is known again. */
  static final String DATA_DIRECTORY = "MUSTER_DATA_DIR";

  static final String REPLICA_ID = WorkloadContract.REPLICA_ID;
  static final String INCARNATION = WorkloadContract.INCARNATION;
  static final String ZONE = WorkloadContract.ZONE;
  static final String HTTP_PORT = WorkloadContract.HTTP_PORT;
  static final String MEMORY_BYTES = WorkloadContract.MEMORY_BYTES;
  static final String CPU_NANO_CORES = WorkloadContract.CPU_NANO_CORES;

  RunningReplica running() {
    return new RunningReplica(id, incarnation, zone, pid);
  }

  /** From the environment that Muster gave it; empty where that is not ours or not whole. */
  static Optional<ReplicaProcess> of(
      ProcFs.Stat stat, Map<String, String> environment, String bootId) {
    try {
      return Optional.of(
          new ReplicaProcess(
              new ReplicaId(environment.getOrDefault(REPLICA_ID, "")),
              Long.parseLong(environment.getOrDefault(INCARNATION, "")),
              environment.getOrDefault(ZONE, ""),
              Integer.parseInt(environment.getOrDefault(HTTP_PORT, "")),
              stat.pid(),
              stat.startTicks(),
              bootId,
              ProcFs.instant(stat.startTicks()),
              Long.parseLong(environment.getOrDefault(MEMORY_BYTES, "0")),
              Long.parseLong(environment.getOrDefault(CPU_NANO_CORES, "0"))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
