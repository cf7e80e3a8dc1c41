package dev.muster.actors.runtime.process;

import dev.muster.actors.runtime.ReplicaOrder;
import dev.muster.actors.runtime.workload.WorkloadContract;
import dev.muster.api.size.ReplicaSize;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The environment of a workload that is a process of this machine. Pure. */
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
    environment.put(ReplicaProcess.DATA_DIRECTORY, marker);
    environment.putAll(
        WorkloadContract.environment(
            order, "127.0.0.1", port, memoryBytes(order, settings), settings.gracePeriod()));
    return environment;
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
