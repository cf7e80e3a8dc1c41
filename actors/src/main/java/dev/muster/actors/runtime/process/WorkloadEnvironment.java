package dev.muster.actors.runtime.process;

import dev.muster.actors.runtime.ReplicaOrder;
import dev.muster.api.size.ReplicaSize;
import dev.muster.journal.event.ReplicaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The environment of a workload: the workload contract's half that Muster writes. Pure. */
final class WorkloadEnvironment {
  /** What a program needs of its surroundings. Nothing else of Muster's own environment leaks. */
  private static final List<String> INHERITED =
      List.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "JAVA_HOME");

  private WorkloadEnvironment() {}

  static Map<String, String> of(
      ReplicaOrder order,
      int port,
      String marker,
      ProcessSettings settings,
      Map<String, String> surroundings) {
    Map<String, String> environment = new TreeMap<>(surroundings);
    environment.keySet().retainAll(INHERITED);
    environment.putAll(settings.environment());
    environment.put("MUSTER_CLUSTER_ID", order.id().cluster().value());
    environment.put(ReplicaProcess.REPLICA_ID, order.id().value());
    environment.put("MUSTER_REPLICA_NAME", order.name());
    environment.put(ReplicaProcess.INCARNATION, Long.toString(order.incarnation()));
    environment.put(ReplicaProcess.ZONE, order.zone());
    environment.put("MUSTER_SIZE", order.size().name());
    environment.put("MUSTER_PROCESSES", Integer.toString(order.size().processes()));
    environment.put("MUSTER_WORKERS", Integer.toString(order.size().workers()));
    environment.put(ReplicaProcess.MEMORY_BYTES, Long.toString(memoryBytes(order, settings)));
    environment.put(ReplicaProcess.CPU_NANO_CORES, Long.toString(order.size().cpuNanoCores()));
    environment.put("MUSTER_DISK_BYTES", Long.toString(order.size().diskBytes()));
    environment.put(ReplicaProcess.HTTP_PORT, Integer.toString(port));
    environment.put(ReplicaProcess.DATA_DIRECTORY, marker);
    environment.put("MUSTER_GRACE_PERIOD_MILLIS", Long.toString(settings.gracePeriod().toMillis()));
    putSettings(order.settings(), environment);
    return environment;
  }

  private static void putSettings(ReplicaSettings settings, Map<String, String> environment) {
    environment.put(
        "MUSTER_INTROSPECTION_INTERVAL_MILLIS",
        Long.toString(settings.introspectionInterval().map(Duration::toMillis).orElse(0L)));
    environment.put(
        "MUSTER_INTROSPECTION_DEBUGGING", Boolean.toString(settings.introspectionDebugging()));
    settings
        .idleArrangementMergeEffort()
        .ifPresent(
            effort ->
                environment.put("MUSTER_IDLE_ARRANGEMENT_MERGE_EFFORT", Integer.toString(effort)));
    settings.disk().ifPresent(disk -> environment.put("MUSTER_DISK", Boolean.toString(disk)));
  }

  /** The size's memory, scaled down to what one machine that plays three zones can give. */
  static long memoryBytes(ReplicaOrder order, ProcessSettings settings) {
    return memoryBytes(order.size(), settings);
  }

  static long memoryBytes(ReplicaSize size, ProcessSettings settings) {
    return Math.max(
        settings.memoryFloorBytes(), (long) (size.memoryBytes() * settings.memoryFraction()));
  }
}
