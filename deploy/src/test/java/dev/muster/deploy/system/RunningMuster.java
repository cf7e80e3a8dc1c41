package dev.muster.deploy.system;

import dev.muster.deploy.workload.ReadinessProber;
import dev.muster.deploy.workload.WorkloadProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Muster in a process of its own, and what one does to it. It keeps its data directory over
 * restarts; its ports change.
 */
final class RunningMuster {
  private static final Pattern READY =
      Pattern.compile("muster ready: sql=(\\S+):(\\d+) http=(\\S+):(\\d+)\\R");

  private final List<String> command;
  private final Path folder;
  private final Path dataDirectory;
  private Process process;
  private InetSocketAddress sqlAddress;
  private InetSocketAddress httpAddress;
  private int starts;

  RunningMuster(List<String> command, Path folder, Path dataDirectory) {
    this.command = List.copyOf(command);
    this.folder = folder;
    this.dataDirectory = dataDirectory;
  }

  // Its life.

  /** Starts the process and waits until it is ready. */
  void start() {
    launch();
    awaitReady();
  }

  /** Starts the process and waits for nothing. */
  void launch() {
    starts++;
    try {
      process =
          new ProcessBuilder(command)
              .redirectOutput(out().toFile())
              .redirectError(err().toFile())
              .start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  void awaitReady() {
    Matcher ready =
        Await.value(
            "it is ready, or ended",
            () -> {
              Matcher matcher = READY.matcher(Files.readString(out()));
              return matcher.find() || !process.isAlive() ? Optional.of(matcher) : Optional.empty();
            });
    if (!ready.reset().find()) {
      throw new AssertionError("it ended before it was ready\n" + story());
    }
    sqlAddress = new InetSocketAddress(ready.group(1), Integer.parseInt(ready.group(2)));
    httpAddress = new InetSocketAddress(ready.group(3), Integer.parseInt(ready.group(4)));
  }

  /** As by a loss of power: nothing of it gets to say goodbye. */
  void kill9() {
    process.destroyForcibly();
    awaitExit();
  }

  /** SIGTERM; returns the exit code. */
  int terminate() {
    process.destroy();
    return awaitExit();
  }

  private int awaitExit() {
    try {
      if (!process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("it does not end\n" + story());
      }
      return process.exitValue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  long processId() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends it by force, with its replicas; complains when some cannot be ended. */
  void end() {
    if (process == null) {
      return;
    }
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    awaitExit();
    if (replicaProcesses().isEmpty()) {
      return;
    }
    Program.Result stopped =
        Program.run(
            Distribution.command(List.of("stop-replicas", "--data-dir", dataDirectory.toString())),
            Map.of(),
            "");
    List<WorkloadProcess> left = replicaProcesses();
    left.forEach(WorkloadProcess::kill9);
    if (!left.isEmpty()) {
      throw new AssertionError("stop-replicas left " + left + "\n" + stopped);
    }
  }

  // SQL.

  InetSocketAddress sqlAddress() {
    return sqlAddress;
  }

  InetSocketAddress httpAddress() {
    return httpAddress;
  }

  Connection connect() throws SQLException {
    return connect("");
  }

  /** With parameters of the driver, {@code "&name=value"} each. */
  Connection connect(String parameters) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://"
            + sqlAddress.getHostString()
            + ":"
            + sqlAddress.getPort()
            + "/materialize?user=materialize&sslmode=disable&connectTimeout=20&socketTimeout=60"
            + parameters);
  }

  /** Runs it on a connection of its own; its rows as text, columns separated by {@code |}. */
  List<String> sql(String statement) throws SQLException {
    try (Connection connection = connect()) {
      return sql(connection, statement);
    }
  }

  static List<String> sql(Connection connection, String text) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      List<String> rows = new ArrayList<>();
      if (statement.execute(text)) {
        try (ResultSet result = statement.getResultSet()) {
          int columns = result.getMetaData().getColumnCount();
          while (result.next()) {
            List<String> row = new ArrayList<>();
            for (int column = 1; column <= columns; column++) {
              row.add(String.valueOf(result.getString(column)));
            }
            rows.add(String.join("|", row));
          }
        }
      }
      return rows;
    }
  }

  /**
   * A script through the real psql, on its standard input; statements echoed, errors between them.
   */
  String psql(String script, String... options) {
    Needs.psql();
    List<String> psql =
        new ArrayList<>(
            List.of(
                "psql",
                "-X",
                "-h",
                sqlAddress.getHostString(),
                "-p",
                Integer.toString(sqlAddress.getPort()),
                "-U",
                "materialize",
                "-d",
                "materialize"));
    psql.addAll(List.of(options));
    return Program.runMerged(psql, Map.of("PGCONNECT_TIMEOUT", "20", "LC_ALL", "C.UTF-8"), script)
        .succeeded()
        .output();
  }

  // Replicas.

  /** As the operating system has them. */
  List<WorkloadProcess> replicaProcesses() {
    return WorkloadProcess.of(dataDirectory);
  }

  /** Asks the cluster's replicas every 5 ms, from when one of them serves. */
  ReadinessProber prober(String clusterId) {
    Await.until(
        "one of them serves",
        () ->
            replicaProcesses().stream()
                .filter(one -> one.isOf(clusterId))
                .anyMatch(one -> ReadinessProber.isReady(one.httpPort())));
    ReadinessProber prober = new ReadinessProber(dataDirectory, clusterId);
    Await.until("the prober asks", () -> prober.sight().questions() > 0);
    return prober;
  }

  /** Waits until every replica of the cluster is online and hydrated, and there is one at least. */
  void awaitServing(String cluster) {
    Await.until(
        "every replica of " + cluster + " serves",
        () -> {
          List<String> states =
              sql(
                  "SELECT s.status, h.hydrated FROM mz_catalog.mz_clusters c JOIN"
                      + " mz_catalog.mz_cluster_replicas r ON r.cluster_id = c.id LEFT JOIN"
                      + " mz_internal.mz_cluster_replica_statuses s ON s.replica_id = r.id LEFT"
                      + " JOIN mz_internal.mz_hydration_statuses h ON h.replica_id = r.id WHERE"
                      + " c.name = '"
                      + cluster
                      + "'");
          return !states.isEmpty() && states.stream().allMatch("online|t"::equals);
        });
  }

  // For whoever wonders what happened.

  Path dataDirectory() {
    return dataDirectory;
  }

  /** What it printed at its last start, and its log. */
  String story() {
    return String.join(
        "\n",
        "--- standard output (start " + starts + "):",
        Folders.tail(out(), 20),
        "--- standard error:",
        Folders.tail(err(), 60),
        "--- log:",
        Folders.tail(dataDirectory.resolve("log/muster.log"), 80));
  }

  /** How much it has logged over all its starts. */
  long logBytes() throws IOException {
    Path log = dataDirectory.resolve("log/muster.log");
    return Files.exists(log) ? Files.size(log) : 0;
  }

  String standardError() {
    return Folders.tail(err(), Integer.MAX_VALUE);
  }

  private Path out() {
    return folder.resolve("out-" + starts);
  }

  private Path err() {
    return folder.resolve("err-" + starts);
  }
}
