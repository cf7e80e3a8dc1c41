package dev.muster.deploy;

import java.nio.file.Path;
import java.util.Optional;

/** Where a data directory is when none is named: by the XDG base directory specification. */
public final class DataDirectories {
  public static final Path DEFAULT =
      Optional.ofNullable(System.getenv("XDG_DATA_HOME"))
          .filter(home -> !home.isBlank())
          .map(Path::of)
          .orElseGet(() -> Path.of(System.getProperty("user.home"), ".local", "share"))
          .resolve("muster");

  /** That of a local cluster. */
  public static final Path LOCAL_CLUSTER = DEFAULT.resolveSibling("muster-local-cluster");

  private DataDirectories() {}
}
