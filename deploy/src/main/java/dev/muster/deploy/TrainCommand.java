package dev.muster.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code muster train}: a short life of a throw-away node, run by the build so that the JVM can
 * archive the classes that a start needs. Starts become several times faster by it.
 */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {
  private static final List<String> LESSONS =
      List.of(
          "CREATE CLUSTER lesson (SIZE = '25cc', REPLICATION FACTOR = 2)",
          "ALTER CLUSTER lesson SET (REPLICATION FACTOR 3)",
          "ALTER CLUSTER lesson RENAME TO learned",
          "SELECT * FROM mz_catalog.mz_clusters",
          "SELECT * FROM mz_catalog.mz_cluster_replicas",
          "SHOW CLUSTERS",
          "SHOW CREATE CLUSTER learned",
          "DROP CLUSTER learned");

  @Option(
      names = "--record-jdk",
      paramLabel = "FILE",
      description = "where to write which JDK this was: only that one can use the archive")
  private Path jdkRecord;

  @Override
  public Integer call() throws Exception {
    Path folder = Files.createTempDirectory("muster-train-");
    try {
      StartOptions options =
          new StartOptions(
              folder,
              "127.0.0.1",
              0,
              0,
              0,
              List.of("az1"),
              "simulated",
              Optional.empty(),
              Optional.empty());
      try (MusterNode node = new MusterNode(options, folder)) {
        node.start();
        teach(node.sqlAddress().orElseThrow().getPort());
      }
      if (jdkRecord != null) {
        Files.writeString(jdkRecord, System.getProperty("java.home") + "\n");
      }
      return 0;
    } finally {
      delete(folder);
    }
  }

  private static void teach(int port) throws SQLException {
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/materialize?user=materialize";
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      for (String lesson : LESSONS) {
        if (statement.execute(lesson)) {
          try (ResultSet rows = statement.getResultSet()) {
            while (rows.next()) {
              rows.getString(1);
            }
          }
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
