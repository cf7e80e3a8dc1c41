package dev.muster.deploy.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where PostgreSQL's programs are: the newest version where Debian puts them, otherwise on the
 * PATH.
 *
 * @param directory holds {@code initdb}, {@code postgres}, {@code pg_ctl} and {@code pgbench}
 */
record PostgresBinaries(Path directory) {
  private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
  private static final List<String> NEEDED = List.of("initdb", "postgres", "pg_ctl", "pgbench");

  /**
   * @throws BenchException if there are none
   */
  static PostgresBinaries find() {
    return find(DEBIAN, Optional.ofNullable(System.getenv("PATH")).orElse(""))
        .orElseThrow(
            () ->
                new BenchException(
                    "PostgreSQL, which the benchmarks compare with, was not found in "
                        + DEBIAN
                        + " or on the PATH; install Debian's package postgresql"));
  }

  static Optional<PostgresBinaries> find(Path debian, String path) {
    List<Path> candidates = new ArrayList<>(versions(debian));
    for (String folder : path.split(File.pathSeparator)) {
      if (!folder.isBlank()) {
        candidates.add(Path.of(folder));
      }
    }
    return candidates.stream()
        .filter(PostgresBinaries::isComplete)
        .findFirst()
        .map(PostgresBinaries::new);
  }

  String program(String name) {
    return directory.resolve(name).toString();
  }

  private static boolean isComplete(Path directory) {
    return NEEDED.stream().allMatch(name -> Files.isExecutable(directory.resolve(name)));
  }

  private static List<Path> versions(Path debian) {
    if (!Files.isDirectory(debian)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(debian)) {
      return children
          .sorted(Comparator.comparingInt(PostgresBinaries::version).reversed())
          .map(child -> child.resolve("bin"))
          .toList();
    } catch (IOException unreadable) {
      return List.of();
    }
  }

  private static int version(Path directory) {
    try {
      return Integer.parseInt(directory.getFileName().toString());
    } catch (NumberFormatException noVersion) {
      return -1;
    }
  }
}
