package dev.muster.deploy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end. */
final class Subprocess {
  private Subprocess() {}

  /**
   * @param output the program's standard output and standard error, together
   */
  record Result(int exitCode, String output) {
    /** The last line that says something, for a message. */
    String lastLine() {
      return output
          .lines()
          .filter(line -> !line.isBlank())
          .reduce((first, second) -> second)
          .orElse("no output");
    }
  }

  /**
   * @param workshop where output is kept meanwhile
   * @throws BenchException if the program cannot be started or does not end in time; it is killed
   *     then
   */
  static Result run(
      Workshop workshop, List<String> command, Map<String, String> environment, Duration timeout) {
    Process process = null;
    Path output = null;
    try {
      output = Files.createTempFile(workshop.directory(), "output-", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.directory(workshop.directory().toFile());
      builder.environment().putAll(environment);
      // Messages are parsed: they must be in one language.
      builder.environment().put("LC_ALL", "C");
      process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new BenchException(
            command.getFirst() + " did not end within " + timeout.toSeconds() + " s");
      }
      return new Result(process.exitValue(), Files.readString(output));
    } catch (IOException failure) {
      throw new BenchException(
          "cannot run " + command.getFirst() + ": " + failure.getMessage(), failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", interrupted);
    } finally {
      end(process);
      remove(output);
    }
  }

  /** As {@link #run}, and an exit code other than 0 is an error. */
  static Result runOrFail(
      Workshop workshop, List<String> command, Map<String, String> environment, Duration timeout) {
    Result result = run(workshop, command, environment, timeout);
    if (result.exitCode() != 0) {
      throw new BenchException(
          command.getFirst()
              + " ended with exit code "
              + result.exitCode()
              + ": "
              + result.lastLine());
    }
    return result;
  }

  private static void end(Process process) {
    if (process != null && process.isAlive()) {
      process.destroyForcibly();
    }
  }

  private static void remove(Path output) {
    try {
      if (output != null) {
        Files.deleteIfExists(output);
      }
    } catch (IOException leftForTheWorkshop) {
      // The whole folder goes at the end.
    }
  }
}
