package dev.muster.api.catalog.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.api.catalog.CatalogFixture;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterEvent.ReconfigurationFinished;
import dev.muster.journal.event.ClusterEvent.ReconfigurationStarted;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.OnTimeout;
import dev.muster.journal.event.ReconfigurationTarget;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaPromotion;
import dev.muster.journal.event.ReplicaSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the catalog shows of a reconfiguration. */
class ReconfigurationCatalogTest {
  private static final Instant DEADLINE = Instant.parse("2026-01-02T00:00:00Z");
  private static final String STATUS =
      "SELECT status, target->>'size', (target->>'replication_factor')::bigint,"
          + " changes->'size'->>'old', on_timeout, started_by FROM"
          + " mz_internal.mz_cluster_reconfigurations";

  private static final String SHOWN =
      "SELECT name, replicas, target FROM mz_internal.mz_show_clusters WHERE name = 'prod'";

  private static DuckDbCatalog catalog;
  private static Asking ask;

  @BeforeAll
  static void open() {
    catalog = Asking.open();
    ask = new Asking(catalog);
  }

  @AfterAll
  static void close() {
    catalog.close();
  }

  @Test
  void currentAndTargetAreShownUntilTheCutOver() {
    CatalogFixture fixture = new CatalogFixture();
    ClusterId id = fixture.managed("prod", "small", 1);
    assertEquals(List.of(), ask.rows(fixture.snapshot(), STATUS));
    Managed realized = fixture.live(id).managed().orElseThrow();
    ReconfigurationTarget from = ReconfigurationTarget.of(realized);
    ReconfigurationTarget target = ReconfigurationTarget.of(realized.withSize("medium"));
    fixture.cluster(
        id, new ReconfigurationStarted(from, target, DEADLINE, OnTimeout.ROLLBACK, "materialize"));
    ReplicaId pending = fixture.add(id, "r1-pending", "medium", "az1");
    assertEquals(
        List.of(List.of("in-progress", "medium", 1L, "small", "rollback", "materialize")),
        ask.rows(fixture.snapshot(), STATUS));
    assertEquals(
        List.of(List.of("prod", "r1 (small), r1-pending (medium)", "SIZE = 'medium'")),
        ask.rows(fixture.snapshot(), SHOWN));
    assertEquals(
        List.of(List.of(pending.value())),
        ask.rows(fixture.snapshot(), "SELECT id FROM mz_internal.mz_pending_cluster_replicas"));
    fixture.cluster(
        id,
        new ReconfigurationFinished(
            from,
            target,
            true,
            List.of(new ReplicaPromotion(pending, "r1-pending", "r1")),
            List.of(ReplicaId.of(id, 1))));
    assertEquals(
        List.of(List.of("finished", "medium", 1L, "small", "rollback", "materialize")),
        ask.rows(fixture.snapshot(), STATUS));
    assertEquals(
        List.of(Arrays.asList("prod", "r1 (medium)", null)), ask.rows(fixture.snapshot(), SHOWN));
    assertEquals(
        List.of(List.of("r1", "medium")),
        ask.rows(fixture.snapshot(), "SELECT name, size FROM mz_cluster_replicas"));
    assertEquals(
        List.of(List.of("medium")), ask.rows(fixture.snapshot(), "SELECT size FROM mz_clusters"));
    assertEquals(
        List.of(),
        ask.rows(fixture.snapshot(), "SELECT id FROM mz_internal.mz_pending_cluster_replicas"));
  }

  /** As a statement would set it, and nothing that stays as it is. */
  @Test
  void theTargetIsShownInTheWordsOfSql() {
    CatalogFixture fixture = new CatalogFixture();
    ClusterId id = fixture.managed("prod", "small", 1);
    ReconfigurationTarget from = ReconfigurationTarget.of(fixture.live(id).managed().orElseThrow());
    ReplicaSettings settings =
        new ReplicaSettings(
            Optional.of(Duration.ofMillis(1500)), true, Optional.of(7), Optional.of(false));
    fixture.cluster(
        id,
        new ReconfigurationStarted(
            from,
            new ReconfigurationTarget("it's", 2, List.of("az1", "az2"), settings),
            DEADLINE,
            OnTimeout.ROLLBACK,
            "materialize"));
    assertEquals(
        List.of(
            List.of(
                "SIZE = 'it''s', REPLICATION FACTOR = 2, AVAILABILITY ZONES = ('az1', 'az2'),"
                    + " INTROSPECTION DEBUGGING = true, INTROSPECTION INTERVAL = '1.5s',"
                    + " IDLE ARRANGEMENT MERGE EFFORT = 7, DISK = false")),
        ask.rows(
            fixture.snapshot(),
            "SELECT target FROM mz_internal.mz_show_clusters WHERE name = 'prod'"));
  }

  @Test
  void theCutOverEndsTheOldReplicasAndRenamesTheNewInTheHistory() {
    CatalogFixture fixture = new CatalogFixture();
    ClusterId id = fixture.managed("prod", "small", 1);
    Managed realized = fixture.live(id).managed().orElseThrow();
    ReconfigurationTarget from = ReconfigurationTarget.of(realized);
    ReconfigurationTarget target = ReconfigurationTarget.of(realized.withSize("medium"));
    fixture.cluster(
        id, new ReconfigurationStarted(from, target, DEADLINE, OnTimeout.COMMIT, "materialize"));
    ReplicaId pending = fixture.add(id, "r1-pending", "medium", "az1");
    fixture.cluster(
        id,
        new ReconfigurationFinished(
            from,
            target,
            true,
            List.of(new ReplicaPromotion(pending, "r1-pending", "r1")),
            List.of(ReplicaId.of(id, 1))));
    try (DuckDbCatalog own =
        new DuckDbCatalog(
            CatalogFixture.SIZES,
            fixture.journal(),
            EngineLimits.load(com.typesafe.config.ConfigFactory.load()))) {
      Asking history = new Asking(own);
      assertEquals(
          List.of(List.of("r1", "small", true), List.of("r1", "medium", false)),
          history.rows(
              fixture.snapshot(),
              "SELECT replica_name, size, dropped_at IS NOT NULL FROM"
                  + " mz_internal.mz_cluster_replica_history ORDER BY created_at"));
      assertEquals(
          List.of(List.of("r1-pending", "r1")),
          history.rows(
              fixture.snapshot(),
              "SELECT previous_name, new_name FROM mz_internal.mz_cluster_replica_name_history"
                  + " WHERE previous_name IS NOT NULL"));
    }
  }
}
