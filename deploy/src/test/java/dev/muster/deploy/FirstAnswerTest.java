package dev.muster.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.api.CatalogIncompleteException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FirstAnswerTest {
  private final AtomicInteger questions = new AtomicInteger();

  @Test
  void whatIsNotThereYetIsAskedForAgain() throws InterruptedException {
    FirstAnswer.await(
        () ->
            questions.incrementAndGet() < 4
                ? CompletableFuture.failedFuture(new CatalogIncompleteException("not yet"))
                : CompletableFuture.completedFuture("here"),
        Duration.ofMinutes(5));
    assertEquals(4, questions.get());
  }

  @Test
  void theLastReasonIsToldWhenTimeIsUp() {
    StartupException told =
        assertThrows(
            StartupException.class,
            () ->
                FirstAnswer.await(
                    () -> CompletableFuture.failedFuture(new CatalogIncompleteException("no disk")),
                    Duration.ofMillis(1)));
    assertTrue(told.getMessage().contains("no disk"), told::getMessage);
  }

  @Test
  void silenceIsNotWaitedForLongerThanTold() {
    StartupException told =
        assertThrows(
            StartupException.class,
            () -> FirstAnswer.await(CompletableFuture::new, Duration.ofMillis(1)));
    assertTrue(told.getMessage().contains("did not answer"), told::getMessage);
  }

  @Test
  void aFailureThatTimeDoesNotMendIsToldAtOnce() {
    assertThrows(
        StartupException.class,
        () ->
            FirstAnswer.await(
                () -> {
                  questions.incrementAndGet();
                  return CompletableFuture.failedFuture(new IllegalStateException("broken"));
                },
                Duration.ofMinutes(5)));
    assertEquals(1, questions.get());
  }

  /** Ten milliseconds first, doubled each time: fewer than eight pauses fit into a second. */
  @Test
  void refusalsAreNotAskedAboutWithoutAPause() {
    assertThrows(
        StartupException.class,
        () ->
            FirstAnswer.await(
                () -> {
                  questions.incrementAndGet();
                  return CompletableFuture.failedFuture(new CatalogIncompleteException("not yet"));
                },
                Duration.ofSeconds(1)));
    assertTrue(questions.get() <= 9, () -> questions + " questions");
  }
}
