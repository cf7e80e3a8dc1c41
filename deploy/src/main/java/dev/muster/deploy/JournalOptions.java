package dev.muster.deploy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.muster.journal.cassandra.CassandraRawJournal;
import dev.muster.journal.cassandra.CassandraStoredJournal;
import dev.muster.journal.read.StoredJournal;
import dev.muster.journal.sqlite.OfflineJournal;
import dev.muster.journal.sqlite.SqliteRawJournal;
import dev.muster.journal.verify.RawJournal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which journal a command is about that reads one: that of a data directory, or in Cassandra. */
public final class JournalOptions {
  private static final String CASSANDRA = "muster.journal.cassandra.";

  @Mixin private DataDirectoryOption dataDirectory;

  @Option(
      names = "--cassandra",
      split = ",",
      paramLabel = "HOST:PORT",
      description =
          "some nodes of the Cassandra that keeps the journal of several nodes; instead of the data"
              + " directory")
  private List<String> cassandra = new ArrayList<>();

  @Option(
      names = "--keyspace",
      paramLabel = "NAME",
      description = "the journal's keyspace in Cassandra (default: that of --config, or muster)")
  private String keyspace;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "the file that nodes are started with: where its journal is in Cassandra, it is read"
              + " there, with its keyspace, data centre and log-in")
  private Path configuration;

  /** Where a Muster of one node runs, if it does. */
  public Path dataDirectory() {
    return dataDirectory.path();
  }

  /** Whether the journal is that of the data directory. */
  public boolean isEmbedded() {
    return cassandra.isEmpty() && keyspace == null && NodeConfiguration.isEmbedded(file());
  }

  /**
   * Opens it to be folded.
   *
   * @throws dev.muster.journal.JournalUnusableException where there is none
   */
  public StoredJournal open() {
    return isEmbedded()
        ? OfflineJournal.open(dataDirectory.path())
        : CassandraStoredJournal.open(config());
  }

  /**
   * Opens it to be verified.
   *
   * @throws dev.muster.journal.JournalUnusableException where there is none
   */
  public RawJournal openRaw() {
    return isEmbedded()
        ? SqliteRawJournal.open(dataDirectory.path())
        : CassandraRawJournal.open(config());
  }

  private Config config() {
    Map<String, Object> given = new HashMap<>();
    if (!cassandra.isEmpty()) {
      cassandra.forEach(JournalOptions::requireAddress);
      given.put(CASSANDRA + "contact-points", cassandra);
    }
    if (keyspace != null) {
      given.put(CASSANDRA + "keyspace", keyspace);
    }
    return ConfigFactory.parseMap(given).withFallback(file());
  }

  private static void requireAddress(String address) {
    try {
      HostAndPort.parse(address);
    } catch (IllegalArgumentException wrong) {
      throw new StartupException(wrong.getMessage());
    }
  }

  private Config file() {
    if (configuration == null) {
      return ConfigFactory.empty();
    }
    if (!Files.isReadable(configuration)) {
      throw new StartupException("there is no configuration at " + configuration);
    }
    try {
      return ConfigFactory.parseFile(configuration.toFile());
    } catch (ConfigException broken) {
      throw NodeConfiguration.senseless(broken);
    }
  }
}
