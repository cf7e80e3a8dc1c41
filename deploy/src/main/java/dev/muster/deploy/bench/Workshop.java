package dev.muster.deploy.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A temporary folder, and all that must be stopped before it is removed. Closed in the reverse
 * order of {@link #keep}; also when the process is told to end by SIGINT or SIGTERM.
 */
final class Workshop implements AutoCloseable {
  private final Path directory;
  private final Deque<AutoCloseable> kept = new ArrayDeque<>();
  private final Thread onSignal = new Thread(this::closeAll, "bench-clean-up");

  private Workshop(Path directory) {
    this.directory = directory;
  }

  /**
   * @param parent where the folder is made; it decides which disk is measured
   */
  static Workshop open(Path parent) {
    try {
      Files.createDirectories(parent);
      Path directory = Files.createTempDirectory(parent, "muster-bench-").toRealPath();
      // PostgreSQL runs as another user where we are root: that user must be able to pass through.
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
      Workshop workshop = new Workshop(directory);
      Runtime.getRuntime().addShutdownHook(workshop.onSignal);
      return workshop;
    } catch (IOException failure) {
      throw new BenchException(
          "cannot make a temporary folder in " + parent + ": " + failure.getMessage(), failure);
    }
  }

  Path directory() {
    return directory;
  }

  /** A new folder in this one. */
  Path newDirectory(String name) {
    try {
      return Files.createDirectory(directory.resolve(name));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** From now on {@code resource} is closed with this workshop. */
  synchronized <T extends AutoCloseable> T keep(T resource) {
    kept.push(resource);
    return resource;
  }

  @Override
  public void close() {
    closeAll();
    try {
      Runtime.getRuntime().removeShutdownHook(onSignal);
    } catch (IllegalStateException alreadyStopping) {
      // Then the hook runs beside us, and finds nothing left to do.
    }
  }

  private synchronized void closeAll() {
    while (!kept.isEmpty()) {
      try {
        kept.pop().close();
      } catch (Exception failure) {
        System.err.println("muster: while cleaning up: " + failure.getMessage());
      }
    }
    try {
      removeTree(directory);
    } catch (IOException failure) {
      System.err.println("muster: " + directory + " could not be removed: " + failure.getMessage());
    }
  }

  private static void removeTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
