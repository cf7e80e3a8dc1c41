package dev.muster.api.catalog.past;

import dev.muster.journal.JournalErrors;
import dev.muster.journal.read.JournalReader.Sequenced;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * An entity's events up to a bad one. What came before it is as good as ever: an instant that lies
 * before it has its past still.
 *
 * @param <E> the entity's events
 */
final class Beginning<E> {
  /** Reads some of the events, or fails. */
  interface Reading<E> {
    CompletionStage<List<Sequenced<E>>> read(long from, long to);
  }

  private final Reading<E> reading;
  private final List<Sequenced<E>> events = new ArrayList<>();
  private long readTo;
  private long step = 1;
  private boolean grows = true;

  private Beginning(Reading<E> reading, long readTo) {
    this.reading = reading;
    this.readTo = readTo;
  }

  /**
   * The events from one number on as far as an instant needs them: a bad one that comes after the
   * instant is no harm. Fails as the reading does where it may have come before.
   *
   * @param all the reading of them, which may have met a bad one
   * @param again reads them in parts
   */
  static <E> CompletionStage<List<Sequenced<E>>> until(
      Instant instant, long from, CompletionStage<List<Sequenced<E>>> all, Reading<E> again) {
    return all.handle(
            (events, failure) ->
                failure == null
                    ? CompletableFuture.completedStage(events)
                    : JournalErrors.isDamage(failure)
                        ? beforeDamage(instant, from, again, failure)
                        : CompletableFuture.<List<Sequenced<E>>>failedStage(failure))
        .thenCompose(next -> next);
  }

  private static <E> CompletionStage<List<Sequenced<E>>> beforeDamage(
      Instant instant, long from, Reading<E> again, Throwable failure) {
    return from(from, again)
        .thenCompose(
            good ->
                good.stream().anyMatch(event -> event.recorded().at().instant().isAfter(instant))
                    ? CompletableFuture.completedStage(good)
                    : CompletableFuture.failedStage(failure));
  }

  /**
   * The events from one number on, without those from the first bad one on; fails as the reading
   * does where it is not the events that are to blame.
   */
  private static <E> CompletionStage<List<Sequenced<E>>> from(
      long sequenceNumber, Reading<E> reading) {
    return new Beginning<>(reading, sequenceNumber - 1).readOn();
  }

  /** In steps that double until one fails, and then get smaller. */
  private CompletionStage<List<Sequenced<E>>> readOn() {
    return reading
        .read(readTo + 1, readTo + step)
        .handle(
            (part, failure) -> {
              if (failure != null && !JournalErrors.isDamage(failure)) {
                return CompletableFuture.<List<Sequenced<E>>>failedStage(failure);
              }
              return failure == null && isWhole(part) ? taken(part) : refused();
            })
        .thenCompose(next -> next);
  }

  /** A reading of a few events need not notice that the first of them is missing. */
  private boolean isWhole(List<Sequenced<E>> part) {
    return part.size() == step
        && part.getFirst().sequenceNumber() == readTo + 1
        && part.getLast().sequenceNumber() == readTo + step;
  }

  private CompletionStage<List<Sequenced<E>>> taken(List<Sequenced<E>> part) {
    events.addAll(part);
    readTo += step;
    if (grows) {
      step *= 2;
    }
    return readOn();
  }

  private CompletionStage<List<Sequenced<E>>> refused() {
    if (step == 1) {
      return CompletableFuture.completedStage(events);
    }
    grows = false;
    step /= 2;
    return readOn();
  }
}
