package dev.muster.deploy.system;

import static org.junit.jupiter.api.Assertions.assertNull;

import dev.muster.deploy.history.NameModel.Action;
import dev.muster.deploy.history.NameModel.Answer;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is done to names, in SQL. A cluster carries its number as an interval in seconds, which
 * stays with it under any name.
 */
final class NameStatements {
  private NameStatements() {}

  static String of(Action action) {
    return switch (action) {
      case Action.Create create ->
          "CREATE CLUSTER %s (SIZE = '1', REPLICATION FACTOR = 0, INTROSPECTION INTERVAL = '%ds')"
              .formatted(create.name(), create.cluster());
      case Action.Rename rename ->
          "ALTER CLUSTER %s RENAME TO %s".formatted(rename.name(), rename.to());
      case Action.Swap swap -> "ALTER CLUSTER %s SWAP WITH %s".formatted(swap.name(), swap.with());
      case Action.Drop drop -> "DROP CLUSTER " + drop.name();
      case Action.Look look -> look(look.names().keySet().stream().toList());
    };
  }

  /** Asks which cluster has which of the names. */
  static String look(List<String> names) {
    return "SELECT name, EXTRACT(EPOCH FROM introspection_interval)::bigint FROM"
        + " mz_catalog.mz_clusters WHERE name IN ('"
        + String.join("', '", names)
        + "')";
  }

  /** What was answered to it; checks that each cluster has a name of its own. */
  static Map<String, Integer> owners(List<String> rows) {
    Map<String, Integer> owners = new TreeMap<>();
    for (String row : rows) {
      String[] column = row.split("\\|");
      assertNull(owners.put(column[0], Integer.valueOf(column[1])), () -> "name twice: " + row);
    }
    return owners;
  }

  /** A clear no; empty for whatever else went wrong. */
  static Optional<Answer> no(SQLException rejected) {
    return switch (String.valueOf(rejected.getSQLState())) {
      case "42710" -> Optional.of(Answer.NAME_TAKEN);
      case "42704" -> Optional.of(Answer.NO_SUCH_CLUSTER);
      default -> Optional.empty();
    };
  }
}
