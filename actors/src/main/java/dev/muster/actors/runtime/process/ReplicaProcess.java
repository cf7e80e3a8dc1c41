package dev.muster.actors.runtime.process;

import dev.muster.actors.runtime.RunningReplica;
import dev.muster.journal.event.ReplicaId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Which process a replica is.
 *
 * @param port where it answers on the loopback address
 * @param startTicks when the process started, in ticks since the machine did
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
    Instant startedAt) {
  /** The names of the environment variables by which a process is known again. */
  static final String DATA_DIRECTORY = "MUSTER_DATA_DIR";

  static final String REPLICA_ID = "MUSTER_REPLICA_ID";
  static final String INCARNATION = "MUSTER_INCARNATION";
  static final String ZONE = "MUSTER_ZONE";
  static final String HTTP_PORT = "MUSTER_HTTP_PORT";

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
              ProcFs.instant(stat.startTicks())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
