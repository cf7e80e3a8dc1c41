package dev.muster.api.catalog.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.muster.api.CatalogIncompleteException;
import dev.muster.api.catalog.CatalogFixture;
import dev.muster.api.catalog.CatalogQueries.PastInstant;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import dev.muster.journal.JournalUnusableException;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.NameChange;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.read.JournalReader;
import dev.muster.journal.state.Replica;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** What a query returned at an instant it returns as of that instant ever after. */
class AsOfTest {
  private static final List<String> QUERIES =
      List.of(
          "SELECT * FROM mz_clusters ORDER BY id",
          "SELECT id FROM mz_clusters WHERE name = 'c0'",
          "SELECT c.name, r.* FROM mz_cluster_replicas r JOIN mz_clusters c ON c.id = r.cluster_id"
              + " ORDER BY r.id",
          "SELECT * FROM mz_internal.mz_cluster_replica_statuses ORDER BY replica_id",
          "SELECT * FROM mz_internal.mz_cluster_replica_history ORDER BY replica_id",
          "SELECT * FROM mz_audit_events ORDER BY id",
          "SELECT * FROM mz_roles ORDER BY id");

  /** A journal in which one cluster's event cannot be read. */
  private record Torn(JournalReader journal, ClusterId cluster, long event)
      implements JournalReader {
    @Override
    public CompletionStage<List<Sequenced<ClusterEvent>>> cluster(
        ClusterId id, long from, long to) {
      return id.equals(cluster) && from <= event && event <= to
          ? CompletableFuture.failedStage(
              new JournalUnusableException("event " + event + " of cluster|" + id + " is torn"))
          : journal.cluster(id, from, to);
    }

    @Override
    public CompletionStage<List<Sequenced<EnvironmentEvent>>> environment(long from, long to) {
      return journal.environment(from, to);
    }
  }

  @Test
  void aBadEventIsNoHarmToWhatWasBeforeNorToTheOthersNamesAndRights() {
    CatalogFixture fixture = new CatalogFixture();
    ClusterId torn = fixture.managed("torn", "25cc", 1);
    fixture.managed("other", "25cc", 1);
    Instant before = fixture.now();
    fixture.add(torn, "r2", "25cc", "az2");
    fixture.add(torn, "r3", "25cc", "az3");
    Instant after = fixture.now();
    List<List<Object>> audit;
    try (DuckDbCatalog whole = Asking.open(fixture)) {
      audit =
          asOf(
              whole,
              fixture,
              new PastInstant(before, false),
              "SELECT * FROM mz_audit_events ORDER BY id");
    }
    try (DuckDbCatalog catalog = Asking.open(new Torn(fixture.journal(), torn, 4))) {
      for (CatalogSnapshot present : List.of(CatalogSnapshot.EMPTY, fixture.snapshot())) {
        Asking asking = new Asking(catalog);
        PastInstant old = new PastInstant(before, false);
        PastInstant young = new PastInstant(after, false);
        String replicas = "SELECT name FROM mz_cluster_replicas ORDER BY cluster_id";
        assertEquals(
            List.of(List.of("r1"), List.of("r1")), asking.rowsAsOf(present, old, replicas));
        assertEquals(
            audit, asking.rowsAsOf(present, old, "SELECT * FROM mz_audit_events ORDER BY id"));
        CatalogIncompleteException refused =
            assertThrows(
                CatalogIncompleteException.class, () -> asking.rowsAsOf(present, young, replicas));
        assertEquals("cluster \"torn\" (u1) cannot be read", refused.getMessage());
        assertEquals(Optional.of("event 4 of cluster|u1 is torn"), refused.damage());
        assertEquals(
            List.of(List.of("u2")),
            asking.rowsAsOf(present, young, "SELECT id FROM mz_clusters WHERE name = 'other'"));
        assertEquals(
            List.of(List.of(3L)), asking.rowsAsOf(present, young, "SELECT count(*) FROM mz_roles"));
      }
    }
  }

  private static List<List<List<Object>>> now(DuckDbCatalog catalog, CatalogSnapshot snapshot) {
    return QUERIES.stream().map(sql -> new Asking(catalog).rows(snapshot, sql)).toList();
  }

  private static List<List<Object>> asOf(
      DuckDbCatalog catalog, CatalogFixture fixture, PastInstant instant, String sql) {
    return new Asking(catalog).rowsAsOf(fixture.snapshot(), instant, sql);
  }

  @Property(tries = 5, shrinking = ShrinkingMode.OFF)
  void whatWasSeenIsSeenAsOfThen(@ForAll long seed) {
    Random random = new Random(seed);
    CatalogFixture fixture = new CatalogFixture();
    List<ClusterId> live = new ArrayList<>();
    Map<Instant, List<List<List<Object>>>> seen = new LinkedHashMap<>();
    try (DuckDbCatalog catalog = Asking.open(fixture)) {
      for (int step = 0; step < 15; step++) {
        step(random, fixture, live, step);
        if (random.nextInt(4) == 0) {
          seen.put(fixture.now(), now(catalog, fixture.snapshot()));
        }
      }
      seen.forEach(
          (at, rows) ->
              assertEquals(
                  rows,
                  QUERIES.stream()
                      .map(sql -> asOf(catalog, fixture, new PastInstant(at, false), sql))
                      .toList()));
      hoppingAboutIsTheSame(random, fixture, live, seen);
    }
  }

  /** Back and forth, with and without history, while more happens. */
  private static void hoppingAboutIsTheSame(
      Random random,
      CatalogFixture fixture,
      List<ClusterId> live,
      Map<Instant, List<List<List<Object>>>> seen) {
    List<Instant> instants = List.copyOf(seen.keySet());
    if (instants.isEmpty()) {
      return;
    }
    try (DuckDbCatalog catalog = Asking.open(fixture)) {
      for (int hop = 0; hop < 25; hop++) {
        if (random.nextInt(5) == 0) {
          step(random, fixture, live, 100 + hop);
        }
        Instant at = instants.get(random.nextInt(instants.size()));
        int query = random.nextInt(QUERIES.size());
        assertEquals(
            seen.get(at).get(query),
            asOf(catalog, fixture, new PastInstant(at, false), QUERIES.get(query)),
            at + ": " + QUERIES.get(query));
      }
    }
  }

  private static void step(Random random, CatalogFixture fixture, List<ClusterId> live, int step) {
    if (live.isEmpty() || random.nextInt(3) == 0) {
      live.add(fixture.managed("c" + step, "25cc", random.nextInt(3)));
      return;
    }
    ClusterId id = live.get(random.nextInt(live.size()));
    String name = fixture.snapshot().environment().state().clusters().get(id).name();
    switch (random.nextInt(3)) {
      case 0 ->
          fixture.environment(
              new EnvironmentEvent.ClusterNamesChanged(
                  List.of(new NameChange(id, name, "n" + step))));
      case 1 -> fixture.add(id, "more" + step, "50cc", "az1");
      default -> {
        live.remove(id);
        fixture.environment(new EnvironmentEvent.ClusterDropStarted(List.of(id)));
        for (Replica replica : fixture.live(id).replicas()) {
          fixture.cluster(id, new ClusterEvent.ReplicaDropped(replica.id(), Reason.MANUAL));
        }
        fixture.cluster(id, new ClusterEvent.ClusterDropped());
        fixture.store().withdraw(id);
        fixture.environment(new EnvironmentEvent.ClusterDropFinished(id));
      }
    }
  }

  /** A journal of which no cluster can be read until the end of time. */
  private record Stuck(JournalReader journal, CountDownLatch asked) implements JournalReader {
    @Override
    public CompletionStage<List<Sequenced<ClusterEvent>>> cluster(
        ClusterId id, long from, long to) {
      asked.countDown();
      return new CompletableFuture<>();
    }

    @Override
    public CompletionStage<List<Sequenced<EnvironmentEvent>>> environment(long from, long to) {
      return journal.environment(from, to);
    }
  }

  @Test
  void aCancellationReachesTheReadingOfTheJournalAndWhoWaitsForIt() throws Exception {
    CatalogFixture fixture = new CatalogFixture();
    fixture.managed("prod", "25cc", 1);
    CountDownLatch asked = new CountDownLatch(1);
    PastInstant instant = new PastInstant(fixture.now(), false);
    try (DuckDbCatalog catalog = Asking.open(new Stuck(fixture.journal(), asked));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Runnable>> stops =
          List.of(new CompletableFuture<>(), new CompletableFuture<>());
      List<Future<CatalogSnapshot>> reads = new ArrayList<>();
      for (CompletableFuture<Runnable> stop : stops) {
        reads.add(threads.submit(() -> catalog.asOf(instant, fixture.snapshot(), stop::complete)));
      }
      asked.await();
      for (int i = 1; i >= 0; i--) {
        stops.get(i).get().run();
        Future<CatalogSnapshot> read = reads.get(i);
        ExecutionException stopped = assertThrows(ExecutionException.class, read::get);
        assertEquals("57014", ((SqlException) stopped.getCause()).sqlMessage().sqlState());
      }
    }
  }

  /** A journal in which an event is missing, or one is there that cannot be. */
  private record Broken(
      JournalReader journal, CompletionStage<List<Sequenced<ClusterEvent>>> clusters)
      implements JournalReader {
    @Override
    public CompletionStage<List<Sequenced<ClusterEvent>>> cluster(
        ClusterId id, long from, long to) {
      return clusters;
    }

    @Override
    public CompletionStage<List<Sequenced<EnvironmentEvent>>> environment(long from, long to) {
      return journal.environment(from, to);
    }
  }

  private static SqlMessage refusal(
      CompletionStage<List<JournalReader.Sequenced<ClusterEvent>>> clusters, boolean past) {
    CatalogFixture fixture = new CatalogFixture();
    fixture.managed("prod", "25cc", 1);
    PastInstant instant = new PastInstant(fixture.now(), false);
    String sql = "SELECT * FROM mz_audit_events";
    try (DuckDbCatalog catalog = Asking.open(new Broken(fixture.journal(), clusters))) {
      RuntimeException refused =
          assertThrows(
              RuntimeException.class,
              () -> {
                if (past) {
                  asOf(catalog, fixture, instant, sql);
                } else {
                  new Asking(catalog).rows(fixture.snapshot(), sql);
                }
              });
      return refused instanceof CatalogIncompleteException damaged
          ? SqlMessage.error("XX001", damaged.getMessage())
              .withDetail(damaged.damage().orElseThrow())
          : ((SqlException) refused).sqlMessage();
    }
  }

  @Test
  void whatIsWrongWithTheJournalIsSaidInOneLine() {
    String line = "cluster|u1: event 6 is missing in the journal; run 'muster audit verify'";
    for (boolean past : List.of(true, false)) {
      SqlMessage refused =
          refusal(
              CompletableFuture.failedFuture(
                  new IllegalStateException(
                      "cannot read the journal of persistenceId [cluster|u1]",
                      new JournalUnusableException(line))),
              past);
      assertEquals("XX001", refused.sqlState());
      assertEquals(
          past ? "cluster \"prod\" (u1) cannot be read" : "the journal could not be read",
          refused.message());
      assertEquals(Optional.of(line), refused.detail());
    }
  }

  @Test
  void anEventThatCannotHaveHappenedIsNamedWithoutTheStates() {
    ClusterId id = ClusterId.user(1);
    ClusterEvent impossible = new ClusterEvent.ClusterDropped();
    SqlMessage refused =
        refusal(
            CompletableFuture.completedFuture(
                List.of(
                    new JournalReader.Sequenced<>(
                        1,
                        new Recorded<>(
                            HybridTime.ofEpochMilli(CatalogFixture.START_MILLIS, 0),
                            Origin.SYSTEM,
                            impossible)))),
            true);
    assertEquals("XX001", refused.sqlState());
    assertEquals(
        Optional.of(
            ("cluster|%s: event 1 (ClusterDropped) cannot have happened after those before it;"
                    + " run 'muster audit verify'")
                .formatted(id)),
        refused.detail());
  }

  @Test
  void theStateOfAnInstantCanBeHadWithoutAQuery() {
    CatalogFixture fixture = new CatalogFixture();
    ClusterId id = fixture.managed("prod", "25cc", 1);
    Instant then = fixture.now();
    fixture.environment(
        new EnvironmentEvent.ClusterNamesChanged(List.of(new NameChange(id, "prod", "later"))));
    try (DuckDbCatalog catalog = Asking.open(fixture)) {
      CatalogSnapshot past =
          catalog.asOf(new PastInstant(then, false), fixture.snapshot(), stop -> {});
      assertEquals("prod", past.environment().state().clusters().get(id).name());
    }
  }

  @Test
  void beforeTheBeginningThereIsNothingToAskUnlessLaterWillDo() {
    CatalogFixture fixture = new CatalogFixture();
    fixture.managed("prod", "25cc", 1);
    Instant early = Instant.ofEpochMilli(CatalogFixture.START_MILLIS - 1);
    try (DuckDbCatalog catalog = Asking.open(fixture)) {
      SqlException refused =
          assertThrows(
              SqlException.class,
              () ->
                  asOf(catalog, fixture, new PastInstant(early, false), "SELECT * FROM mz_roles"));
      assertEquals("22023", refused.sqlMessage().sqlState());
      assertEquals(
          "The journal begins at 2026-01-01T00:00:00Z.",
          refused.sqlMessage().detail().orElseThrow());
      assertEquals(
          List.of(),
          asOf(catalog, fixture, new PastInstant(early, true), "SELECT name FROM mz_clusters"));
    }
  }
}
