package dev.muster.journal.cassandra;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;

/** The journal of several nodes, in Cassandra. */
public final class CassandraJournal {
  /** The plugin id of the read journal. */
  public static final String READ_JOURNAL_PLUGIN_ID = "pekko.persistence.cassandra.query";

  private CassandraJournal() {}

  /**
   * The configuration to lay over the rest, so that the entities journal into Cassandra. Where it
   * is, and the like, is set under {@code muster.journal.cassandra}, explained in {@code
   * reference.conf}.
   */
  public static Config config() {
    return ConfigFactory.parseResources(
        CassandraJournal.class.getClassLoader(), "cassandra-journal.conf");
  }
}
