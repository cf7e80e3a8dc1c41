package dev.muster.deploy.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A Muster in a process of its own: this program's class path and JVM options, the simulated
 * runtime unless told otherwise, the embedded journal in a temporary folder, free ports.
 */
final class ThrowawayMuster implements Server, AutoCloseable {
  /** The heap that the benchmarks give, and within which 10,000 clusters must fit. */
  static final String HEAP = "1g";

  private static final Duration PATIENCE = Duration.ofSeconds(120);

  /** A benchmark measures how long something takes, rather than give up. */
  private static final String SETTINGS = "muster.client.catalog-timeout = 100 s\n";

  private final Workshop workshop;
  private final Path data;
  private final Path configuration;
  private final String runtime;
  private int starts;
  private Process process;
  private ReadyLine ready;

  private ThrowawayMuster(Workshop workshop, String runtime) {
    this.workshop = workshop;
    this.runtime = runtime;
    this.data = workshop.newDirectory(dataDirectory(workshop).getFileName().toString());
    this.configuration = workshop.directory().resolve("muster.conf");
  }

  /** Starts it and waits until it serves; stopped with the workshop. */
  static ThrowawayMuster start(Workshop workshop) {
    return start(workshop, "");
  }

  /**
   * @param settings further lines of its configuration
   */
  static ThrowawayMuster start(Workshop workshop, String settings) {
    return start(workshop, settings, "simulated");
  }

  /**
   * @param runtime as in {@code --runtime}
   */
  static ThrowawayMuster start(Workshop workshop, String settings, String runtime) {
    ThrowawayMuster muster = workshop.keep(new ThrowawayMuster(workshop, runtime));
    try {
      Files.writeString(muster.configuration, SETTINGS + settings);
      muster.launch();
      return muster;
    } catch (IOException failure) {
      throw new BenchException("Muster could not be started: " + failure.getMessage(), failure);
    }
  }

  @Override
  public String name() {
    return "Muster";
  }

  @Override
  public int port() {
    return ready.sqlPort();
  }

  @Override
  public String user() {
    return "materialize";
  }

  @Override
  public Optional<String> password() {
    return Optional.empty();
  }

  @Override
  public String database() {
    return "materialize";
  }

  @Override
  public ProcessHandle process() {
    return process.toHandle();
  }

  /** Where the journal will be of one that is not started yet. */
  static Path dataDirectory(Workshop workshop) {
    return workshop.directory().resolve("muster");
  }

  /** Where its journal is. */
  Path data() {
    return data;
  }

  /** SIGKILL, as a power cut would; then the same data directory is there for {@link #launch}. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /**
   * Starts it, again, on the same data, and waits for its word that it serves.
   *
   * @return how long that took, from before the process was made
   */
  Duration launch() throws IOException {
    starts++;
    Path out = workshop.directory().resolve("muster-" + starts + ".out");
    Path err = workshop.directory().resolve("muster-" + starts + ".err");
    long beginNanos = System.nanoTime();
    process =
        new ProcessBuilder(command())
            .directory(workshop.directory().toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    process.getOutputStream().close();
    Await.until("Muster serves", PATIENCE, () -> readyLineIn(out, err));
    return Duration.ofNanos(System.nanoTime() - beginNanos);
  }

  @Override
  public void close() {
    if (process == null || !process.isAlive()) {
      return;
    }
    process.destroy();
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        process.waitFor();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private boolean readyLineIn(Path out, Path err) {
    try {
      Optional<ReadyLine> line =
          Files.readAllLines(out).stream()
              .flatMap(text -> ReadyLine.parse(text).stream())
              .findFirst();
      line.ifPresent(found -> ready = found);
      if (line.isEmpty() && !process.isAlive()) {
        String said = String.join(" / ", Files.readAllLines(err));
        throw new BenchException(
            "Muster ended with exit code " + process.exitValue() + ": " + said);
      }
      return line.isPresent();
    } catch (IOException failure) {
      throw new BenchException("Muster's output cannot be read: " + failure.getMessage(), failure);
    }
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(virtualMachineOptions(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), "dev.muster.deploy.Main", "start"));
    command.addAll(List.of("--data-dir", data.toString(), "--config", configuration.toString()));
    command.addAll(List.of("--sql-port", "0", "--internal-sql-port", "0", "--http-port", "0"));
    command.addAll(List.of("--runtime", runtime));
    return command;
  }

  /** Our own, as the launcher gave them, but for agents and for the heap. */
  static List<String> virtualMachineOptions(List<String> ours) {
    List<String> options = new ArrayList<>();
    for (String option : ours) {
      if (!option.startsWith("-Xmx")
          && !option.startsWith("-javaagent")
          && !option.startsWith("-agent")) {
        options.add(option);
      }
    }
    options.add("-Xmx" + HEAP);
    String more = System.getenv("MUSTER_BENCH_JAVA_OPTS");
    if (more != null && !more.isBlank()) {
      options.addAll(List.of(more.trim().split("\\s+")));
    }
    return options;
  }
}
