package dev.muster.deploy.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WorkshopTest {
  @TempDir private Path parent;

  @Test
  void whatCameLastGoesFirstAndNothingIsLeft() throws IOException {
    List<String> closed = new ArrayList<>();
    Path directory;
    try (Workshop workshop = Workshop.open(parent)) {
      directory = workshop.directory();
      Files.writeString(workshop.newDirectory("data").resolve("file"), "content");
      workshop.keep(() -> closed.add("first"));
      workshop.keep(() -> closed.add("second"));
    }

    assertEquals(List.of("second", "first"), closed);
    assertFalse(Files.exists(directory));
  }

  @Test
  void aFailureToCloseDoesNotKeepTheOthersFromClosing() {
    List<String> closed = new ArrayList<>();
    try (Workshop workshop = Workshop.open(parent)) {
      workshop.keep(() -> closed.add("first"));
      workshop.keep(
          () -> {
            throw new IOException("as this test wants it");
          });
    }

    assertEquals(List.of("first"), closed);
  }
}
