package dev.muster.api.catalog.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.muster.api.catalog.CatalogFixture;
import dev.muster.api.error.SqlException;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An audit that is larger than the engine's memory. */
class LongAuditTest {
  private static final int EVENTS = 30_000;
  private static final String WORDS = "what somebody said of it, at some length; ".repeat(60);

  private static final EngineLimits LIMITS =
      new EngineLimits(
          48L << 20, 2, 4, Duration.ofSeconds(30), 4, Duration.ofSeconds(10), 16L << 20, 32L << 20);

  private static final CatalogFixture FIXTURE = new CatalogFixture();

  @TempDir Path folder;

  /** Seventy-five megabytes. */
  @BeforeAll
  static void muchHappens() {
    ClusterId id = FIXTURE.managed("prod", "25cc", 0);
    FIXTURE.managed("other", "25cc", 0);
    for (int event = 0; event < EVENTS; event++) {
      FIXTURE.cluster(
          id, new ClusterEvent.CommentChanged(Optional.empty(), Optional.of(event + WORDS)));
    }
  }

  private static DuckDbCatalog open(EngineLimits limits) {
    return new DuckDbCatalog(CatalogFixture.SIZES, FIXTURE.journal(), limits);
  }

  @Test
  void itIsCountedFilteredSortedAndPagedThrough() throws IOException {
    Path spill = folder.resolve("spill");
    Files.createDirectories(spill.resolve("left by a process that was killed"));
    try (DuckDbCatalog catalog = open(LIMITS.spillingTo(spill, ConfigFactory.load()))) {
      Asking asking = new Asking(catalog);
      String audit = " FROM mz_audit_events ";
      long all = (Long) value(asking, "SELECT count(*)" + audit);
      assertTrue(all > EVENTS, "events: " + all);
      assertEquals(
          all,
          (Long)
                  value(
                      asking, "SELECT count(*)" + audit + "WHERE details->>'cluster_name' = 'prod'")
              + (Long)
                  value(
                      asking,
                      "SELECT count(*)"
                          + audit
                          + "WHERE coalesce(details->>'cluster_name', '') <> 'prod'"));
      assertEquals(
          100,
          asking
              .rows(FIXTURE.snapshot(), "SELECT *" + audit + "ORDER BY id DESC LIMIT 100")
              .size());
      assertEquals(all, paged(asking));
      assertTrue(bytes(spill) > 0, "it did not need the folder");
    }
    try (Stream<Path> left = Files.list(spill)) {
      assertEquals(List.of(), left.toList());
    }
  }

  private static Object value(Asking asking, String sql) {
    return asking.rows(FIXTURE.snapshot(), sql).getFirst().getFirst();
  }

  /** By pages, each from where the one before has ended. */
  private static long paged(Asking asking) {
    long read = 0;
    Object last = 0L;
    while (true) {
      List<List<Object>> page =
          asking.rows(
              FIXTURE.snapshot(),
              "SELECT id, details FROM mz_audit_events WHERE id > "
                  + last
                  + " ORDER BY id LIMIT 2000");
      if (page.isEmpty()) {
        return read;
      }
      read += page.size();
      last = page.getLast().getFirst();
    }
  }

  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  @Test
  void withoutAPlaceForItItIsRefusedAndTheConnectionGoesOn() {
    try (DuckDbCatalog catalog = open(LIMITS)) {
      Asking asking = new Asking(catalog);
      SqlException refused =
          assertThrows(
              SqlException.class, () -> value(asking, "SELECT count(*) FROM mz_audit_events"));
      assertEquals("53200", refused.sqlMessage().sqlState());
      assertEquals(2L, value(asking, "SELECT count(*) FROM mz_clusters"));
    }
  }

  @Test
  void functionsReachNothingOfWhatWasSpilled() {
    Path spill = folder.resolve("spill");
    try (DuckDbCatalog catalog = open(LIMITS.spillingTo(spill, ConfigFactory.load()))) {
      SqlException refused =
          assertThrows(
              SqlException.class,
              () ->
                  new Asking(catalog)
                      .rows(FIXTURE.snapshot(), "SELECT * FROM read_blob('" + spill + "/*/*')"));
      assertEquals("42883", refused.sqlMessage().sqlState());
    }
  }
}
