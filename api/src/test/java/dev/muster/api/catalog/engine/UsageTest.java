package dev.muster.api.catalog.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.api.catalog.CatalogFixture;
import dev.muster.api.catalog.CatalogQueries.PastInstant;
import dev.muster.journal.event.ClusterEvent.ReplicaAdded;
import dev.muster.journal.event.ClusterEvent.ReplicaDropped;
import dev.muster.journal.event.ClusterEvent.ReplicaRenamed;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.state.Replica;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** What clusters use and cost, by the hour and by the day. */
class UsageTest {
  private static final String BY_HOUR =
      "SELECT hour::text, purpose, replicas, seconds, round(credits, 6) FROM"
          + " mz_internal.mz_cluster_usage_hourly ORDER BY hour, purpose";

  private static List<List<Object>> asOf(
      DuckDbCatalog catalog, CatalogFixture fixture, Instant instant, String sql) {
    return new Asking(catalog).rowsAsOf(fixture.snapshot(), new PastInstant(instant, false), sql);
  }

  private static ReplicaId add(
      CatalogFixture fixture, ClusterId cluster, String name, Reason reason, boolean internal) {
    ReplicaId id = ReplicaId.of(cluster, fixture.live(cluster).lastReplicaNumber() + 1);
    fixture.cluster(
        cluster,
        new ReplicaAdded(
            id,
            name,
            "25cc",
            BigDecimal.ONE,
            "az1",
            false,
            ReplicaSettings.DEFAULT,
            internal,
            Optional.empty(),
            reason));
    return id;
  }

  private static BigDecimal number(String text) {
    return new BigDecimal(text);
  }

  @Test
  void timeIsCutAtTheHourAndWhereAReplicaBecomesAnother() {
    CatalogFixture fixture = new CatalogFixture();
    ClusterId id = fixture.managed("prod", "25cc", 0);
    fixture.pass(Duration.ofSeconds(3600 - 10 - 7));
    ReplicaId pending = add(fixture, id, "r1-pending", Reason.RECONFIGURATION, false);
    Instant added = fixture.now();
    assertEquals(Instant.parse("2026-01-01T00:59:50Z"), added);
    fixture.pass(Duration.ofSeconds(29));
    fixture.cluster(id, new ReplicaRenamed(pending, "r1-pending", "r1"));
    fixture.pass(Duration.ofSeconds(39));
    add(fixture, id, "r1-burst", Reason.HYDRATION_BURST, false);
    fixture.pass(Duration.ofSeconds(99));
    fixture.cluster(id, new ReplicaDropped(pending, Reason.MANUAL));
    try (DuckDbCatalog catalog = Asking.open(fixture)) {
      assertEquals(
          List.of(
              List.of(
                  "2026-01-01 00:00:00+00",
                  "reconfiguration",
                  1L,
                  number("10"),
                  number("0.002778")),
              List.of(
                  "2026-01-01 01:00:00+00",
                  "hydration-burst",
                  1L,
                  number("100"),
                  number("0.027778")),
              List.of(
                  "2026-01-01 01:00:00+00",
                  "reconfiguration",
                  1L,
                  number("20"),
                  number("0.005556")),
              List.of("2026-01-01 01:00:00+00", "steady", 1L, number("140"), number("0.038889"))),
          asOf(catalog, fixture, fixture.now(), BY_HOUR));
      assertEquals(
          List.of(List.of("2026-01-01 00:00:00+00", number("0.075"))),
          asOf(
              catalog,
              fixture,
              fixture.now(),
              "SELECT day::text, round(sum(credits), 6) FROM mz_internal.mz_cluster_usage_daily"
                  + " GROUP BY day"));
    }
  }

  @Test
  void whatMusterHasForItselfIsSeenAndCostsNothing() {
    CatalogFixture fixture = new CatalogFixture();
    ClusterId id = fixture.managed("prod", "25cc", 0);
    add(fixture, id, "r1", Reason.MANUAL, true);
    fixture.pass(Duration.ofSeconds(9));
    fixture.role("u2", "somebody", false);
    try (DuckDbCatalog catalog = Asking.open(fixture)) {
      assertEquals(
          List.of(List.of("2026-01-01 00:00:00+00", "steady", 1L, number("10"), number("0"))),
          asOf(catalog, fixture, fixture.now(), BY_HOUR));
      assertEquals(
          List.of(List.of("prod", number("0"), 1L)),
          asOf(
              catalog,
              fixture,
              fixture.now(),
              "SELECT cluster_name, credits_per_hour, replicas FROM"
                  + " mz_internal.mz_credit_consumption_rate"));
      assertEquals(
          List.of(List.of("r1", number("0"))),
          asOf(
              catalog,
              fixture,
              fixture.now(),
              "SELECT replica_name, credits_per_hour FROM"
                  + " mz_internal.mz_cluster_replica_history"));
    }
  }

  /** One life after the other, by the journal's own replicas: nothing of the engine's. */
  @Property(tries = 5, shrinking = ShrinkingMode.OFF)
  void theSumIsTheIntegralOverTimeOfWhatRan(@ForAll long seed) {
    Random random = new Random(seed);
    CatalogFixture fixture = new CatalogFixture();
    Map<Instant, BigDecimal> secondsByHour = new TreeMap<>();
    Instant before = fixture.now();
    List<ClusterId> clusters = new ArrayList<>();
    for (int step = 0; step < 25; step++) {
      if (clusters.isEmpty() || random.nextInt(6) == 0) {
        clusters.add(fixture.managed("c" + step, "25cc", 0));
        continue;
      }
      ClusterId id = clusters.get(random.nextInt(clusters.size()));
      List<Replica> replicas = fixture.live(id).replicas();
      fixture.pass(Duration.ofSeconds(random.nextInt(5000)));
      int running = running(fixture, clusters);
      if (replicas.isEmpty() || random.nextBoolean()) {
        add(fixture, id, "x" + step, Reason.MANUAL, false);
      } else {
        fixture.cluster(id, new ReplicaDropped(replicas.getFirst().id(), Reason.MANUAL));
      }
      // All that ran did so since the last change.
      integrate(before, fixture.now(), running, secondsByHour);
      before = fixture.now();
    }
    fixture.pass(Duration.ofSeconds(random.nextInt(5000)));
    fixture.role("u2", "somebody", false);
    integrate(before, fixture.now(), running(fixture, clusters), secondsByHour);
    try (DuckDbCatalog catalog = Asking.open(fixture)) {
      Map<Instant, BigDecimal> shown = new TreeMap<>();
      asOf(
              catalog,
              fixture,
              fixture.now(),
              "SELECT extract(epoch FROM hour)::bigint, sum(seconds), sum(credits) FROM"
                  + " mz_internal.mz_cluster_usage_hourly GROUP BY 1")
          .forEach(
              row -> {
                BigDecimal seconds = (BigDecimal) row.get(1);
                shown.put(Instant.ofEpochSecond((Long) row.get(0)), seconds);
                assertEquals(
                    seconds.divide(BigDecimal.valueOf(3600), 6, RoundingMode.HALF_UP),
                    ((BigDecimal) row.get(2)).setScale(6, RoundingMode.HALF_UP));
              });
      assertEquals(secondsByHour, shown);
    }
  }

  private static int running(CatalogFixture fixture, List<ClusterId> clusters) {
    return clusters.stream().mapToInt(id -> fixture.live(id).replicas().size()).sum();
  }

  private static void integrate(
      Instant from, Instant to, int running, Map<Instant, BigDecimal> secondsByHour) {
    for (Instant second = from;
        running > 0 && second.isBefore(to);
        second = second.plusSeconds(1)) {
      Instant hour = Instant.ofEpochSecond(second.getEpochSecond() / 3600 * 3600);
      secondsByHour.merge(hour, number(Integer.toString(running)), BigDecimal::add);
    }
  }
}
