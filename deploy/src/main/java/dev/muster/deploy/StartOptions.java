package dev.muster.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a node was told on the command line. Ports of 0 take a free one.
 *
 * @param runtime {@code process} or {@code simulated}
 */
record StartOptions(
    Path dataDirectory,
    String host,
    int sqlPort,
    int internalSqlPort,
    int httpPort,
    List<String> zones,
    String runtime,
    Optional<Path> configuration) {
  StartOptions {
    zones = List.copyOf(zones);
  }
}
