package dev.muster.api.catalog.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.api.catalog.CatalogFixture;
import dev.muster.api.session.Column;
import dev.muster.api.type.SqlInterval;
import dev.muster.api.type.SqlType;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DuckDbCatalogTest {
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
  void aClusterHasTheDocumentedColumns() {
    CatalogFixture fixture = new CatalogFixture();
    fixture.managed("prod", "medium", 2);
    assertEquals(
        List.of(
            Arrays.asList(
                "u1",
                "prod",
                "u1",
                List.of("u1=UC/u1"),
                true,
                "medium",
                2L,
                true,
                null,
                false,
                new SqlInterval(0, 0, 1_000_000))),
        ask.rows(fixture.snapshot(), "SELECT * FROM mz_clusters"));
    assertEquals(
        List.of(
            new Column("id", SqlType.TEXT),
            new Column("name", SqlType.TEXT),
            new Column("owner_id", SqlType.TEXT),
            new Column("privileges", SqlType.ACLITEM_ARRAY),
            new Column("managed", SqlType.BOOL),
            new Column("size", SqlType.TEXT),
            new Column("replication_factor", SqlType.INT8),
            new Column("disk", SqlType.BOOL),
            new Column("availability_zones", SqlType.TEXT_ARRAY),
            new Column("introspection_debugging", SqlType.BOOL),
            new Column("introspection_interval", SqlType.INTERVAL)),
        ask.columns("SELECT * FROM mz_clusters"));
  }

  @Test
  void replicasJoinTheirClustersAndSizes() {
    CatalogFixture fixture = new CatalogFixture();
    fixture.managed("prod", "25cc", 2);
    assertEquals(
        List.of(
            List.of("prod", "r1", "az1", new BigDecimal("0.25")),
            List.of("prod", "r2", "az2", new BigDecimal("0.25"))),
        ask.rows(
            fixture.snapshot(),
            """
            SELECT c.name, r.name, r.availability_zone, s.credits_per_hour
            FROM mz_catalog.mz_clusters c
            JOIN mz_cluster_replicas r ON r.cluster_id = c.id
            JOIN mz_internal.mz_cluster_replica_sizes AS s USING (size)
            WHERE c.name = $1 ORDER BY r.name\
            """
                .replace("USING (size)", "ON s.size = r.size"),
            "prod"));
  }
}
