package dev.muster.api.catalog.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One engine's own folder for what does not fit into its memory. Nothing in it is worth keeping: it
 * is what the journal says, and goes with the engine. Readable by its owner alone.
 */
final class SpillFolder implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SpillFolder.class);

  private final Path path;

  private SpillFolder(Path path) {
    this.path = path;
  }

  static SpillFolder create(EngineLimits.Spill spill) {
    try {
      Files.createDirectories(spill.folder());
      return new SpillFolder(Files.createTempDirectory(spill.folder(), "engine-"));
    } catch (IOException failure) {
      throw new UncheckedIOException("no place for what does not fit into memory", failure);
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    delete(path);
  }

  /** Takes away a folder and all in it; what cannot be is told to the log. */
  static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(one);
      }
    } catch (IOException failure) {
      LOG.warn("cannot take away {}: {}", folder, failure.getMessage());
    }
  }
}
