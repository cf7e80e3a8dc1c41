package dev.muster.deploy.workload;

import dev.muster.replicad.Replicad;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarOutputStream;
import java.util.zip.CRC32;
import org.duckdb.DuckDBDriver;

/**
 * Unpacks {@code replicad} once: a small jar with its classes and the driver's, and beside it the
 * native library, which the driver then loads by name instead of unpacking 70 MB at every start.
 *
 * <p>The directory is named by its content, is complete from the moment it exists, and is never
 * changed: replicas that run from it are not disturbed by a new build.
 */
public final class BundledWorkload {
  private static final String PACKAGE = "dev/muster/replicad/";

  private BundledWorkload() {}

  /**
   * The command that runs {@code replicad}.
   *
   * @param cache where to unpack; made when it does not exist
   */
  public static List<String> command(Path cache) throws IOException {
    Path home = prepare(cache);
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xms8m",
        "-Xmx48m",
        "-Xss512k",
        "-XX:-UsePerfData",
        "-XX:+ExitOnOutOfMemoryError",
        "--enable-native-access=ALL-UNNAMED",
        "-Djava.library.path=" + home,
        "-cp",
        home.resolve("replicad.jar").toString(),
        Replicad.class.getName());
  }

  private static Path prepare(Path cache) throws IOException {
    try (CodeRoot own = CodeRoot.of(Replicad.class);
        CodeRoot driver = CodeRoot.of(DuckDBDriver.class)) {
      List<Path> files = own.files(PACKAGE);
      Path home = cache.toAbsolutePath().resolve("replicad-" + fingerprint(files, driver.source()));
      if (!Files.isDirectory(home)) {
        unpack(own, files, driver, home);
      }
      return home;
    }
  }

  private static void unpack(CodeRoot own, List<Path> files, CodeRoot driver, Path home)
      throws IOException {
    Files.createDirectories(home.getParent());
    Path temporary = Files.createTempDirectory(home.getParent(), "replicad-new-");
    try {
      List<Path> driverFiles = driver.files("org/duckdb/");
      try (JarOutputStream jar =
          new JarOutputStream(Files.newOutputStream(temporary.resolve("replicad.jar")))) {
        own.copy(files, jar);
        driver.copy(driverFiles, jar);
      }
      Files.copy(nativeLibrary(driver), temporary.resolve(System.mapLibraryName("duckdb_java")));
      Files.move(temporary, home);
    } catch (FileSystemException e) {
      // Another Muster may have been faster; the content is the same.
      if (!Files.isDirectory(home)) {
        throw e;
      }
    } finally {
      delete(temporary);
    }
  }

  /** In the driver's jar, or beside it where the build has unpacked it. */
  private static Path nativeLibrary(CodeRoot driver) {
    Path packed = driver.root().resolve(nativeLibraryName());
    return Files.exists(packed) ? packed : driver.source().resolveSibling(nativeLibraryName());
  }

  private static String nativeLibraryName() {
    String processor =
        switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
          case "aarch64", "arm64" -> "arm64";
          default -> "amd64";
        };
    return "libduckdb_java.so_linux_" + processor;
  }

  private static String fingerprint(List<Path> files, Path driver) throws IOException {
    CRC32 sum = new CRC32();
    for (Path file : files) {
      sum.update(Files.readAllBytes(file));
    }
    sum.update((driver.getFileName() + " " + Files.size(driver)).getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(sum.getValue());
  }

  private static void delete(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      try (var paths = Files.walk(directory)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
