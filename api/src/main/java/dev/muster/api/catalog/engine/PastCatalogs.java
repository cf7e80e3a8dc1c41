package dev.muster.api.catalog.engine;

import dev.muster.api.catalog.CatalogQueries.PastInstant;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.past.PastFold;
import dev.muster.api.catalog.past.Patience;
import dev.muster.api.catalog.rewrite.SqlErrors;
import dev.muster.api.error.SqlException;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.read.JournalReader;
import dev.muster.journal.read.JournalReader.Sequenced;
import dev.muster.journal.state.ImpossibleEventException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;

/**
 * Catalogs of past instants, each an engine of its own over the journal up to there. A few are
 * kept: a conversation about one instant folds the journal once, one about instants near each other
 * what changed between them. No more are ever open, so that what they may use together is bounded:
 * who comes while all are in use waits. Safe for use by many threads; one at a time makes or moves
 * a catalog.
 */
final class PastCatalogs implements AutoCloseable {
  static final int KEPT = 2;
  private static final long LOOK_AGAIN_MILLIS = 20;

  /**
   * Where more entities differ another catalog is made, so that this one stays near its instant.
   */
  private static final int FAR = 1_000;

  private final JournalReader journal;
  private final BiFunction<JournalReader, Instant, DuckDbCatalog> opener;
  private final Deque<PastCatalog> recent = new ArrayDeque<>();

  /** Held while a catalog is made or moved, and over {@link #recent}. */
  private final ReentrantLock making = new ReentrantLock();

  private final Condition nobodyIdle = making.newCondition();

  private final long longestWaitNanos;

  /**
   * @param longestWait for a catalog that nobody is using, where all that may be are in use
   */
  PastCatalogs(
      JournalReader journal,
      BiFunction<JournalReader, Instant, DuckDbCatalog> opener,
      Duration longestWait) {
    this.journal = journal;
    this.opener = opener;
    this.longestWaitNanos = longestWait.toNanos();
  }

  /**
   * The catalog of an instant, to be closed after use.
   *
   * @param settledBefore what is not older may still change by writes that are under way
   * @param patience of whoever asks, also with others who come first
   */
  PastCatalog at(
      PastInstant asked, CatalogSnapshot present, Instant settledBefore, Patience patience) {
    long beganNanos = System.nanoTime();
    take(patience);
    try {
      PastFold.Target target = new PastFold.Target(known(asked, patience), present);
      Optional<PastCatalog> found = found(target, settledBefore, patience);
      while (found.isEmpty()) {
        if (System.nanoTime() - beganNanos >= longestWaitNanos) {
          throw SqlErrors.error("53300", "too many queries of the past at once")
              .withHint("Try again.");
        }
        patience.check();
        // Whoever is done with a catalog tells nobody, so as never to wait for this lock.
        nobodyIdle.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        found = found(target, settledBefore, patience);
      }
      return found.get();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw SqlErrors.error("57P01", "terminating connection due to administrator command");
    } catch (CompletionException | ImpossibleEventException e) {
      throw SqlErrors.journalUnreadable(e);
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

  /** Empty where all that there may be are in use for other instants. */
  private Optional<PastCatalog> found(
      PastFold.Target target, Instant settledBefore, Patience patience) {
    for (PastCatalog past : recent) {
      if (past.isOf(target.instant())) {
        return Optional.of(past.use());
      }
    }
    Optional<PastCatalog> nearest =
        recent.stream()
            .filter(PastCatalog::isIdle)
            .min(Comparator.comparingInt(past -> past.fold().distance(target)));
    boolean room = recent.size() < KEPT;
    if (nearest.isPresent() && (!room || nearest.get().fold().distance(target) <= FAR)) {
      nearest.get().moveTo(target, settledBefore, patience);
      return Optional.of(nearest.get().use());
    }
    if (!room) {
      return Optional.empty();
    }
    PastFold fold =
        recent.stream()
            .map(PastCatalog::fold)
            .min(Comparator.comparingInt(known -> known.distance(target)))
            .map(PastFold::copy)
            .orElseGet(() -> new PastFold(journal));
    PastCatalog made = new PastCatalog(journal, fold, opener);
    try {
      made.moveTo(target, settledBefore, patience);
    } catch (RuntimeException failure) {
      made.dismiss();
      throw failure;
    }
    recent.addFirst(made);
    return Optional.of(made.use());
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
      recent.forEach(PastCatalog::dismiss);
      recent.clear();
    } finally {
      making.unlock();
    }
  }
}
