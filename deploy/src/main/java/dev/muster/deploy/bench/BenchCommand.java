package dev.muster.deploy.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code muster bench NAME}. */
@Command(
    name = "bench",
    description = {
      "Measures Muster on this machine, beside PostgreSQL where there is something to compare.",
      "Everything is started for the occasion, in a temporary folder, and removed at the end. Needs"
          + " Debian's package postgresql."
    },
    mixinStandardHelpOptions = true,
    subcommands = {
      DdlBenchmark.class,
      CatalogBenchmark.class,
      RecoverBenchmark.class,
      MemoryBenchmark.class,
      ResizeBenchmark.class,
      CrashBenchmark.class,
      FleetBenchmark.class,
      FailoverBenchmark.class,
      RollingBenchmark.class,
      CassandraBenchmark.class,
      ReplayBenchmark.class
    })
public final class BenchCommand implements Runnable {
  @Spec private CommandLine.Model.CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "Missing the benchmark's name: ddl, catalog, recover, memory, resize, crash, fleet,"
            + " failover, rolling, cassandra or replay");
  }
}
