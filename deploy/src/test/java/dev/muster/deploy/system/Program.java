package dev.muster.deploy.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a program to its end. */
final class Program {
  private Program() {}

  /**
   * @param output standard output; with standard error between where {@link #runMerged} was asked
   */
  record Result(int exitCode, String output, String error) {
    Result succeeded() {
      if (exitCode != 0) {
        throw new AssertionError("exit code " + exitCode + "\n" + output + error);
      }
      return this;
    }
  }

  static Result run(List<String> command, Map<String, String> environment, String input) {
    return run(command, environment, input, false, Await.PATIENCE);
  }

  /** The same, of one that may take longer than anything else that a test waits for. */
  static Result run(List<String> command, Duration within) {
    return run(command, Map.of(), "", false, within);
  }

  /** Standard error goes where standard output goes, in the order in which they are written. */
  static Result runMerged(List<String> command, Map<String, String> environment, String input) {
    return run(command, environment, input, true, Await.PATIENCE);
  }

  private static Result run(
      List<String> command,
      Map<String, String> environment,
      String input,
      boolean merged,
      Duration within) {
    try {
      Path folder = Files.createTempDirectory("muster-program");
      Path in = Files.writeString(folder.resolve("in"), input);
      Path out = folder.resolve("out");
      Path err = folder.resolve("err");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectErrorStream(merged);
      if (!merged) {
        builder.redirectError(err.toFile());
      }
      builder.environment().putAll(environment);
      Process process = builder.start();
      try {
        if (!process.waitFor(within.toSeconds(), TimeUnit.SECONDS)) {
          throw new AssertionError("does not end: " + command + "\n" + Files.readString(out));
        }
        return new Result(
            process.exitValue(), Files.readString(out), merged ? "" : Files.readString(err));
      } finally {
        process.destroyForcibly();
        Folders.delete(folder);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
