package dev.muster.deploy.bench;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Puts the rows of Muster's catalog into tables of PostgreSQL of the same names, with the indexes a
 * careful user gives.
 */
final class CatalogCopy {
  private static final int BATCH = 1000;

  /** Of rows of the audit, so that each result is far from what the catalog may return. */
  private static final int PAGE = 20_000;

  private static final String[] TABLES = {
    "CREATE SCHEMA mz_catalog",
    "CREATE TABLE mz_catalog.mz_clusters (id text PRIMARY KEY, name text NOT NULL UNIQUE, managed"
        + " boolean NOT NULL, size text, replication_factor bigint)",
    "CREATE TABLE mz_catalog.mz_cluster_replicas (id text PRIMARY KEY, name text NOT NULL,"
        + " cluster_id text NOT NULL, size text, availability_zone text, UNIQUE (cluster_id, name))"
  };

  private CatalogCopy() {}

  static void copy(Server muster, ThrowawayPostgres postgres) {
    postgres.execute(TABLES);
    try (Connection from = muster.connect();
        Connection to = postgres.connect()) {
      to.setAutoCommit(false);
      copy(from, to, "mz_catalog.mz_clusters", "id, name, managed, size, replication_factor");
      copy(
          from,
          to,
          "mz_catalog.mz_cluster_replicas",
          "id, name, cluster_id, size, availability_zone");
      to.commit();
    } catch (SQLException failure) {
      throw new BenchException(
          "the rows could not be copied to PostgreSQL: " + failure.getMessage(), failure);
    }
    postgres.execute("VACUUM ANALYZE");
  }

  /** The audit: a plain table, without an index on what is inside the details. */
  static void copyAudit(Connection from, ThrowawayPostgres postgres) throws SQLException {
    postgres.execute(
        "CREATE SCHEMA mz_catalog",
        "CREATE TABLE mz_catalog.mz_audit_events (id numeric PRIMARY KEY, event_type text NOT NULL,"
            + " object_type text NOT NULL, details jsonb NOT NULL, \"user\" text,"
            + " occurred_at timestamptz NOT NULL)");
    try (Connection to = postgres.connect();
        PreparedStatement page =
            from.prepareStatement(
                "SELECT id::text, event_type, object_type, details::text, \"user\","
                    + " occurred_at::text FROM mz_catalog.mz_audit_events WHERE id > ?"
                    + " ORDER BY id LIMIT "
                    + PAGE);
        PreparedStatement insert =
            to.prepareStatement(
                "INSERT INTO mz_catalog.mz_audit_events VALUES (?::numeric, ?, ?, ?::jsonb, ?,"
                    + " ?::timestamptz)")) {
      to.setAutoCommit(false);
      BigDecimal last = BigDecimal.ZERO;
      while (last != null) {
        page.setBigDecimal(1, last);
        try (ResultSet rows = page.executeQuery()) {
          last = insert(rows, insert, 6).map(id -> new BigDecimal(id.toString())).orElse(null);
        }
      }
      to.commit();
    }
    postgres.execute("VACUUM ANALYZE");
  }

  private static void copy(Connection from, Connection to, String table, String columns)
      throws SQLException {
    int width = columns.split(",").length;
    String places = "?" + ", ?".repeat(width - 1);
    try (Statement statement = from.createStatement();
        ResultSet rows = statement.executeQuery("SELECT " + columns + " FROM " + table);
        PreparedStatement insert =
            to.prepareStatement(
                "INSERT INTO " + table + " (" + columns + ") VALUES (" + places + ")")) {
      insert(rows, insert, width);
    }
  }

  /**
   * @return the first column of the last row, if there was one
   */
  private static Optional<Object> insert(ResultSet rows, PreparedStatement insert, int width)
      throws SQLException {
    int pending = 0;
    Object last = null;
    while (rows.next()) {
      last = rows.getObject(1);
      for (int column = 1; column <= width; column++) {
        insert.setObject(column, rows.getObject(column));
      }
      insert.addBatch();
      if (++pending % BATCH == 0) {
        insert.executeBatch();
      }
    }
    insert.executeBatch();
    return Optional.ofNullable(last);
  }
}
