package dev.muster.api.catalog.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import dev.muster.api.catalog.CatalogFixture;
import dev.muster.api.catalog.HostCatalogue;
import dev.muster.api.catalog.ReplicaObservation;
import dev.muster.api.catalog.ReplicaObservation.Consumption;
import dev.muster.api.sql.parse.SqlParser;
import dev.muster.api.sql.statement.CatalogQuery;
import dev.muster.api.sql.statement.DataDefinition;
import dev.muster.api.sql.statement.Statements;
import dev.muster.journal.event.ClusterConfiguration.Unmanaged;
import dev.muster.journal.event.ClusterEvent.AvailabilityZonesChanged;
import dev.muster.journal.event.ClusterEvent.CommentChanged;
import dev.muster.journal.event.ClusterEvent.ReplicaFailed;
import dev.muster.journal.event.ClusterEvent.ReplicaHydrated;
import dev.muster.journal.event.ClusterEvent.ReplicaStarted;
import dev.muster.journal.event.ClusterEvent.ReplicationFactorChanged;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the guidelines say of which state. Whatever they say, its statement is one of ours. */
class AdviceTest {
  private static final HostCatalogue ZONES =
      new HostCatalogue(List.of("az1", "az2", "az3"), List.of(), List.of());
  private static final DuckDbCatalog CATALOG =
      new DuckDbCatalog(
          CatalogFixture.SIZES,
          () -> ZONES,
          CatalogFixture.EMPTY_JOURNAL,
          EngineLimits.load(ConfigFactory.load()));
  private static final long GIB = 1L << 30;

  private final Asking ask = new Asking(CATALOG);
  private final CatalogFixture fixture = new CatalogFixture();

  @AfterAll
  static void close() {
    CATALOG.close();
  }

  private List<List<Object>> rows(String sql) {
    return ask.rows(fixture.snapshot(), sql);
  }

  private void assertAdvice(String... expected) {
    assertEquals(
        List.of(expected),
        rows("SELECT advice || ' ' || cluster_name FROM mz_internal.mz_advice ORDER BY 1").stream()
            .map(List::getFirst)
            .toList());
  }

  private Object only(String column) {
    List<List<Object>> rows = rows("SELECT " + column + " FROM mz_internal.mz_advice");
    assertEquals(1, rows.size(), rows::toString);
    return rows.getFirst().getFirst();
  }

  /** Statements are parsed and known, whatever a test was about. */
  @AfterEach
  void everyStatementIsOneThatWeCarryOut() {
    for (List<Object> row :
        rows("SELECT statement FROM mz_internal.mz_advice WHERE statement IS NOT NULL")) {
      SqlParser.parse(row.getFirst().toString())
          .forEach(
              parsed -> {
                if (!(Statements.of(parsed.tree()) instanceof DataDefinition)) {
                  throw new AssertionError(parsed);
                }
              });
    }
  }

  private ClusterId unmanaged(String name) {
    ClusterId id = ClusterId.user(fixture.snapshot().environment().state().lastUserId() + 1);
    fixture.create(id, name, "materialize", new Unmanaged());
    return id;
  }

  private void comment(ClusterId id, String text) {
    fixture.cluster(id, new CommentChanged(Optional.empty(), Optional.of(text)));
  }

  private void hydrated(ReplicaId id, long peakBytes) {
    fixture.cluster(
        id.cluster(), new ReplicaStarted(id, 1, "az1@h", 42, Optional.empty(), Optional.empty()));
    fixture.cluster(
        id.cluster(),
        new ReplicaHydrated(
            id,
            1,
            Duration.ofSeconds(90),
            2,
            3,
            peakBytes,
            Optional.of(100 * GIB),
            Optional.empty()));
  }

  private void uses(ReplicaId id, long cpuPerMille) {
    fixture
        .store()
        .publish(
            new ReplicaObservation(
                id,
                fixture.now(),
                1,
                1,
                1,
                new Consumption(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(cpuPerMille * 1_000_000),
                    Optional.of(1_000_000_000L),
                    Optional.empty())));
  }

  @Test
  void twoReplicasInTwoZonesAreAsTheyShouldBe() {
    fixture.managed("prod", "small", 2);
    fixture.managed("off", "small", 0);
    assertAdvice();
  }

  @Test
  void oneReplicaIsTooFewAndItsTimeToHydrateIsTold() {
    ClusterId id = fixture.managed("it's \"x\"", "small", 1);
    hydrated(ReplicaId.of(id, 1), 50 * GIB);
    assertEquals("single-replica", only("advice"));
    assertEquals(
        "it has one replica: when that restarts, or its machine or availability zone is lost, the"
            + " cluster serves nothing until it has hydrated again, which took 90.0 s last time",
        only("reason"));
    assertEquals("ALTER CLUSTER \"it's \"\"x\"\"\" SET (REPLICATION FACTOR 2)", only("statement"));
  }

  @Test
  void oneReplicaWillDoForDevelopmentAndForTiersThatNeedNoMore() {
    fixture.managed("dev-1", "small", 1);
    fixture.managed("quickstart", "small", 1);
    comment(fixture.managed("in", "small", 1), "tier: sources");
    comment(fixture.managed("out", "small", 1), "ours; Tier:  sinks");
    assertAdvice();
    fixture.managed("devices", "small", 1);
    assertEquals(
        List.of(List.of("devices")),
        rows("SELECT cluster_name FROM mz_internal.mz_advice WHERE advice = 'single-replica'"));
  }

  @Test
  void aReplicaByHandIsToldByAFreeName() {
    ClusterId id = unmanaged("c");
    fixture.add(id, "r1", "small", "az1");
    assertEquals("CREATE CLUSTER REPLICA \"c\".r2 SIZE = 'small'", only("statement"));
    fixture.add(id, "r2", "medium", "az1");
    assertEquals("one-zone", only("advice"));
    assertEquals(
        "CREATE CLUSTER REPLICA \"c\".r3 SIZE = 'medium', AVAILABILITY ZONE = 'az2'",
        only("statement"));
    fixture.add(id, "r3", "medium", "az2");
    assertAdvice();
  }

  @Test
  void zonesThatTheUserChoseKeepReplicasTogether() {
    ClusterId id = fixture.managed("c", "small", 0);
    fixture.cluster(id, new ReplicationFactorChanged(0, 2));
    fixture.add(id, "r1", "small", "az1");
    fixture.add(id, "r2", "small", "az1");
    assertAdvice();
    fixture.cluster(id, new AvailabilityZonesChanged(List.of(), List.of("az1")));
    assertEquals("one-zone", only("advice"));
    assertEquals("ALTER CLUSTER \"c\" RESET (AVAILABILITY ZONES)", only("statement"));
  }

  @Test
  void aSizeWithHardlyAnyRoomIsToldWithTheNextThatHasSome() {
    ClusterId id = fixture.managed("dev", "100cc", 1);
    hydrated(ReplicaId.of(id, 1), 95 * GIB);
    assertEquals("size-too-small", only("advice"));
    assertEquals("warning", only("severity"));
    assertEquals(
        "to hydrate took 95 % of the memory of 100cc; it would be 48 % of 200cc, for 2.00 credits"
            + " an hour instead of 1.00",
        only("reason"));
    assertEquals("ALTER CLUSTER \"dev\" SET (SIZE = '200cc')", only("statement"));
  }

  @Test
  void whoIsKilledForMemoryIsCritical() {
    ClusterId id = fixture.managed("dev", "small", 1);
    ReplicaId r1 = ReplicaId.of(id, 1);
    fixture.cluster(id, new ReplicaStarted(r1, 1, "az1@h", 42, Optional.empty(), Optional.empty()));
    fixture.cluster(
        id,
        new ReplicaFailed(
            r1,
            1,
            new ReplicaFailure(ReplicaFailure.Kind.OOM_KILLED, Optional.empty()),
            1,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
    assertEquals("critical", only("severity"));
    assertEquals("ALTER CLUSTER \"dev\" SET (SIZE = 'medium')", only("statement"));
  }

  @Test
  void noLargerSizeIsNoStatement() {
    ClusterId id = fixture.managed("dev", "xlarge", 1);
    hydrated(ReplicaId.of(id, 1), 95 * GIB);
    assertEquals(
        Arrays.asList(
            "to hydrate took 95 % of the memory of xlarge, and there is no larger size", null),
        rows("SELECT reason, statement FROM mz_internal.mz_advice").getFirst());
  }

  @Test
  void aSizeFarTooLargeIsToldWithTheCheapestThatWillDo() {
    ClusterId id = fixture.managed("dev", "1600cc", 1);
    hydrated(ReplicaId.of(id, 1), 5 * GIB);
    assertEquals("size-too-large", only("advice"));
    assertEquals("info", only("severity"));
    assertEquals("ALTER CLUSTER \"dev\" SET (SIZE = '200cc')", only("statement"));
    uses(ReplicaId.of(id, 1), 5_000);
    assertEquals(
        "ALTER CLUSTER \"dev\" SET (SIZE = '600cc')", only("statement"), "10 cores are needed");
  }

  @Test
  void theSmallestSizeIsNotTooLarge() {
    hydrated(ReplicaId.of(fixture.managed("dev", "25cc", 1), 1), 1 * GIB);
    assertAdvice();
  }

  @Test
  void whoWasAtRestForDaysIsIdleAndItsCostIsTold() {
    ClusterId id = fixture.managed("prod", "small", 1);
    hydrated(ReplicaId.of(id, 1), 5 * GIB);
    uses(ReplicaId.of(id, 1), 4);
    assertAdvice("idle prod");
    assertEquals("ALTER CLUSTER \"prod\" SET (REPLICATION FACTOR 0)", only("statement"));
    String reason = only("reason").toString();
    assertTrue(
        reason.matches(
            "its replicas were last seen to use 0 % of their CPU at most, and nothing happened to"
                + " them for \\d+ days: [0-9.]+ credits since, and 48.00 more every day"),
        reason);
    uses(ReplicaId.of(id, 1), 50);
    assertAdvice("single-replica prod", "size-too-large prod");
  }

  @Test
  void idleReplicasByHandAreNamed() {
    ClusterId id = unmanaged("c");
    for (String name : List.of("a", "b")) {
      ReplicaId replica = fixture.add(id, name, "small", "az1");
      hydrated(replica, 5 * GIB);
      uses(replica, 1);
    }
    assertEquals("DROP CLUSTER REPLICA \"c\".\"a\", \"c\".\"b\"", only("statement"));
  }

  @Test
  void productionIsForProductionOnly() {
    fixture.managed("prod_dev", "small", 2);
    fixture.managed("dev_team_product", "small", 2);
    assertEquals("ALTER CLUSTER \"prod_dev\" RENAME TO \"prod\"", only("statement"));
    fixture.managed("prod", "small", 2);
    assertEquals("ALTER CLUSTER \"prod_dev\" RENAME TO \"prod_u1\"", only("statement"));
  }

  @Test
  void aReplicaNamedForDevelopmentIsNone() {
    ClusterId id = unmanaged("prod");
    fixture.add(id, "r1", "small", "az1");
    fixture.add(id, "dev", "small", "az2");
    assertEquals("ALTER CLUSTER REPLICA \"prod\".\"dev\" RENAME TO r2", only("statement"));
  }

  @Test
  void aTierIsAskedForOnceSomebodyDeclaresOne() {
    ClusterId sources = fixture.managed("kafka_sources", "small", 2);
    ClusterId other = fixture.managed("other", "small", 2);
    assertAdvice();
    comment(other, "tier: compute");
    assertEquals("COMMENT ON CLUSTER \"kafka_sources\" IS 'tier: sources'", only("statement"));
    comment(sources, "it's ours");
    assertEquals(
        "COMMENT ON CLUSTER \"kafka_sources\" IS 'it''s ours; tier: sources'", only("statement"));
    comment(sources, "tier: sauces; it's ours");
    assertEquals("tier-unknown", only("advice"));
    assertEquals(
        "COMMENT ON CLUSTER \"kafka_sources\" IS 'tier: sources; it''s ours'", only("statement"));
    comment(sources, "tier: sources");
    assertAdvice();
  }

  @Test
  void oneTierBecomesTwoAndTwoBecomeThree() {
    ClusterId id = fixture.managed("prod", "small", 2);
    comment(id, "ours, tier: sources + sinks+compute+serving; see the wiki");
    assertEquals("sources-not-separate", only("advice"));
    assertEquals("warning", only("severity"));
    assertEquals(
        "CREATE CLUSTER IF NOT EXISTS \"prod_sources\" (SIZE = 'small');"
            + " COMMENT ON CLUSTER \"prod_sources\" IS 'tier: sources';"
            + " COMMENT ON CLUSTER \"prod\" IS 'ours, tier: sinks+compute+serving; see the wiki'",
        only("statement"));
    comment(id, "tier: sinks+compute+serving");
    assertEquals("two-tier", only("advice"));
    comment(id, "tier: compute+sinks");
    assertAdvice();
  }

  @Test
  void whatMattersMostIsShownFirst() {
    fixture.managed("prod", "small", 1);
    comment(fixture.managed("a", "small", 2), "tier: compute+serving");
    CatalogQuery show =
        (CatalogQuery) Statements.of(SqlParser.parse("SHOW ADVICE").getFirst().tree());
    assertEquals(
        List.of("single-replica", "two-tier", "tier-undeclared"),
        rows(show.sql(null)).stream().map(row -> row.get(1)).toList());
    CatalogQuery narrowed =
        (CatalogQuery) Statements.of(SqlParser.parse("SHOW ADVICE LIKE 'p%'").getFirst().tree());
    assertEquals(2, rows(narrowed.sql(null)).size());
  }

  @Test
  void clustersOfTheSystemAreNobodysToMend() {
    fixture.managed(ClusterId.system(1), "mz_system", "mz_system", "small", 1);
    assertAdvice();
  }
}
