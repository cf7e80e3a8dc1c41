package dev.muster.deploy.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** PostgreSQL's load generator, the same program against both servers. */
final class Pgbench {
  private static final Duration GRACE = Duration.ofSeconds(60);

  /**
   * PostgreSQL's processes of the connections end a moment after; only then their time is their
   * parent's.
   */
  private static final Duration SETTLING = Duration.ofMillis(200);

  private final Workshop workshop;
  private final PostgresBinaries binaries;

  Pgbench(Workshop workshop, PostgresBinaries binaries) {
    this.workshop = workshop;
    this.binaries = binaries;
  }

  /** How statements travel. */
  enum Protocol {
    SIMPLE,
    EXTENDED,
    PREPARED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What is run.
   *
   * @param script in pgbench's language
   * @param variables that the script is given
   */
  record Load(
      Server server,
      String script,
      Map<String, Long> variables,
      Protocol protocol,
      int connections) {
    Load {
      variables = Map.copyOf(variables);
    }
  }

  /**
   * What was measured.
   *
   * @param latencyMicros of each transaction
   * @param serverCpuMicros processor time of the server a transaction
   */
  record Run(double transactionsPerSecond, Distribution latencyMicros, double serverCpuMicros) {
    double medianMillis() {
      return latencyMicros.median() / 1000.0;
    }

    double p99Millis() {
      return latencyMicros.quantile(0.99) / 1000.0;
    }

    double maximumMillis() {
      return latencyMicros.maximum() / 1000.0;
    }
  }

  /**
   * @throws BenchException if any transaction fails
   */
  Run run(Load load, int seconds) {
    try {
      Path directory = Files.createTempDirectory(workshop.directory(), "pgbench-");
      Path script = Files.writeString(directory.resolve("script.sql"), load.script());
      Path log = directory.resolve("log");
      ProcessMeter meter = new ProcessMeter(load.server().process());
      Duration before = meter.cpu();
      Subprocess.Result result =
          Subprocess.run(
              workshop,
              command(load, seconds, script, log),
              environment(load.server()),
              GRACE.plusSeconds(seconds));
      Await.pause(SETTLING);
      Duration cpu = meter.cpu().minus(before);
      if (result.exitCode() != 0) {
        throw new BenchException(
            "pgbench against "
                + load.server().name()
                + " failed: "
                + PgbenchReport.firstError(result.output()));
      }
      long transactions = Math.max(1, PgbenchReport.transactions(result.output()));
      return new Run(
          PgbenchReport.transactionsPerSecond(result.output()),
          latencies(directory),
          cpu.toNanos() / 1000.0 / transactions);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private List<String> command(Load load, int seconds, Path script, Path log) {
    List<String> command = new ArrayList<>(List.of(binaries.program("pgbench"), "--no-vacuum"));
    command.addAll(
        List.of("--host", Server.HOST, "--port", Integer.toString(load.server().port())));
    command.addAll(List.of("--username", load.server().user(), "--file", script.toString()));
    command.addAll(
        List.of("--protocol", load.protocol().word(), "--time", Integer.toString(seconds)));
    command.addAll(List.of("--client", Integer.toString(load.connections()), "--jobs", "1"));
    command.addAll(List.of("--log", "--log-prefix", log.toString()));
    load.variables()
        .forEach((name, value) -> command.addAll(List.of("--define", name + "=" + value)));
    command.add(load.server().database());
    return command;
  }

  private static Map<String, String> environment(Server server) {
    return server.password().isPresent()
        ? Map.of("PGPASSWORD", server.password().get(), "PGSSLMODE", "disable")
        : Map.of("PGSSLMODE", "disable");
  }

  /** Reads the logs, and removes them: a long run writes many megabytes. */
  private static Distribution latencies(Path directory) throws IOException {
    long[] all;
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> logs =
          files.filter(file -> file.getFileName().toString().startsWith("log.")).toList();
      LongStream latencies = LongStream.empty();
      for (Path log : logs) {
        latencies =
            LongStream.concat(
                latencies, PgbenchReport.latencyMicros(Files.readAllLines(log).stream()));
        Files.delete(log);
      }
      all = latencies.toArray();
    }
    if (all.length == 0) {
      throw new BenchException("pgbench finished no transaction");
    }
    return Distribution.of(all);
  }
}
