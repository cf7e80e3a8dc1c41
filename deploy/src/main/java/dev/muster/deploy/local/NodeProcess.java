package dev.muster.deploy.local;

import dev.muster.deploy.RunningProcess;
import dev.muster.deploy.StartupException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A node as a process of its own: {@code muster start} with this process' own Java and class path.
 *
 * @param output where it says that it is ready, or why not
 */
record NodeProcess(int number, String zone, Process process, Path output) {
  private static final Pattern READY =
      Pattern.compile("(?m)^muster ready: node=\\d+ .*sql=(?<sql>\\S+) http=(?<http>\\S+)$");
  private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(50).toNanos();

  static NodeProcess start(int number, String zone, Path folder, List<String> arguments)
      throws IOException {
    Files.createDirectories(folder.getParent());
    Path output = folder.resolveSibling(folder.getFileName() + ".out");
    Files.deleteIfExists(output);
    List<String> command = new ArrayList<>(Detached.PREFIX);
    command.addAll(muster());
    command.add("start");
    command.addAll(arguments);
    return new NodeProcess(number, zone, Detached.start(command, output), output);
  }

  /** How this process runs Muster. */
  static List<String> muster() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("dev.muster.deploy.Main");
    return command;
  }

  /**
   * Waits until it serves.
   *
   * @return its line
   * @throws StartupException where it ended, or does not serve in time
   */
  LocalState.Node awaitReady(long deadlineNanos) throws IOException {
    while (true) {
      Matcher ready = READY.matcher(Files.exists(output) ? Files.readString(output) : "");
      if (ready.find()) {
        return new LocalState.Node(
            number,
            zone,
            RunningProcess.of(process.pid()),
            ready.group("sql"),
            ready.group("http"));
      }
      if (!process.isAlive()) {
        throw new StartupException("node " + number + " did not start: " + lastLine());
      }
      if (System.nanoTime() > deadlineNanos) {
        throw new StartupException("node " + number + " did not serve in time; see " + output);
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }

  private String lastLine() throws IOException {
    return Files.readString(output)
        .lines()
        .filter(line -> !line.isBlank())
        .reduce((before, last) -> last)
        .map(line -> line.replaceFirst("^muster: ", ""))
        .orElse("it said nothing");
  }

  /** The line that it has said. */
  static String readyLine(LocalState.Node node) {
    return "muster ready: node=%d zone=%s pid=%d sql=%s http=%s"
        .formatted(node.number(), node.zone(), node.running().pid(), node.sql(), node.http());
  }
}
