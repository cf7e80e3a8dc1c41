package dev.muster.deploy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.muster.actors.MusterActors;
import dev.muster.journal.cassandra.CassandraJournal;
import dev.muster.journal.sqlite.EmbeddedJournal;
import java.nio.file.Path;
import java.util.Map;

/**
 * The settings of a node. From the strongest: the command line, the user's file, the journal's,
 * what Muster needs Pekko to be, the defaults of every module.
 */
final class NodeConfiguration {
  static final String JOURNAL_KIND = "muster.journal.kind";

  private NodeConfiguration() {}

  static Config of(StartOptions options, Path dataDirectory) {
    Config commandLine =
        ConfigFactory.parseMap(
            Map.of(
                "muster.runtime.name",
                options.runtime(),
                // The node stops itself, in its own order. Left on, remoting has a hook of its own,
                // which cuts the node off at once, before it can hand anything over.
                "pekko.jvm-shutdown-hooks",
                "off",
                "pekko.coordinated-shutdown.run-by-jvm-shutdown-hook",
                "off"));
    Config place =
        options
            .membership()
            .map(
                membership ->
                    MembershipConfiguration.of(
                        membership, Seeds.of(membership, dataDirectory), options.zones()))
            .orElseGet(() -> ConfigFactory.parseMap(Map.of("muster.host.zones", options.zones())));
    try {
      Config given =
          commandLine
              .withFallback(place)
              .withFallback(
                  options
                      .configuration()
                      .map(NodeConfiguration::file)
                      .orElse(ConfigFactory.empty()));
      return MusterActors.configuration(
          given
              .withFallback(MembershipConfiguration.defaults(options.membership()))
              .withFallback(journal(given, dataDirectory)));
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

  /** Whether the journal is the file in the data directory. */
  static boolean isEmbedded(Config config) {
    return !config.hasPath(JOURNAL_KIND) || config.getString(JOURNAL_KIND).equals("embedded");
  }

  private static Config journal(Config given, Path dataDirectory) {
    if (isEmbedded(given)) {
      return EmbeddedJournal.config(dataDirectory);
    }
    if (!given.getString(JOURNAL_KIND).equals("cassandra")) {
      throw new StartupException(
          JOURNAL_KIND
              + " is \""
              + given.getString(JOURNAL_KIND)
              + "\"; it may be embedded or cassandra");
    }
    return CassandraJournal.config();
  }

  private static Config file(Path path) {
    return ConfigFactory.parseFile(path.toFile());
  }
}
