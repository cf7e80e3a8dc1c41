package dev.muster.actors.runtime.process;

import com.typesafe.config.Config;
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
    Duration startTimeout,
    Duration hydrationInterval,
    Duration livenessInterval,
    Duration livenessTimeout,
    int livenessFailures,
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
    if (!livenessInterval.isPositive()) {
      throw new IllegalArgumentException(
          "muster.runtime.process.liveness-interval must be greater than zero");
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
        process.getDuration("start-timeout"),
        process.getDuration("hydration-interval"),
        process.getDuration("liveness-interval"),
        process.getDuration("liveness-timeout"),
        process.getInt("liveness-failures"),
        process.getDuration("observation-interval"),
        process.getBytes("log-size"),
        process.getString("control-group"),
        process.getDuration("memory-watch-interval"));
  }

  ProcessSettings withStartTimeout(Duration timeout) {
    return new ProcessSettings(
        dataDirectory,
        command,
        environment,
        memoryFraction,
        memoryFloorBytes,
        portFirst,
        portLast,
        gracePeriod,
        timeout,
        hydrationInterval,
        livenessInterval,
        livenessTimeout,
        livenessFailures,
        observationInterval,
        logBytes,
        controlGroup,
        memoryWatchInterval);
  }
}
