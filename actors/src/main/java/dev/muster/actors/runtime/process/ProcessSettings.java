package dev.muster.actors.runtime.process;

import com.typesafe.config.Config;
import dev.muster.actors.runtime.workload.WatchSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings of the process runtime; {@code reference.conf} explains each.
 *
 * @param dataDirectory Muster's; the marker by which its processes are known
 * @param command the workload's program and arguments
 * @param environment given to the workload beside what the workload contract says
 * @param watch how a replica is asked
 */
public record ProcessSettings(
    Path dataDirectory,
    List<String> command,
    Map<String, String> environment,
    double memoryFraction,
    long memoryFloorBytes,
    int portFirst,
    int portLast,
    Duration gracePeriod,
    WatchSettings watch,
    Duration observationInterval,
    long logBytes,
    String controlGroup,
    Duration memoryWatchInterval) {
  /** In less than this a process uses too few ticks of processor time to tell how busy it is. */
  static final Duration SHORTEST_OBSERVATION_INTERVAL = Duration.ofMillis(200);

  /**
   * @throws IllegalArgumentException where there is nothing to run, or a setting makes no sense
   */
  public ProcessSettings {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    if (command.isEmpty()) {
      throw new IllegalArgumentException("the workload has no command");
    }
    if (observationInterval.compareTo(SHORTEST_OBSERVATION_INTERVAL) < 0) {
      throw new IllegalArgumentException(
          "muster.runtime.process.observation-interval must be at least %d ms"
              .formatted(SHORTEST_OBSERVATION_INTERVAL.toMillis()));
    }
  }

  /**
   * Reads {@code muster.runtime.process}.
   *
   * @param bundled the command where none is configured
   */
  public static ProcessSettings of(Config config, Path dataDirectory, List<String> bundled) {
    Config process = config.getConfig("muster.runtime.process");
    List<String> configured = process.getStringList("command");
    Map<String, String> environment = new HashMap<>();
    process
        .getObject("environment")
        .forEach((name, value) -> environment.put(name, String.valueOf(value.unwrapped())));
    if (!process.getString("hydration-script").isEmpty()) {
      environment.put(
          "MUSTER_HYDRATION_SCRIPT",
          Path.of(process.getString("hydration-script")).toAbsolutePath().toString());
    }
    return new ProcessSettings(
        dataDirectory,
        configured.isEmpty() ? bundled : configured,
        environment,
        process.getDouble("memory-fraction"),
        process.getBytes("memory-floor"),
        process.getInt("port-first"),
        process.getInt("port-last"),
        process.getDuration("grace-period"),
        WatchSettings.of(process),
        process.getDuration("observation-interval"),
        process.getBytes("log-size"),
        process.getString("control-group"),
        process.getDuration("memory-watch-interval"));
  }
}
