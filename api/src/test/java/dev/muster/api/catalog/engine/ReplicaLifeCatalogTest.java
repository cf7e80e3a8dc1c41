package dev.muster.api.catalog.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.typesafe.config.ConfigFactory;
import dev.muster.api.catalog.CatalogFixture;
import dev.muster.api.catalog.HostCatalogue;
import dev.muster.api.catalog.ReplicaObservation;
import dev.muster.journal.event.ClusterEvent.ReplicaDropped;
import dev.muster.journal.event.ClusterEvent.ReplicaFailed;
import dev.muster.journal.event.ClusterEvent.ReplicaHydrated;
import dev.muster.journal.event.ClusterEvent.ReplicaStarted;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent.ZoneTakenOut;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ReplicaProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the catalog shows of a replica's life: its states, its crash loop, its hydrations. */
class ReplicaLifeCatalogTest {
  private static final long MIB = 1L << 20;
  private static final ReplicaFailure OUT_OF_MEMORY =
      new ReplicaFailure(ReplicaFailure.Kind.OOM_KILLED, Optional.of("too much"));

  private final CatalogFixture fixture = new CatalogFixture();
  private final ClusterId prod = fixture.managed("prod", "small", 1);
  private final ReplicaId r1 = ReplicaId.of(prod, 1);
  private DuckDbCatalog catalog;
  private Asking ask;

  @BeforeEach
  void open() {
    catalog =
        new DuckDbCatalog(
            CatalogFixture.SIZES, fixture.journal(), EngineLimits.load(ConfigFactory.load()));
    ask = new Asking(catalog);
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  private Instant now() {
    return fixture.live(prod).replicas().getFirst().progress().since().instant();
  }

  private void started(long incarnation) {
    fixture.cluster(
        prod,
        new ReplicaStarted(
            r1, incarnation, "az1@h", 42, Optional.of(now().plusMillis(500)), Optional.empty()));
  }

  private void hydrated(long incarnation, long peakBytes) {
    fixture.cluster(
        prod,
        new ReplicaHydrated(
            r1,
            incarnation,
            Duration.ofSeconds(1),
            2,
            3,
            peakBytes,
            Optional.of(100 * MIB),
            Optional.empty()));
  }

  private void failed(long incarnation, int failures) {
    failed(incarnation, failures, Instant.EPOCH.plusSeconds(9));
  }

  private void failed(long incarnation, int failures, Instant restartAt) {
    failed(incarnation, OUT_OF_MEMORY, failures, Optional.of(restartAt));
  }

  private void exited(long incarnation) {
    ReplicaFailure exit = new ReplicaFailure(ReplicaFailure.Kind.EXITED, Optional.empty());
    failed(incarnation, exit, 1, Optional.of(Instant.EPOCH.plusSeconds(9)));
  }

  private void failed(
      long incarnation, ReplicaFailure failure, int failures, Optional<Instant> restartAt) {
    fixture.cluster(
        prod,
        new ReplicaFailed(
            r1,
            incarnation,
            failure,
            failures,
            Optional.of(Instant.EPOCH),
            restartAt,
            Optional.empty(),
            Optional.empty()));
  }

  private List<List<Object>> rows(String sql) {
    return ask.rows(fixture.snapshot(), sql);
  }

  @Test
  void everyTransitionIsInTheStatusHistory() {
    started(1);
    hydrated(1, MIB);
    failed(1, 1);
    started(2);
    failed(2, ReplicaProgress.CRASH_LOOP_FAILURES);
    fixture.cluster(prod, new ReplicaDropped(r1, Reason.MANUAL));
    assertEquals(
        List.of(
            Arrays.asList("offline", "pending", "placing", null),
            Arrays.asList("offline", "pending", "provisioning", null),
            Arrays.asList("online", null, "hydrating", null),
            Arrays.asList("online", null, "online", null),
            Arrays.asList("offline", "oom-killed", "backing-off", 1L),
            Arrays.asList("offline", "oom-killed", "provisioning", null),
            Arrays.asList("online", null, "hydrating", null),
            Arrays.asList("offline", "oom-killed", "crash-looping", 5L),
            Arrays.asList("offline", "dropped", "stopping", null)),
        rows(
            "SELECT status, reason, state, consecutive_failures"
                + " FROM mz_internal.mz_cluster_replica_status_history"
                + " WHERE replica_id = '"
                + r1.value()
                + "' ORDER BY occurred_at"));
  }

  /** The journal's own instants are those of the events, a second apart. */
  @Test
  void eachTransitionIsToldWhenItWasAndNotWhenItWasJournaled() {
    Instant placed = now();
    Function<Long, Optional<Instant>> after = millis -> Optional.of(placed.plusMillis(millis));
    fixture.cluster(
        prod, new ReplicaStarted(r1, 1, "az1@h", 42, after.apply(100L), after.apply(300L)));
    fixture.cluster(
        prod,
        new ReplicaHydrated(
            r1, 1, Duration.ofMillis(800), 2, 3, MIB, Optional.empty(), after.apply(900L)));
    fixture.cluster(
        prod,
        new ReplicaFailed(
            r1,
            2,
            OUT_OF_MEMORY,
            1,
            Optional.empty(),
            Optional.empty(),
            after.apply(1_500L),
            after.apply(1_700L)));
    String since = "round((extract(epoch FROM %s) - " + placed.getEpochSecond() + ") * 10)::int8";
    long zero = Math.round(placed.getNano() / 1e8);
    assertEquals(
        List.of(
            List.of("placing", zero),
            List.of("provisioning", zero + 1),
            List.of("hydrating", zero + 3),
            List.of("online", zero + 9),
            List.of("provisioning", zero + 15),
            List.of("backing-off", zero + 17)),
        rows(
            "SELECT state, "
                + since.formatted("occurred_at")
                + " FROM mz_internal.mz_cluster_replica_status_history"
                + " WHERE replica_id = '"
                + r1.value()
                + "' ORDER BY occurred_at"));
    assertEquals(
        List.of(List.of(zero + 17)),
        rows(
            "SELECT "
                + since.formatted("updated_at")
                + " FROM mz_internal.mz_cluster_replica_statuses"));
    assertEquals(
        List.of(List.of(zero + 9, 0.9)),
        rows(
            "SELECT "
                + since.formatted("hydrated_at")
                + ", recovery_seconds FROM mz_internal.mz_cluster_hydration_history"));
  }

  /** As after a start with other zones: what serves may go on, nobody watches what hydrates. */
  @Test
  void aReplicaOfAZoneThatIsConfiguredNoLongerIsNotSaidToHydrate() {
    String zone = fixture.live(prod).replicas().getFirst().zone();
    assertEquals(List.of("offline", "zone-not-configured"), status("not-" + zone));
    started(1);
    assertEquals(List.of("offline", "zone-not-configured"), status("not-" + zone));
    assertEquals(Arrays.asList("online", null), status(zone));
    hydrated(1, MIB);
    assertEquals(List.of("online", "zone-not-configured"), status("not-" + zone));
    failed(1, 1);
    assertEquals(List.of("offline", "oom-killed"), status("not-" + zone));
  }

  @Test
  void whatWentWithItsZoneAndMayBeNowhereElseWaitsForIt() {
    String zone = fixture.live(prod).replicas().getFirst().zone();
    fixture.environment(new ZoneTakenOut(zone, Optional.empty()));
    started(1);
    failed(
        1,
        new ReplicaFailure(ReplicaFailure.Kind.HOST_LOST, Optional.empty()),
        1,
        Optional.empty());
    assertEquals(
        List.of(List.of("offline", "zone-lost", "waiting")),
        rows(
            "SELECT status, reason, state FROM mz_internal.mz_cluster_replica_statuses"
                + " WHERE replica_id = '"
                + r1.value()
                + "'"));
    assertEquals(List.of("offline", "zone-not-configured"), status("not-" + zone));
  }

  private List<Object> status(String configuredZone) {
    HostCatalogue hosts = new HostCatalogue(List.of(configuredZone), List.of(), List.of());
    try (DuckDbCatalog other =
        new DuckDbCatalog(
            CatalogFixture.SIZES,
            () -> hosts,
            fixture.journal(),
            EngineLimits.load(ConfigFactory.load()))) {
      return new Asking(other)
          .rows(
              fixture.snapshot(),
              "SELECT status, reason FROM mz_internal.mz_cluster_replica_statuses")
          .getFirst();
    }
  }

  @Test
  void aCrashLoopIsVisibleInTheStatuses() {
    Instant restartAt = Instant.parse("2999-01-01T00:00:00Z");
    failed(7, 16, restartAt);
    assertEquals(
        List.of(
            List.of(
                "offline",
                "oom-killed",
                "crash-looping",
                "too much",
                16L,
                0.0,
                (double) restartAt.getEpochSecond())),
        rows(
            "SELECT status, reason, state, detail, consecutive_failures,"
                + " extract(epoch FROM failing_since)::float8,"
                + " extract(epoch FROM restart_at)::float8"
                + " FROM mz_internal.mz_cluster_replica_statuses"));
  }

  @Test
  void aRestartThatIsOverdueIsNotAnnounced() {
    failed(7, 16);
    assertEquals(
        List.of(Arrays.asList("crash-looping", null)),
        rows("SELECT state, restart_at FROM mz_internal.mz_cluster_replica_statuses"));
  }

  @Test
  void progressAndItsEstimatedEndAreShownWhileItHydrates() {
    started(1);
    Instant since = now();
    fixture.store().publish(ReplicaObservation.progress(r1, since.plusSeconds(10), 1, 4, 77));
    assertEquals(
        List.of(List.of(false, 1L, 4L, 77L, 25.0, 40.0)),
        rows(
            "SELECT hydrated, objects_done, objects_total, bytes, percent,"
                + " extract(epoch FROM estimated_end - started_at)::float8"
                + " FROM mz_internal.mz_hydration_statuses"));
    assertEquals(
        List.of(List.of("hydrating", 25.0, 40.0)),
        rows(
            "SELECT state, hydration_percent,"
                + " extract(epoch FROM hydration_estimated_end - updated_at)::float8"
                + " FROM mz_internal.mz_cluster_replica_statuses"));
    hydrated(1, MIB);
    List<Object> done =
        rows("SELECT hydrated, percent, estimated_end FROM mz_internal.mz_hydration_statuses")
            .getFirst();
    assertEquals(List.of(true, 100.0), done.subList(0, 2));
    assertNull(done.get(2));
  }

  @Test
  void aSizeThatDoesNotFitIsWarnedOf() {
    String asked = "SELECT memory_percent, memory_advice FROM mz_internal.mz_hydration_statuses";
    started(1);
    hydrated(1, 95 * MIB);
    assertEquals(List.of(List.of(95.0, "size-too-small")), rows(asked));
    exited(1);
    started(2);
    hydrated(2, 5 * MIB);
    assertEquals(List.of(List.of(5.0, "size-too-large")), rows(asked));
    exited(2);
    started(3);
    hydrated(3, 50 * MIB);
    assertEquals(List.of(Arrays.asList(50.0, null)), rows(asked));
  }

  /** Whatever it took to hydrate: what killed it came after. */
  @Test
  void whoIsDownForWantOfMemoryIsToldThatItsSizeIsTooSmallHoweverLittleItTookToHydrate() {
    String small = "size-too-small";
    started(1);
    hydrated(1, 5 * MIB);
    assertAdvice("size-too-large");
    failed(1, 1);
    assertAdvice(small);
    started(2);
    hydrated(2, 5 * MIB);
    failed(2, 2);
    assertAdvice(small);
    assertEquals(
        List.of(List.of("critical", small)),
        rows("SELECT severity, advice FROM mz_internal.mz_advice WHERE advice LIKE 'size%'"));
    assertEquals(
        List.of(List.of("size-too-large"), List.of(small)),
        rows(
            "SELECT memory_advice FROM mz_internal.mz_cluster_hydration_history ORDER BY"
                + " hydrated_at"));
  }

  private void assertAdvice(String expected) {
    assertEquals(
        List.of(List.of(expected)),
        rows("SELECT memory_advice FROM mz_internal.mz_hydration_statuses"));
  }

  @Test
  void meanAndWorstTimeToRecoverCanBeAsked() {
    started(1);
    hydrated(1, MIB);
    failed(1, 1);
    started(2);
    failed(2, 2);
    started(3);
    hydrated(3, MIB);
    assertEquals(
        List.of(List.of("created", 1L, 1.0), List.of("oom-killed", 3L, 1.0)),
        rows(
            "SELECT cause, incarnation, hydration_seconds"
                + " FROM mz_internal.mz_cluster_hydration_history ORDER BY hydrated_at"));
    assertEquals(
        List.of(List.of("prod", 4.0, 4.0)),
        rows(
            "SELECT cluster_name, avg(recovery_seconds), max(recovery_seconds)"
                + " FROM mz_internal.mz_cluster_hydration_history WHERE cause <> 'created'"
                + " GROUP BY cluster_name"));
  }
}
