package dev.muster.deploy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.muster.actors.MusterActors;
import dev.muster.journal.sqlite.EmbeddedJournal;
import java.nio.file.Path;
import java.util.Map;

/**
 * The settings of a node. From the strongest: the command line, the user's file, the embedded
 * journal's, what Muster needs Pekko to be, the defaults of every module.
 */
final class NodeConfiguration {
  private NodeConfiguration() {}

  static Config of(StartOptions options, Path dataDirectory) {
    Config commandLine =
        ConfigFactory.parseMap(
            Map.of(
                "muster.host.zones", options.zones(),
                "muster.runtime.name", options.runtime(),
                // The node stops itself, in its own order.
                "pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", "off"));
    try {
      return MusterActors.configuration(
          commandLine
              .withFallback(
                  options
                      .configuration()
                      .map(NodeConfiguration::file)
                      .orElse(ConfigFactory.empty()))
              .withFallback(EmbeddedJournal.config(dataDirectory)));
    } catch (ConfigException broken) {
      throw senseless(broken);
    }
  }

  /** In one line, whatever the library says in several. */
  static StartupException senseless(RuntimeException why) {
    return new StartupException(
        "the configuration cannot be used: "
            + String.valueOf(why.getMessage()).strip().replaceAll("\\s*\\R\\s*", " "));
  }

  private static Config file(Path path) {
    return ConfigFactory.parseFile(path.toFile());
  }
}
