package dev.muster.api.catalog.engine;

import dev.muster.api.catalog.HostCatalogue;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.duckdb.DuckDBConnection;

/** The table of hosts: where there are several nodes, their hosts come and go. */
final class HostTable {
  private final Supplier<HostCatalogue> hosts;
  private volatile List<HostCatalogue.Host> known = List.of();

  /**
   * @param hosts asked before each query; the same object as long as nothing has changed
   */
  HostTable(Supplier<HostCatalogue> hosts) {
    this.hosts = hosts;
  }

  void refresh(EngineConnection connection) throws SQLException {
    if (hosts.get().hosts() != known) {
      replace(connection.connection());
    }
  }

  private synchronized void replace(DuckDBConnection connection) throws SQLException {
    List<HostCatalogue.Host> now = hosts.get().hosts();
    if (now == known) {
      return;
    }
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM base.host");
      Rows.append(connection, "host", rows(now));
      connection.commit();
      known = now;
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  private static List<List<Object>> rows(List<HostCatalogue.Host> hosts) {
    List<List<Object>> rows = new ArrayList<>();
    for (HostCatalogue.Host host : hosts) {
      rows.add(
          Arrays.asList(
              (long) rows.size(),
              host.name(),
              host.zone(),
              host.cpuNanoCores().orElse(null),
              host.memoryBytes().orElse(null)));
    }
    return rows;
  }
}
