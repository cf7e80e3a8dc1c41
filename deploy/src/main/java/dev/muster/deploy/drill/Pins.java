package dev.muster.deploy.drill;

import dev.muster.deploy.drill.Installation.ClusterView;
import dev.muster.deploy.drill.Installation.Zone;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How many replicas of each cluster cannot leave a zone, because their user said that they shall be
 * there: all of a managed cluster whose {@code AVAILABILITY ZONES} have no other that there is, and
 * those of an unmanaged one that were made with {@code AVAILABILITY ZONE}.
 */
record Pins(Connection connection, String zone) {
  private static final String CLUSTERS =
      "SELECT name, managed, availability_zones FROM mz_catalog.mz_clusters";

  /** By cluster, of those that have any. */
  Map<String, Integer> of(List<ClusterView> views, List<Zone> zones) throws SQLException {
    Map<String, ClusterView> concerned =
        views.stream()
            .filter(view -> view.inZone() > 0)
            .collect(Collectors.toMap(ClusterView::name, view -> view));
    Set<String> others =
        zones.stream()
            .map(Zone::name)
            .filter(name -> !name.equals(zone))
            .collect(Collectors.toSet());
    Map<String, Integer> pinned = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(CLUSTERS)) {
      while (rows.next()) {
        ClusterView view = concerned.get(rows.getString(1));
        if (view != null) {
          int count =
              rows.getBoolean(2)
                  ? isConfined(rows, others) ? view.replicas() : 0
                  : placedByHand(view.name());
          pinned.merge(view.name(), count, Integer::sum);
        }
      }
    }
    pinned.values().removeIf(count -> count == 0);
    return pinned;
  }

  private static boolean isConfined(ResultSet rows, Set<String> others) throws SQLException {
    java.sql.Array zones = rows.getArray(3);
    if (zones == null) {
      return false;
    }
    List<String> chosen = List.of((String[]) zones.getArray());
    return !chosen.isEmpty() && chosen.stream().noneMatch(others::contains);
  }

  /** No relation tells a chosen zone from one that Muster chose; this statement does. */
  private int placedByHand(String cluster) throws SQLException {
    String asked = "SHOW CREATE CLUSTER \"" + cluster.replace("\"", "\"\"") + "\"";
    Pattern chosen =
        Pattern.compile(
            Pattern.quote("AVAILABILITY ZONE = '" + zone.replace("'", "''") + "'"),
            Pattern.CASE_INSENSITIVE);
    try (PreparedStatement statement = connection.prepareStatement(asked);
        ResultSet rows = statement.executeQuery()) {
      return rows.next() ? (int) chosen.matcher(rows.getString(2)).results().count() : 0;
    }
  }
}
