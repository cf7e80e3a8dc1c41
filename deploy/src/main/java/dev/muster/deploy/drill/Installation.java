package dev.muster.deploy.drill;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** The Muster that a drill is held on, through its SQL. */
record Installation(String host, int port, String user) {
  private static final String LOOK =
      """
      SELECT c.name,
        count(r.id),
        count(r.id) FILTER (WHERE r.availability_zone = ?),
        count(r.id) FILTER (WHERE h.hydrated),
        count(r.id) FILTER (WHERE h.hydrated AND r.availability_zone <> ?),
        count(r.id) FILTER (WHERE s.reason IN ('no-capacity', 'zone-lost')),
        count(r.id) FILTER (WHERE r.name LIKE '%-moving')
      FROM mz_catalog.mz_clusters c
      LEFT JOIN mz_catalog.mz_cluster_replicas r ON r.cluster_id = c.id
      LEFT JOIN mz_internal.mz_hydration_statuses h ON h.replica_id = r.id
      LEFT JOIN mz_internal.mz_cluster_replica_statuses s ON s.replica_id = r.id
      GROUP BY c.name
      ORDER BY c.name\
      """;

  /** An availability zone. */
  record Zone(String name, boolean online, String since, String reason) {}

  /**
   * One cluster at one moment.
   *
   * @param inZone of its replicas, how many are in the zone of the drill
   * @param hydratedElsewhere how many are hydrated and not in that zone
   * @param waiting how many have no place
   * @param moving how many are there to take the place of another
   */
  record ClusterView(
      String name,
      int replicas,
      int inZone,
      int hydrated,
      int hydratedElsewhere,
      int waiting,
      int moving) {
    /** How many neither serve outside the zone nor wait for a place. */
    int unsettled() {
      return replicas - waiting - hydratedElsewhere;
    }
  }

  Connection connect() {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    properties.setProperty("sslmode", "disable");
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", "60");
    properties.setProperty("ApplicationName", "muster drill zone");
    try {
      return DriverManager.getConnection(
          "jdbc:postgresql://" + host + ":" + port + "/materialize", properties);
    } catch (SQLException unreachable) {
      throw new DrillException(
          "no Muster answers on "
              + host
              + ":"
              + port
              + " ("
              + firstLine(unreachable)
              + "); start one, or say where it is with --internal-sql-port");
    }
  }

  static String firstLine(SQLException failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  List<Zone> zones(Connection connection) throws SQLException {
    List<Zone> zones = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT name, state, since::text, reason FROM mz_internal.mz_availability_zones")) {
      while (rows.next()) {
        zones.add(
            new Zone(
                rows.getString(1),
                rows.getString(2).equals("online"),
                rows.getString(3),
                rows.getString(4)));
      }
    }
    return zones;
  }

  void takeOut(Connection connection, String zone) throws SQLException {
    execute(connection, "SET OFFLINE REASON 'muster drill zone'", zone);
  }

  void bringBack(Connection connection, String zone) throws SQLException {
    execute(connection, "SET ONLINE", zone);
  }

  private static void execute(Connection connection, String change, String zone)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ALTER AVAILABILITY ZONE \"" + zone.replace("\"", "\"\"") + "\" " + change);
    }
  }

  /** Prepared once, and asked again and again. */
  static PreparedStatement look(Connection connection, String zone) throws SQLException {
    PreparedStatement look = connection.prepareStatement(LOOK);
    look.setString(1, zone);
    look.setString(2, zone);
    return look;
  }

  static List<ClusterView> views(PreparedStatement look) throws SQLException {
    List<ClusterView> views = new ArrayList<>();
    try (ResultSet rows = look.executeQuery()) {
      while (rows.next()) {
        views.add(
            new ClusterView(
                rows.getString(1),
                rows.getInt(2),
                rows.getInt(3),
                rows.getInt(4),
                rows.getInt(5),
                rows.getInt(6),
                rows.getInt(7)));
      }
    }
    return views;
  }
}
