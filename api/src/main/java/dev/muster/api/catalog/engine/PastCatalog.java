package dev.muster.api.catalog.engine;

import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.past.PastFold;
import dev.muster.api.catalog.past.PastJournal;
import dev.muster.api.catalog.past.Patience;
import dev.muster.journal.read.JournalReader;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The catalog of an instant: the fold of the journal up to there, and an engine over it. While
 * nobody uses it, it can be moved to another instant, for what differs between the two.
 */
final class PastCatalog implements AutoCloseable {
  private final JournalReader journal;
  private final BiFunction<JournalReader, Instant, DuckDbCatalog> opener;
  private final PastFold fold;

  /** Empty until it has been moved somewhere, and where that failed. */
  private Optional<Instant> instant = Optional.empty();

  /** Whether it is as it will ever be: no write of its time can be under way any more. */
  private boolean settled;

  private CatalogSnapshot snapshot = CatalogSnapshot.EMPTY;
  private Optional<Engine> engine = Optional.empty();
  private int users;
  private boolean dismissed;

  private record Engine(PastJournal journal, DuckDbCatalog catalog, Instant instant) {}

  /**
   * @param opener opens an engine over a journal
   */
  PastCatalog(
      JournalReader journal,
      PastFold fold,
      BiFunction<JournalReader, Instant, DuckDbCatalog> opener) {
    this.journal = journal;
    this.fold = fold;
    this.opener = opener;
  }

  /** That of a user, who has yet to close it. */
  DuckDbCatalog catalog() {
    return engine.orElseThrow().catalog();
  }

  CatalogSnapshot snapshot() {
    return snapshot;
  }

  PastFold fold() {
    return fold;
  }

  boolean isOf(Instant asked) {
    return settled && instant.equals(Optional.of(asked));
  }

  synchronized boolean isIdle() {
    return users == 0;
  }

  /** Only of one that is idle, or of the same instant. */
  synchronized PastCatalog use() {
    users++;
    return this;
  }

  /** Only while it is idle. After a failure it is of no instant, and can be moved again. */
  void moveTo(PastFold.Target target, Instant settledBefore, Patience patience) {
    instant = Optional.empty();
    if (engine.isEmpty()) {
      // It opens in the background, while the journal is read here.
      engine = Optional.of(open(target.instant()));
    }
    snapshot = fold.moveTo(target, patience);
    Engine before = engine.get();
    if (!before.instant().equals(target.instant())) {
      engine = Optional.empty();
      if (before.catalog().moveTo(target.instant(), before.instant())) {
        before.journal().moveTo(target.instant());
        engine = Optional.of(new Engine(before.journal(), before.catalog(), target.instant()));
      } else {
        before.catalog().close();
        engine = Optional.of(open(target.instant()));
      }
    }
    instant = Optional.of(target.instant());
    settled = target.instant().isBefore(settledBefore);
  }

  private Engine open(Instant at) {
    PastJournal past = new PastJournal(journal, at);
    return new Engine(past, opener.apply(past, at), at);
  }

  synchronized void dismiss() {
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
      engine.ifPresent(last -> last.catalog().close());
    }
  }
}
