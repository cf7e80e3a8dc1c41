package dev.muster.api.catalog.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.api.catalog.CatalogFixture;
import dev.muster.api.catalog.CatalogQueries.Query;
import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Queries that never end do not keep the engine from those that do. */
class StarvationTest {
  private static final int CONNECTIONS = 2;
  private static final int LONG = 2;
  private static final String RUNAWAY =
      "SELECT count(*) FROM generate_series(1, 1000000) a, generate_series(1, 1000000) b"
          + " WHERE a.a + b.b = -1";
  private static final EngineLimits LIMITS =
      new EngineLimits(
          256L << 20,
          2,
          CONNECTIONS,
          Duration.ofMillis(20),
          LONG,
          Duration.ofSeconds(2),
          1 << 20,
          4 << 20);
  private static final CatalogFixture FIXTURE = new CatalogFixture();
  private static DuckDbCatalog catalog;
  private static Asking ask;
  private final List<Run> runs = new ArrayList<>();

  /** A query on a thread of its own. */
  private static final class Run {
    private final CompletableFuture<Runnable> stop = new CompletableFuture<>();
    private final CompletableFuture<SqlMessage> error = new CompletableFuture<>();

    Run(Query query) {
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  catalog.run(query, List.of(), Asking.CONTEXT, FIXTURE.snapshot(), stop::complete);
                  error.completeExceptionally(new AssertionError("it came to an end"));
                } catch (SqlException e) {
                  error.complete(e.sqlMessage());
                }
              });
    }

    void cancel() {
      stop.join().run();
    }
  }

  @BeforeAll
  static void open() {
    catalog = new DuckDbCatalog(CatalogFixture.SIZES, CatalogFixture.EMPTY_JOURNAL, LIMITS);
    ask = new Asking(catalog);
    ask.rows(FIXTURE.snapshot(), "SELECT 1");
  }

  @AfterAll
  static void close() {
    catalog.close();
  }

  /** Waits until as many run as can, or all that were asked for. */
  private void runaways(int many) {
    Query query = catalog.prepare(RUNAWAY, List.of(), Asking.CONTEXT);
    for (int i = 0; i < many; i++) {
      Run run = new Run(query);
      run.stop.join();
      runs.add(run);
    }
  }

  @AfterEach
  void endAll() {
    runs.forEach(Run::cancel);
    for (Run run : runs) {
      assertTrue(List.of("57014", "53300").contains(run.error.join().sqlState()));
    }
    assertEquals(List.of(List.of(7)), ask.rows(FIXTURE.snapshot(), "SELECT 7"));
  }

  @Test
  void aShortQueryGetsItsTurn() {
    runaways(CONNECTIONS);
    assertEquals(List.of(List.of(5)), ask.rows(FIXTURE.snapshot(), "SELECT 5"));
    runs.forEach(run -> assertFalse(run.error.isDone()));
  }

  @Test
  void whenAllAreLongTheNextIsToldSo() {
    runaways(CONNECTIONS + LONG + 1);
    CompletableFuture<?>[] errors =
        runs.stream().map(run -> run.error).toArray(CompletableFuture[]::new);
    SqlMessage refused = (SqlMessage) CompletableFuture.anyOf(errors).join();
    assertEquals("53300", refused.sqlState());
    assertEquals("too many queries over the catalog run for too long", refused.message());
    assertTrue(refused.hint().orElseThrow().contains("statement_timeout"));
  }

  @Test
  void oneThatWaitsCanBeCanceled() {
    Query query = catalog.prepare(RUNAWAY, List.of(), Asking.CONTEXT);
    runaways(CONNECTIONS + LONG);
    Run waiting = new Run(query);
    waiting.cancel();
    assertEquals("57014", waiting.error.join().sqlState());
    runs.forEach(run -> assertFalse(run.error.isDone()));
  }
}
