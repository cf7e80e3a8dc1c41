package dev.muster.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The clients that people have, against the product: pgjdbc in each of its modes, psql and its
 * shorthands.
 */
class ClientsIT {
  @RegisterExtension static final Harness HARNESS = new Harness();

  private static RunningMuster muster;

  @BeforeAll
  static void start() throws SQLException {
    muster = HARNESS.aMuster().withRuntime("simulated").start();
    muster.sql("CREATE CLUSTER prod (SIZE = '100cc', REPLICATION FACTOR = 2)");
    muster.sql("COMMENT ON CLUSTER prod IS 'the one that counts: ä€😀'");
    muster.awaitServing("prod");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "&preferQueryMode=simple",
        "&preferQueryMode=extended",
        "&preferQueryMode=extendedForPrepared",
        "&preferQueryMode=extendedCacheEverything&prepareThreshold=1",
        "&binaryTransfer=true&prepareThreshold=-1",
      })
  void everyTypeArrivesTheSameInEveryMode(String mode) throws SQLException {
    try (Connection connection = muster.connect(mode);
        PreparedStatement query =
            connection.prepareStatement(
                "SELECT c.name, c.managed, c.replication_factor, s.credits_per_hour, h.created_at,"
                    + " m.comment, c.availability_zones FROM mz_catalog.mz_clusters c JOIN"
                    + " mz_catalog.mz_cluster_replica_sizes s ON s.size = c.size JOIN"
                    + " mz_internal.mz_cluster_replica_history h ON h.cluster_id = c.id JOIN"
                    + " mz_internal.mz_comments m ON m.id = c.id WHERE c.name = ? AND"
                    + " c.replication_factor = ? AND h.replica_name = 'r2'")) {
      for (int repetition = 0; repetition < 7; repetition++) {
        query.setString(1, "prod");
        query.setLong(2, 2);
        try (ResultSet row = query.executeQuery()) {
          assertTrue(row.next());
          assertEquals("prod", row.getString(1));
          assertTrue(row.getBoolean(2));
          assertEquals(2L, row.getLong(3));
          assertEquals(0, row.getBigDecimal(4).compareTo(BigDecimal.ONE));
          assertTrue(row.getTimestamp(5).toInstant().toEpochMilli() > 1_700_000_000_000L);
          assertEquals("the one that counts: ä€😀", row.getString(6));
          row.getArray(7);
          assertFalse(row.next());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"&preferQueryMode=simple", "&preferQueryMode=extended", "&prepareThreshold=-1"})
  void anErrorLeavesTheConnectionUsable(String mode) throws SQLException {
    try (Connection connection = muster.connect(mode)) {
      assertState("42P01", connection, "SELECT * FROM nowhere");
      assertState("42703", connection, "SELECT nothing FROM mz_clusters");
      assertState("42601", connection, "CREATE CLUSTER ((");
      assertState("42704", connection, "ALTER CLUSTER nowhere SET (SIZE = '1')");
      assertEquals(
          List.of("prod"),
          RunningMuster.sql(connection, "SELECT name FROM mz_clusters WHERE name = 'prod'"));
    }
  }

  @Test
  void aResultIsFetchedInPortions() throws SQLException {
    List<String> expected =
        muster.sql("SELECT size FROM mz_catalog.mz_cluster_replica_sizes ORDER BY size");
    try (Connection connection = muster.connect()) {
      connection.setAutoCommit(false);
      try (Statement statement = connection.createStatement()) {
        statement.setFetchSize(5);
        List<String> fetched = new ArrayList<>();
        try (ResultSet rows =
            statement.executeQuery(
                "SELECT size FROM mz_catalog.mz_cluster_replica_sizes ORDER BY size")) {
          while (rows.next()) {
            fetched.add(rows.getString(1));
          }
        }
        assertEquals(expected, fetched);
      }
      connection.commit();
    }
    assertTrue(expected.size() > 20, expected::toString);
  }

  @Test
  void aLongQueryIsCancelled() throws SQLException {
    try (Connection connection = muster.connect();
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      SQLException cancelled =
          assertThrows(
              SQLException.class,
              () ->
                  statement.executeQuery(
                      "SELECT count(*) FROM mz_cluster_replica_sizes a, mz_cluster_replica_sizes b,"
                          + " mz_cluster_replica_sizes c, mz_cluster_replica_sizes d,"
                          + " mz_cluster_replica_sizes e, mz_cluster_replica_sizes f,"
                          + " mz_cluster_replica_sizes g, mz_cluster_replica_sizes h WHERE a.size"
                          + " || b.size || c.size || d.size || e.size || f.size || g.size || h.size"
                          + " = 'x'"));
      assertEquals("57014", cancelled.getSQLState(), cancelled::getMessage);
      assertEquals(List.of("1"), RunningMuster.sql(connection, "SELECT 1"));
    }
  }

  @Test
  void theDriversMetadataDescribesTheCatalog() throws SQLException {
    try (Connection connection = muster.connect()) {
      DatabaseMetaData metadata = connection.getMetaData();
      assertTrue(
          column(metadata.getSchemas(), "TABLE_SCHEM")
              .containsAll(List.of("mz_catalog", "mz_internal")));
      assertEquals(
          List.of("mz_clusters"),
          column(metadata.getTables(null, "mz_catalog", "mz_clusters", null), "TABLE_NAME"));
      try (ResultSet columns = metadata.getColumns(null, "mz_catalog", "mz_clusters", "%")) {
        List<String> described = new ArrayList<>();
        while (columns.next()) {
          described.add(columns.getString("COLUMN_NAME") + ":" + columns.getInt("DATA_TYPE"));
        }
        assertTrue(
            described.containsAll(
                List.of(
                    "id:" + Types.VARCHAR,
                    "name:" + Types.VARCHAR,
                    "managed:" + Types.BIT,
                    "size:" + Types.VARCHAR,
                    "replication_factor:" + Types.BIGINT)),
            described::toString);
      }
      assertEquals(
          List.of(),
          column(metadata.getPrimaryKeys(null, "mz_catalog", "mz_clusters"), "COLUMN_NAME"));
      assertTrue(column(metadata.getTypeInfo(), "TYPE_NAME").contains("text"));
      assertTrue(column(metadata.getCatalogs(), "TABLE_CAT").contains("materialize"));
    }
  }

  @Test
  void theShorthandsOfPsqlWork() {
    assertSays("\\l", "materialize");
    assertSays("\\du", "materialize", "mz_system");
    assertSays("\\dn", "public");
    assertSays("\\dt mz_catalog.*", "");
    assertSays("\\d mz_clusters", "replication_factor", "bigint", "managed", "boolean");
    assertSays("\\conninfo", "connected to database \"materialize\"");
    assertSays("\\timing on\nSHOW CLUSTERS;", "quickstart", "prod", "Time:");
    assertSays("SELECT 1 AS one \\gset\n\\echo got :one", "got 1");
    assertSays("\\x\nSELECT name FROM mz_clusters WHERE name = 'prod';", "name | prod");
  }

  /** The forms of the Terraform provider, on one connection. */
  @Test
  void aTerraformSessionRunsThrough() {
    assertRuns(
        """
        CREATE CLUSTER "tf" (SIZE '25cc', REPLICATION FACTOR 2, AVAILABILITY ZONES = ['az1','az2'], INTROSPECTION INTERVAL = '1s', INTROSPECTION DEBUGGING = TRUE, SCHEDULE = MANUAL, AUTO SCALING STRATEGY = (ON HYDRATION (HYDRATION SIZE = '50cc', LINGER DURATION = '30s')));
        CREATE CLUSTER "tf_refresh" (SIZE '25cc', SCHEDULE = ON REFRESH (HYDRATION TIME ESTIMATE = '1 hour'));
        CREATE CLUSTER "tf_unmanaged" (REPLICAS ());
        CREATE CLUSTER REPLICA "tf_unmanaged"."r1" SIZE = '25cc', AVAILABILITY ZONE = 'az2', INTROSPECTION INTERVAL = '1s', INTROSPECTION DEBUGGING = TRUE;
        COMMENT ON CLUSTER "tf" IS 'made by a tool';
        COMMENT ON CLUSTER REPLICA "tf_unmanaged"."r1" IS 'also';
        SELECT mz_clusters.id, mz_clusters.name, mz_clusters.managed, mz_clusters.size, mz_clusters.replication_factor, mz_clusters.disk, mz_roles.name AS owner_name, mz_clusters.privileges, comments.comment AS comment FROM mz_clusters JOIN mz_roles ON mz_clusters.owner_id = mz_roles.id LEFT JOIN (SELECT id, comment FROM mz_internal.mz_comments WHERE object_type = 'cluster') comments ON mz_clusters.id = comments.id WHERE mz_clusters.name = 'tf';
        SELECT mz_cluster_replicas.id, mz_cluster_replicas.name, mz_clusters.name AS cluster_name, mz_cluster_replicas.size, mz_cluster_replicas.availability_zone, mz_cluster_replicas.disk, comments.comment FROM mz_cluster_replicas JOIN mz_clusters ON mz_cluster_replicas.cluster_id = mz_clusters.id LEFT JOIN (SELECT id, comment FROM mz_internal.mz_comments WHERE object_type = 'cluster-replica') comments ON mz_cluster_replicas.id = comments.id WHERE mz_clusters.name = 'tf_unmanaged';
        SELECT target->>'size', (target->>'replication_factor')::bigint FROM mz_internal.mz_cluster_reconfigurations WHERE status = 'in-progress';
        SELECT strategy->'on_hydration'->>'hydration_size' FROM mz_internal.mz_cluster_auto_scaling_strategies;
        ALTER CLUSTER "tf" SET (SIZE '50cc', REPLICATION FACTOR 1, AUTO SCALING STRATEGY = ()) WITH ( WAIT UNTIL READY ( TIMEOUT '60s', ON TIMEOUT 'COMMIT' ) );
        ALTER CLUSTER "tf" SET (SCHEDULE = MANUAL);
        ALTER CLUSTER "tf" RESET (AUTO SCALING STRATEGY);
        ALTER CLUSTER "tf" RENAME TO "tf_renamed";
        DROP CLUSTER REPLICA "tf_unmanaged"."r1";
        SHOW CLUSTER;
        SHOW ALL;
        DROP CLUSTER "tf_renamed";
        DROP CLUSTER "tf_unmanaged";
        DROP CLUSTER "tf_refresh";
        """);
  }

  /** The forms of dbt's adapter, its blue/green deployment among them. */
  @Test
  void aDbtSessionRunsThrough() {
    assertRuns(
        """
        CREATE CLUSTER dbt_prod ( SIZE = '25cc', REPLICATION FACTOR = 1 );
        CREATE CLUSTER dbt_prod_dbt_deploy ( SIZE = '25cc' , SCHEDULE = ON REFRESH (HYDRATION TIME ESTIMATE = '10 minutes') );
        CREATE CLUSTER "dbt_replicas" REPLICAS ( "r1" (SIZE '25cc', AVAILABILITY ZONE 'az1'), "r2" (SIZE '25cc') );
        SELECT * FROM mz_clusters WHERE name = 'dbt_prod';
        SELECT c.id, c.managed, c.size, c.replication_factor, cs.type AS schedule_type, cs.refresh_hydration_time_estimate FROM mz_clusters c LEFT JOIN mz_internal.mz_cluster_schedules cs ON cs.cluster_id = c.id WHERE c.name = 'dbt_prod_dbt_deploy';
        WITH objects AS (SELECT id, cluster_id FROM mz_indexes UNION ALL SELECT id, cluster_id FROM mz_materialized_views UNION ALL SELECT id, cluster_id FROM mz_sources UNION ALL SELECT id, cluster_id FROM mz_sinks) SELECT count(*) FROM objects JOIN mz_clusters c ON c.id = objects.cluster_id WHERE c.name = 'dbt_prod';
        SELECT hs.object_id FROM mz_internal.mz_hydration_statuses hs JOIN mz_cluster_replicas r ON r.id = hs.replica_id WHERE NOT hs.hydrated;
        SELECT replica_id, count(*) FROM mz_internal.mz_cluster_replica_status_history WHERE reason = 'oom-killed' AND occurred_at >= now() - INTERVAL '24 hours' GROUP BY replica_id HAVING count(*) >= 3;
        SELECT mz_is_superuser(), has_system_privilege('CREATECLUSTER');
        BEGIN\\; ALTER CLUSTER "dbt_prod" SWAP WITH "dbt_prod_dbt_deploy"\\; COMMIT;
        DROP CLUSTER IF EXISTS "dbt_prod_dbt_deploy" CASCADE;
        DROP CLUSTER IF EXISTS "dbt_prod" CASCADE;
        DROP CLUSTER IF EXISTS "dbt_replicas" CASCADE;
        DROP CLUSTER IF EXISTS "dbt_never_was" CASCADE;
        """);
  }

  private static void assertState(String expected, Connection connection, String statement) {
    SQLException error =
        assertThrows(SQLException.class, () -> RunningMuster.sql(connection, statement));
    assertEquals(expected, error.getSQLState(), error::getMessage);
  }

  private static void assertSays(String script, String... expected) {
    String output = muster.psql(script + "\n", "-v", "ON_ERROR_STOP=1");
    assertFalse(output.contains("ERROR"), () -> script + "\n" + output);
    for (String text : expected) {
      assertTrue(output.contains(text), () -> script + " does not say " + text + "\n" + output);
    }
  }

  private static void assertRuns(String script) {
    String output = muster.psql(script, "-a", "-v", "ON_ERROR_STOP=0");
    assertFalse(output.contains("ERROR"), output);
  }

  private static List<String> column(ResultSet rows, String name) throws SQLException {
    try (rows) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(name));
      }
      return values;
    }
  }
}
