package dev.muster.deploy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.muster.actors.MusterActors;
import dev.muster.journal.cassandra.CassandraJournal;
import dev.muster.journal.sqlite.EmbeddedJournal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The settings of a node. From the strongest: the command line, the user's file, the journal's,
 * what Muster needs Pekko to be, the defaults of every module.
 */
final class NodeConfiguration {
  private static final String JOURNAL_KIND = "muster.journal.kind";

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
            .map(membership -> among(membership, seeds(membership, dataDirectory), options.zones()))
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
      return MusterActors.configuration(given.withFallback(journal(given, dataDirectory)));
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

  /** Whom one of several asks to be let in. */
  static Seeds seeds(StartOptions.Membership membership, Path dataDirectory) {
    return Seeds.of(membership, RememberedMembers.read(dataDirectory));
  }

  /** One of several. */
  private static Config among(StartOptions.Membership membership, Seeds seeds, List<String> zones) {
    HostAndPort self = HostAndPort.parse(membership.address());
    Config patience =
        seeds.onlyTogether()
            ? ConfigFactory.parseMap(Map.of("pekko.cluster.seed-node-timeout", "10000 days"))
            : ConfigFactory.empty();
    return ConfigFactory.parseMap(
            Map.ofEntries(
                Map.entry("muster.zones", zones),
                Map.entry("muster.host.zones", List.of(membership.zone())),
                Map.entry("muster.node.number", membership.number()),
                Map.entry("muster.node.form-cluster-alone", "off"),
                Map.entry(JOURNAL_KIND, "cassandra"),
                Map.entry("muster.journal.cassandra.contact-points", membership.cassandra()),
                Map.entry("pekko.remote.artery.canonical.hostname", self.host()),
                Map.entry("pekko.remote.artery.canonical.port", self.port()),
                Map.entry(
                    "pekko.cluster.seed-nodes",
                    seeds.addresses().stream().map(seed -> "pekko://muster@" + seed).toList())))
        .withFallback(patience);
  }

  private static Config file(Path path) {
    return ConfigFactory.parseFile(path.toFile());
  }
}
