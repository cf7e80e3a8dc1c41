package dev.muster.api.catalog.engine;

import dev.muster.api.catalog.HostCatalogue;
import dev.muster.api.catalog.relation.BaseTable;
import dev.muster.api.catalog.relation.Relation;
import dev.muster.api.catalog.relation.RelationColumn;
import dev.muster.api.catalog.relation.Relations;
import dev.muster.api.catalog.relation.StaticRows;
import dev.muster.api.catalog.rewrite.EngineNames;
import dev.muster.api.catalog.rewrite.TypeNames;
import dev.muster.api.size.ReplicaSize;
import dev.muster.api.size.SizeCatalogue;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/** A database of the engine: created with tables and views, then locked against everything else. */
final class Engine implements AutoCloseable {
  private final DuckDBConnection first;
  private final Optional<SpillFolder> spill;

  private Engine(DuckDBConnection first, Optional<SpillFolder> spill) {
    this.first = first;
    this.spill = spill;
  }

  /**
   * Opens a database in memory. Takes most of a second: the native library is loaded.
   *
   * @param past the instant that it tells of, where that is not the present
   */
  static Engine open(
      Relations relations,
      SizeCatalogue sizes,
      HostCatalogue hosts,
      EngineLimits limits,
      Optional<Instant> past)
      throws SQLException {
    Optional<SpillFolder> spill = limits.spill().map(SpillFolder::create);
    DuckDBConnection connection =
        DriverManager.getConnection("jdbc:duckdb:", properties(limits, spill))
            .unwrap(DuckDBConnection.class);
    try (Statement statement = connection.createStatement()) {
      settings(statement);
      tables(statement);
      fillSizes(connection, sizes);
      fillHosts(connection, hosts);
      fillStatics(connection, relations);
      statement.execute("CREATE MACRO fn." + Macros.instant(past));
      for (String macro : Macros.plain()) {
        statement.execute("CREATE MACRO fn." + macro);
      }
      for (String macro : Macros.lookups()) {
        statement.execute("CREATE MACRO fn." + macro);
      }
      for (Relation relation : relations.all()) {
        statement.execute(view(relation));
      }
      lock(statement);
    } catch (SQLException e) {
      connection.close();
      spill.ifPresent(SpillFolder::close);
      throw e;
    }
    return new Engine(connection, spill);
  }

  /** A further connection to the same database, for one thread. */
  DuckDBConnection connect() throws SQLException {
    return first.duplicate();
  }

  @Override
  public void close() throws SQLException {
    first.close();
    spill.ifPresent(SpillFolder::close);
  }

  private static Properties properties(EngineLimits limits, Optional<SpillFolder> spill) {
    Properties properties = new Properties();
    properties.setProperty("memory_limit", limits.memoryBytes() + "B");
    properties.setProperty("threads", Integer.toString(limits.threads()));
    properties.setProperty(
        "temp_directory", spill.map(folder -> folder.path().toString()).orElse(""));
    properties.setProperty(
        "max_temp_directory_size",
        limits.spill().map(EngineLimits.Spill::bytesMax).orElse(0L) + "B");
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    properties.setProperty("allow_community_extensions", "false");
    return properties;
  }

  private static void settings(Statement statement) throws SQLException {
    statement.execute("SET GLOBAL TimeZone = 'UTC'");
    statement.execute("SET GLOBAL errors_as_json = true");
    // As PostgreSQL divides, sorts NULLs and reads backslashes.
    statement.execute("SET GLOBAL integer_division = true");
    statement.execute("SET GLOBAL default_null_order = 'nulls_last_on_asc_first_on_desc'");
  }

  private static void lock(Statement statement) throws SQLException {
    statement.execute("SET GLOBAL enable_external_access = false");
    // Times are read in the zone of the session whose query it is.
    statement.execute("SET GLOBAL allowed_configs = ['TimeZone']");
    statement.execute("SET GLOBAL lock_configuration = true");
  }

  private static void tables(Statement statement) throws SQLException {
    for (String schema :
        List.of("base", "fn", "mz_catalog", "mz_internal", "pg_catalog", "information_schema")) {
      statement.execute("CREATE SCHEMA " + EngineNames.schema(schema));
    }
    for (BaseTable table : BaseTable.values()) {
      statement.execute("CREATE TABLE base." + table.tableName() + " (" + table.columns() + ")");
    }
    for (String table : StaticRows.TABLES) {
      statement.execute("CREATE TABLE base." + table);
    }
    statement.execute(
        """
        CREATE TABLE base.size (size VARCHAR, processes BIGINT, workers BIGINT,
          cpu_nano_cores BIGINT, memory_bytes BIGINT, disk_bytes BIGINT,
          credits_per_hour DECIMAL(18,6))\
        """);
    statement.execute("CREATE TABLE base.zone (name VARCHAR)");
    statement.execute(
        """
        CREATE TABLE base.host (position BIGINT, name VARCHAR, zone VARCHAR,
          cpu_nano_cores BIGINT, memory_bytes BIGINT)\
        """);
    statement.execute(
        """
        CREATE TABLE base.taking (size VARCHAR, cpu_nano_cores BIGINT, memory_bytes BIGINT)\
        """);
  }

  private static void fillHosts(DuckDBConnection connection, HostCatalogue hosts)
      throws SQLException {
    Rows.append(
        connection, "zone", hosts.zones().stream().map(zone -> List.<Object>of(zone)).toList());
    Rows.append(
        connection,
        "taking",
        hosts.takings().stream()
            .map(
                taking ->
                    List.<Object>of(taking.size(), taking.cpuNanoCores(), taking.memoryBytes()))
            .toList());
  }

  private static void fillSizes(DuckDBConnection connection, SizeCatalogue sizes)
      throws SQLException {
    List<List<Object>> rows = new ArrayList<>();
    for (ReplicaSize size : sizes.all()) {
      rows.add(
          List.of(
              size.name(),
              (long) size.processes(),
              (long) size.workers(),
              size.cpuNanoCores(),
              size.memoryBytes(),
              size.diskBytes(),
              size.creditsPerHour()));
    }
    Rows.append(connection, "size", rows);
  }

  private static void fillStatics(DuckDBConnection connection, Relations relations)
      throws SQLException {
    Rows.append(connection, "schema_", StaticRows.schemas());
    Rows.append(connection, "type_", StaticRows.types());
    Rows.append(connection, "relation", StaticRows.relations(relations));
    Rows.append(connection, "relation_column", StaticRows.columns(relations));
  }

  private static String view(Relation relation) {
    String name = EngineNames.schema(relation.schema()) + "." + relation.name();
    List<String> names = new ArrayList<>();
    List<String> nulls = new ArrayList<>();
    for (RelationColumn column : relation.columns()) {
      names.add('"' + column.name() + '"');
      nulls.add("NULL::" + TypeNames.toEngine(column.type()));
    }
    String query =
        relation
            .query()
            .map(Engine::qualified)
            .orElseGet(() -> "SELECT " + String.join(", ", nulls) + " WHERE false");
    return "CREATE VIEW "
        + name
        + names.stream().collect(Collectors.joining(", ", " (", ") AS "))
        + query;
  }

  /** Our own queries never have these words in a literal. */
  private static String qualified(String query) {
    return query
        .replace("pg_catalog.", EngineNames.schema("pg_catalog") + ".")
        .replace("information_schema.", EngineNames.schema("information_schema") + ".");
  }
}
