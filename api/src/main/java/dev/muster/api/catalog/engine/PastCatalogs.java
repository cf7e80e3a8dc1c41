package dev.muster.api.catalog.engine;

import dev.muster.api.catalog.CatalogQueries.PastInstant;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.past.PastJournal;
import dev.muster.api.catalog.past.PastState;
import dev.muster.api.catalog.past.Patience;
import dev.muster.api.catalog.rewrite.SqlErrors;
import dev.muster.api.error.SqlException;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.read.JournalReader;
import dev.muster.journal.read.JournalReader.Sequenced;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;

/**
 * Catalogs of past instants, each an engine of its own over the journal up to there. The last few
 * are kept, so that a conversation about one instant folds the journal once. Safe for use by many
 * threads; one at a time makes a catalog.
 */
final class PastCatalogs implements AutoCloseable {
  private static final int KEPT = 2;
  private static final long LOOK_AGAIN_MILLIS = 20;

  private final JournalReader journal;
  private final BiFunction<JournalReader, Instant, DuckDbCatalog> opener;
  private final Deque<Past> recent = new ArrayDeque<>();

  /** Held while a catalog is made, and over {@link #recent}. */
  private final ReentrantLock making = new ReentrantLock();

  /** One instant. Closed once nobody uses it and it is no longer kept. */
  static final class Past implements AutoCloseable {
    private final Instant instant;
    private final DuckDbCatalog catalog;
    private final CatalogSnapshot snapshot;
    private int users;
    private boolean dismissed;

    private Past(Instant instant, DuckDbCatalog catalog, CatalogSnapshot snapshot) {
      this.instant = instant;
      this.catalog = catalog;
      this.snapshot = snapshot;
    }

    DuckDbCatalog catalog() {
      return catalog;
    }

    CatalogSnapshot snapshot() {
      return snapshot;
    }

    private synchronized Past use() {
      users++;
      return this;
    }

    private synchronized void dismiss() {
      dismissed = true;
      closeIfUnused();
    }

    /** The user is done. */
    @Override
    public synchronized void close() {
      users--;
      closeIfUnused();
    }

    private void closeIfUnused() {
      if (dismissed && users == 0) {
        catalog.close();
      }
    }
  }

  PastCatalogs(JournalReader journal, BiFunction<JournalReader, Instant, DuckDbCatalog> opener) {
    this.journal = journal;
    this.opener = opener;
  }

  /**
   * The catalog of an instant, to be closed after use.
   *
   * @param patience of whoever asks, also with others who come first
   * @param settledBefore what is not older may still change by writes that are under way, and is
   *     not kept
   */
  Past at(PastInstant asked, Instant settledBefore, Patience patience) {
    take(patience);
    try {
      return found(asked, settledBefore, patience);
    } finally {
      making.unlock();
    }
  }

  /** Somebody else's catalog may take a while to be made. */
  private void take(Patience patience) {
    try {
      while (!making.tryLock(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
        patience.check();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw SqlErrors.error("57P01", "terminating connection due to administrator command");
    }
  }

  private Past found(PastInstant asked, Instant settledBefore, Patience patience) {
    Instant instant = known(asked, patience);
    for (Past past : recent) {
      if (past.instant.equals(instant)) {
        return past.use();
      }
    }
    Past past = open(instant, patience).use();
    if (instant.isBefore(settledBefore)) {
      recent.addFirst(past);
      if (recent.size() > KEPT) {
        recent.removeLast().dismiss();
      }
    } else {
      past.dismiss();
    }
    return past;
  }

  private Past open(Instant instant, Patience patience) {
    JournalReader past = new PastJournal(journal, instant);
    try {
      CatalogSnapshot snapshot = PastState.of(past, patience);
      return new Past(instant, opener.apply(past, instant), snapshot);
    } catch (CompletionException e) {
      throw SqlErrors.error("58030", "the journal could not be read");
    }
  }

  /** The instant asked for, or the first that there is where that will do. */
  private Instant known(PastInstant asked, Patience patience) {
    List<Sequenced<EnvironmentEvent>> first = patience.await(journal.environment(1, 1));
    Instant beginning = first.isEmpty() ? Instant.MAX : first.getFirst().recorded().at().instant();
    if (!asked.at().isBefore(beginning)) {
      return asked.at();
    }
    if (asked.atLeast()) {
      return beginning;
    }
    throw tooEarly(asked.at(), beginning);
  }

  private static SqlException tooEarly(Instant asked, Instant beginning) {
    return SqlErrors.error("22023", "there is nothing yet at " + asked)
        .withDetail("The journal begins at " + beginning + ".")
        .withHint("AS OF AT LEAST takes the earliest instant that is known.");
  }

  @Override
  public void close() {
    making.lock();
    try {
      recent.forEach(Past::dismiss);
      recent.clear();
    } finally {
      making.unlock();
    }
  }
}
