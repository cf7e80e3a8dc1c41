package dev.muster.deploy.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PostgresBinariesTest {
  @TempDir private Path directory;

  @Test
  void theNewestVersionIsTaken() throws IOException {
    install("debian/9/bin");
    install("debian/15/bin");

    assertEquals(found("debian/15/bin"), PostgresBinaries.find(directory.resolve("debian"), ""));
  }

  @Test
  void aVersionWithoutAServerIsPassedOver() throws IOException {
    install("debian/15/bin");
    Files.createDirectories(directory.resolve("debian/16/bin"));

    assertEquals(found("debian/15/bin"), PostgresBinaries.find(directory.resolve("debian"), ""));
  }

  @Test
  void otherwiseThePathIsSearched() throws IOException {
    install("elsewhere");
    String path = directory.resolve("empty") + File.pathSeparator + directory.resolve("elsewhere");

    assertEquals(found("elsewhere"), PostgresBinaries.find(directory.resolve("debian"), path));
  }

  @Test
  void noneIsNoError() {
    assertEquals(Optional.empty(), PostgresBinaries.find(directory.resolve("debian"), ""));
  }

  private Optional<PostgresBinaries> found(String folder) {
    return Optional.of(new PostgresBinaries(directory.resolve(folder)));
  }

  private void install(String folder) throws IOException {
    Path bin = Files.createDirectories(directory.resolve(folder));
    for (String program : new String[] {"initdb", "postgres", "pg_ctl", "pgbench"}) {
      Files.createFile(
          bin.resolve(program),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }
  }
}
