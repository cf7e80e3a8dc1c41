package dev.muster.actors.host;

import com.sun.management.OperatingSystemMXBean;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import dev.muster.actors.placement.HostLoad;
import dev.muster.actors.placement.Resources;
import java.lang.management.ManagementFactory;
import java.util.List;

/** What the hosts of this node have to give, as {@code muster.host.capacity} says. */
public final class HostCapacities {
  private static final double NANO_CORES = 1e9;

  private HostCapacities() {}

  /**
   * One host for each zone of {@code muster.host.zones}.
   *
   * @param runtime simulated replicas take nothing of the machine: for them there is no default
   *     bound
   */
  public static List<HostLoad> of(Config config, String runtime) {
    List<String> zones = config.getStringList("muster.host.zones");
    int node = config.getInt("muster.node.number");
    Config capacity = config.getConfig("muster.host.capacity");
    Resources usual =
        new Resources(
            cpus(capacity),
            capacity.getBytes("memory") > 0
                ? capacity.getBytes("memory")
                : machineMemory(capacity, runtime, zones.size()));
    return zones.stream()
        .map(zone -> HostLoad.idle(HostNames.of(zone, node), zone, capacity(capacity, zone, usual)))
        .toList();
  }

  private static Resources capacity(Config capacity, String zone, Resources usual) {
    String path = "zones." + ConfigUtil.quoteString(zone);
    if (!capacity.hasPath(path)) {
      return usual;
    }
    Config own = capacity.getConfig(path);
    return new Resources(
        own.hasPath("cpus") ? cpus(own) : usual.cpuNanoCores(),
        own.hasPath("memory") ? own.getBytes("memory") : usual.memoryBytes());
  }

  private static long cpus(Config capacity) {
    double cpus = capacity.getDouble("cpus");
    return cpus > 0 ? (long) (cpus * NANO_CORES) : Long.MAX_VALUE;
  }

  private static long machineMemory(Config capacity, String runtime, int zones) {
    // Elsewhere replicas take nothing of this machine.
    if (!runtime.equals("process")
        || !(ManagementFactory.getOperatingSystemMXBean()
            instanceof OperatingSystemMXBean machine)) {
      return Long.MAX_VALUE;
    }
    return (long) (machine.getTotalMemorySize() * capacity.getDouble("memory-overcommit") / zones);
  }
}
