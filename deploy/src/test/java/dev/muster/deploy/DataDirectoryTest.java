package dev.muster.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.journal.JournalUnusableException;
import dev.muster.journal.sqlite.EmbeddedJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {
  @TempDir private Path folder;

  @Test
  void aNewFolderIsMadeAndTakenAndCanBeTakenAgainOnceGivenBack() throws IOException {
    Path path = folder.resolve("a/b");
    DataDirectory.open(path).close();
    try (DataDirectory again = DataDirectory.open(path)) {
      assertEquals(path.toAbsolutePath(), again.path());
    }
  }

  @Test
  void aFolderInUseIsRefusedAndTheHolderNamed() throws IOException {
    try (DataDirectory held = DataDirectory.open(folder)) {
      StartupException refused =
          assertThrows(StartupException.class, () -> DataDirectory.open(held.path()));
      assertTrue(
          refused
              .getMessage()
              .contains("in use by another Muster (process " + ProcessHandle.current().pid() + ")"),
          refused.getMessage());
    }
  }

  @Test
  void aForeignFolderIsLeftAlone() throws IOException {
    Files.writeString(folder.resolve("thesis.tex"), "precious");
    StartupException refused =
        assertThrows(StartupException.class, () -> DataDirectory.open(folder));
    assertTrue(refused.getMessage().contains("is not empty"), refused.getMessage());
    try (var content = Files.list(folder)) {
      assertEquals(1, content.count());
    }
  }

  @Test
  void aFirstStartThatWasCutShortIsBegunAnew() throws IOException {
    Files.writeString(folder.resolve("lock"), "");
    Files.writeString(folder.resolve("muster-data.new"), "");
    DataDirectory.open(folder).close();
    assertEquals(
        "muster data directory, layout 1\n", Files.readString(folder.resolve("muster-data")));
  }

  @Test
  void aFirstStartThatEndedBeforeTheJournalWasWholeIsBegunAnew() throws IOException {
    DataDirectory.open(folder).close();
    Files.createFile(EmbeddedJournal.file(folder));
    DataDirectory.prepareJournal(folder);
    assertTrue(Files.size(EmbeddedJournal.file(folder)) > 0);
  }

  @Test
  void aFolderThatHadAJournalBeforeItWasMarkedGoesOnAndIsMarked() throws IOException {
    DataDirectory.open(folder).close();
    EmbeddedJournal.prepare(folder);
    DataDirectory.prepareJournal(folder);
    DataDirectory.open(folder).close();
    DataDirectory.prepareJournal(folder);
    assertEquals(
        "muster data directory, layout 1\njournal made\n",
        Files.readString(folder.resolve("muster-data")));
  }

  @Test
  void aJournalThatWasMadeIsNeverMadeAnew() throws IOException {
    DataDirectory.open(folder).close();
    DataDirectory.prepareJournal(folder);
    Path journal = EmbeddedJournal.file(folder);
    Files.delete(journal);
    assertThrows(JournalUnusableException.class, () -> DataDirectory.prepareJournal(folder));
    assertFalse(Files.exists(journal));
  }

  @Test
  void aFileIsNoFolder() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    StartupException refused = assertThrows(StartupException.class, () -> DataDirectory.open(file));
    assertTrue(refused.getMessage().contains("is not a directory"), refused.getMessage());
  }

  @Test
  void aLayoutOfTheFutureIsRefused() throws IOException {
    DataDirectory.open(folder).close();
    Files.writeString(folder.resolve("muster-data"), "muster data directory, layout 99\n");
    StartupException refused =
        assertThrows(StartupException.class, () -> DataDirectory.open(folder));
    assertTrue(refused.getMessage().contains("layout 99"), refused.getMessage());
  }

  @Test
  void openingAnExistingOneMakesNone() {
    Path missing = folder.resolve("missing");
    assertThrows(StartupException.class, () -> DataDirectory.openExisting(missing));
    assertFalse(Files.exists(missing));
  }
}
