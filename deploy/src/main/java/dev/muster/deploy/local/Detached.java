package dev.muster.deploy.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Starts processes that outlive this one, and that the terminal's Ctrl-C does not reach. */
final class Detached {
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  /** To stand before a command. */
  static final List<String> PREFIX =
      Files.isExecutable(SETSID) ? List.of(SETSID.toString()) : List.of();

  private Detached() {}

  /**
   * @param output where what it prints is appended
   */
  static Process start(List<String> command, Path output) throws IOException {
    return new ProcessBuilder(command)
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
        .redirectErrorStream(true)
        .start();
  }
}
