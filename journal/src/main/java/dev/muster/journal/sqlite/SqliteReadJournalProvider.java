package dev.muster.journal.sqlite;

import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.persistence.query.ReadJournalProvider;

/** Named in {@code embedded-journal.conf}; made by Pekko. */
final class SqliteReadJournalProvider implements ReadJournalProvider {
  private final SqliteReadJournal journal;

  SqliteReadJournalProvider(ExtendedActorSystem system) {
    this.journal = new SqliteReadJournal(EmbeddedDatabase.of(system));
  }

  /** For Java there is the other. */
  @Override
  public org.apache.pekko.persistence.query.scaladsl.ReadJournal scaladslReadJournal() {
    return new org.apache.pekko.persistence.query.scaladsl.ReadJournal() {};
  }

  @Override
  public org.apache.pekko.persistence.query.javadsl.ReadJournal javadslReadJournal() {
    return journal;
  }
}
