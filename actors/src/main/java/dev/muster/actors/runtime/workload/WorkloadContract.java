package dev.muster.actors.runtime.workload;

import dev.muster.actors.runtime.ReplicaOrder;
import dev.muster.journal.event.ReplicaSettings;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** The workload contract's half that Muster writes: a replica's environment. Pure. */
public final class WorkloadContract {
  public static final String REPLICA_ID = "MUSTER_REPLICA_ID";
  public static final String INCARNATION = "MUSTER_INCARNATION";
  public static final String ZONE = "MUSTER_ZONE";
  public static final String HTTP_PORT = "MUSTER_HTTP_PORT";
  public static final String MEMORY_BYTES = "MUSTER_MEMORY_BYTES";
  public static final String CPU_NANO_CORES = "MUSTER_CPU_NANO_CORES";

  private WorkloadContract() {}

  /**
   * What a replica is told.
   *
   * @param httpHost the address to answer on, as who asks reaches it
   * @param memoryBytes that it may use
   * @param gracePeriod from the request to stop to its end by force
   */
  public static Map<String, String> environment(
      ReplicaOrder order, String httpHost, int httpPort, long memoryBytes, Duration gracePeriod) {
    Map<String, String> environment = new TreeMap<>();
    environment.put("MUSTER_CLUSTER_ID", order.id().cluster().value());
    environment.put(REPLICA_ID, order.id().value());
    environment.put("MUSTER_REPLICA_NAME", order.name());
    environment.put(INCARNATION, Long.toString(order.incarnation()));
    environment.put(ZONE, order.zone());
    environment.put("MUSTER_SIZE", order.size().name());
    environment.put("MUSTER_PROCESSES", Integer.toString(order.size().processes()));
    environment.put("MUSTER_WORKERS", Integer.toString(order.size().workers()));
    environment.put(MEMORY_BYTES, Long.toString(memoryBytes));
    environment.put(CPU_NANO_CORES, Long.toString(order.size().cpuNanoCores()));
    environment.put("MUSTER_DISK_BYTES", Long.toString(order.size().diskBytes()));
    environment.put("MUSTER_HTTP_HOST", httpHost);
    environment.put(HTTP_PORT, Integer.toString(httpPort));
    environment.put("MUSTER_GRACE_PERIOD_MILLIS", Long.toString(gracePeriod.toMillis()));
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
}
