package dev.muster.deploy.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A supervisord that keeps one program running, with its defaults; stopped with the workshop. */
final class ThrowawaySupervisor implements AutoCloseable {
  private static final String PROGRAM = "supervisord";

  private final Process process;
  private final WatchedProcess watched;

  private ThrowawaySupervisor(Process process, WatchedProcess watched) {
    this.process = process;
    this.watched = watched;
  }

  /**
   * Starts it; empty where there is none on this machine.
   *
   * @param command of a program that keeps the workload contract
   */
  static Optional<ThrowawaySupervisor> start(Workshop workshop, List<String> command) {
    Optional<Path> program = find(Optional.ofNullable(System.getenv("PATH")).orElse(""));
    return program.map(found -> start(workshop, found, command));
  }

  static Optional<Path> find(String path) {
    return Arrays.stream(path.split(File.pathSeparator))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, PROGRAM))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static ThrowawaySupervisor start(Workshop workshop, Path program, List<String> command) {
    Path folder = workshop.newDirectory("supervisor");
    Path configuration = folder.resolve("supervisord.conf");
    try {
      Files.writeString(configuration, configuration(folder, command));
      Process process =
          new ProcessBuilder(program.toString(), "--nodaemon", "-c", configuration.toString())
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("output").toFile())
              .start();
      process.getOutputStream().close();
      return workshop.keep(new ThrowawaySupervisor(process, new WatchedProcess(folder, PROGRAM)));
    } catch (IOException failure) {
      throw new BenchException(PROGRAM + " cannot be started: " + failure.getMessage(), failure);
    }
  }

  private static String configuration(Path folder, List<String> command) {
    return """
    [supervisord]
    logfile = %1$s/supervisord.log
    pidfile = %1$s/supervisord.pid
    childlogdir = %1$s

    [program:replica]
    command = %2$s
    environment = MUSTER_DATA_DIR="%1$s",MUSTER_REPLICA_ID="%3$s",MUSTER_HTTP_PORT="%4$d"
    autorestart = true
    """
        .formatted(
            folder,
            command.stream().map("\"%s\""::formatted).collect(Collectors.joining(" ")),
            PROGRAM,
            FreePort.find());
  }

  WatchedProcess process() {
    return watched;
  }

  /** It stops its program too. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        watched
            .pid()
            .ifPresent(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
