package dev.muster.deploy;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which data directory a command is about, where that is one that is there already. */
public final class DataDirectoryOption {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "the data directory (default: ${DEFAULT-VALUE})")
  private Path path = DataDirectories.DEFAULT;

  public Path path() {
    return path;
  }
}
