package dev.muster.journal.sqlite;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.journal.JournalUnusableException;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.read.JournalReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorSystem;

/** The journal of a single node: the file {@code journal.db} in its data directory. */
public final class EmbeddedJournal {
  private static final String FILE_NAME = "journal.db";

  private EmbeddedJournal() {}

  public static Path file(Path dataDirectory) {
    return dataDirectory.resolve(FILE_NAME);
  }

  /**
   * The configuration to lay over the rest, so that the entities journal into this data directory.
   */
  public static Config config(Path dataDirectory) {
    return ConfigFactory.parseMap(
            Map.of("muster.journal.embedded.url", JournalFile.url(file(dataDirectory))))
        .withFallback(
            ConfigFactory.parseResources(
                EmbeddedJournal.class.getClassLoader(), "embedded-journal.conf"));
  }

  /**
   * Makes the journal ready to be used: creates the directory, the file and its tables where they
   * are missing, and otherwise checks that the file is a journal that this Muster can read.
   *
   * @throws JournalUnusableException where it is not
   */
  public static void prepare(Path dataDirectory) {
    new JournalFile(file(dataDirectory)).prepare();
  }

  /**
   * As {@link #prepare}, of a data directory that is known to have had a journal: one that is
   * missing or empty is not made anew, but refused.
   *
   * @throws JournalUnusableException where it is not there, or none that this Muster can read
   */
  public static void prepareExisting(Path dataDirectory) {
    new JournalFile(file(dataDirectory)).prepareExisting();
  }

  /** Reads the past in a system that has {@link #config}. */
  public static JournalReader reader(ActorSystem<?> system) {
    return new SqliteJournalReader(EmbeddedDatabase.of(system.classicSystem()));
  }

  /**
   * The latest time that an event of a prepared journal has; none where there is no event. A clock
   * that was shown it gives no time of this journal a second time, though the wall clock was set
   * back since.
   *
   * @throws JournalUnusableException where the journal cannot be read
   */
  public static Optional<HybridTime> latestTime(Path dataDirectory) {
    return new JournalFile(file(dataDirectory)).latestTime();
  }
}
