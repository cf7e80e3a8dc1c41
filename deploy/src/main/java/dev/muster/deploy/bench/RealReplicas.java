package dev.muster.deploy.bench;

import dev.muster.actors.runtime.process.ReplicaStopper;
import dev.muster.deploy.workload.ReadinessProber;
import dev.muster.deploy.workload.WorkloadProcess;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;

/**
 * A throw-away Muster with one cluster whose replicas are real processes of the bundled workload,
 * and a connection to it. All of it ends with the workshop.
 */
final class RealReplicas implements AutoCloseable {
  private static final Duration GRACE = Duration.ofSeconds(1);

  /** Nobody else's replicas take processor time. */
  private static final String SETTINGS =
      "muster.environment.default-cluster.replication-factor = 0\n";

  private final Path data;
  private final Connection connection;
  private final String clusterId;

  private RealReplicas(Path data, Connection connection, String clusterId) {
    this.data = data;
    this.connection = connection;
    this.clusterId = clusterId;
  }

  /**
   * Starts Muster and creates the cluster, of size 25cc; does not wait until it serves.
   *
   * @param settings further lines of the configuration
   */
  static RealReplicas start(Workshop workshop, String cluster, int replicas, String settings)
      throws SQLException {
    // Kept first, so that it is closed last: what Muster leaves running by design.
    workshop.keep(() -> ReplicaStopper.stopAll(ThrowawayMuster.dataDirectory(workshop), GRACE));
    ThrowawayMuster muster = ThrowawayMuster.start(workshop, SETTINGS + settings, "process");
    Connection connection = muster.connect();
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE CLUSTER %s (SIZE = '25cc', REPLICATION FACTOR = %d)"
              .formatted(cluster, replicas));
      return new RealReplicas(
          muster.data(),
          connection,
          text(statement, "SELECT id FROM mz_clusters WHERE name = '" + cluster + "'"));
    }
  }

  private static String text(Statement statement, String query) throws SQLException {
    try (ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getString(1);
    }
  }

  Path data() {
    return data;
  }

  String clusterId() {
    return clusterId;
  }

  Statement statement() throws SQLException {
    return connection.createStatement();
  }

  /** A number that a query gives. */
  long number(String query) {
    try (Statement statement = statement()) {
      return Long.parseLong(text(statement, query));
    } catch (SQLException failure) {
      throw new BenchException("a query failed: " + failure.getMessage(), failure);
    }
  }

  /** The id of the cluster's first replica. */
  String replicaId() throws SQLException {
    try (Statement statement = statement()) {
      return text(
          statement,
          "SELECT id FROM mz_cluster_replicas WHERE cluster_id = '"
              + clusterId
              + "' ORDER BY name");
    }
  }

  private List<WorkloadProcess> ofTheCluster() {
    return WorkloadProcess.of(data).stream().filter(each -> each.isOf(clusterId)).toList();
  }

  /** How many of the cluster run. */
  int processes() {
    return ofTheCluster().size();
  }

  boolean allServe(int replicas) {
    List<WorkloadProcess> found = ofTheCluster();
    return found.size() == replicas
        && found.stream().map(WorkloadProcess::httpPort).allMatch(ReadinessProber::isReady);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
