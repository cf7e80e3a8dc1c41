package dev.muster.deploy.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ThrowawaySupervisorTest {
  @TempDir Path folder;

  @Test
  void itIsLookedForOnThePath() throws Exception {
    Path program =
        Files.createFile(
            folder.resolve("supervisord"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    assertEquals(
        Optional.of(program),
        ThrowawaySupervisor.find("/nowhere" + File.pathSeparator + File.pathSeparator + folder));
  }

  @Test
  void aMachineWithoutItHasNoPeer() {
    assertEquals(Optional.empty(), ThrowawaySupervisor.find(folder.toString()));
  }
}
