package dev.muster.deploy.local;

import dev.muster.deploy.DataDirectories;
import dev.muster.deploy.StartupException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the sub-commands find the installation that {@code start} has made. */
final class LocalFolder {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "where all of it is kept (default: ${DEFAULT-VALUE})")
  private Path folder = DataDirectories.LOCAL_CLUSTER;

  Path path() {
    return folder;
  }

  /**
   * What runs there.
   *
   * @throws StartupException where nothing was started there
   */
  LocalState state() {
    return LocalState.read(folder)
        .orElseThrow(
            () ->
                new StartupException(
                    "there is no local cluster in " + folder.toAbsolutePath().normalize()));
  }
}
