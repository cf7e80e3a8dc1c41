package dev.muster.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  private static final int PAGES_BETWEEN = 50;
  private static final long PAGE_BYTES = 4096;

  @TempDir Path directory;

  private ConnectionFactory factory;
  private WriteConnection writer;
  private long written;

  @BeforeEach
  void open() {
    EmbeddedJournal.prepare(directory);
    factory = new ConnectionFactory(JournalFile.url(EmbeddedJournal.file(directory)), Map.of());
    writer = new WriteConnection(factory);
  }

  @AfterEach
  void close() throws SQLException {
    writer.close();
  }

  private void write() {
    try {
      writer.append(
          List.of(
              new EventRow(
                  "a", ++written, "writer", 0, "", new Payload(1, "type:1", new byte[1000]))));
    } catch (SQLException failure) {
      throw new AssertionError(failure);
    }
  }

  private void write(int commits, Checkpoints checkpoints) {
    for (int commit = 0; commit < commits; commit++) {
      write();
      checkpoints.committed(3);
    }
  }

  private long logBytes() throws IOException {
    return Files.size(Path.of(EmbeddedJournal.file(directory) + "-wal"));
  }

  /** Somebody always writes while pages are copied, so that no copy reaches the end of the log. */
  private final Executor withWritesMeanwhile =
      copy -> {
        copy.run();
        write();
      };

  @Test
  void theLogBeginsAnewThoughSomebodyAlwaysWrites() throws Exception {
    try (var checkpoints =
        new Checkpoints(factory, withWritesMeanwhile, writer::checkpoint, PAGES_BETWEEN)) {
      write(1_000, checkpoints);
    }
    assertTrue(logBytes() < 3 * PAGES_BETWEEN * PAGE_BYTES, "log of " + logBytes() + " bytes");
  }

  @Test
  void whileACopyIsUnderWayTheWriterDoesNotWaitForIt() throws Exception {
    var copies = new ArrayDeque<Runnable>();
    try (var checkpoints =
        new Checkpoints(factory, copies::add, writer::checkpoint, PAGES_BETWEEN)) {
      write(100, checkpoints);
      assertEquals(1, copies.size());
      copies.remove().run();
      write(1, checkpoints);
      long before = logBytes();
      write(10, checkpoints);
      assertEquals(before, logBytes(), "what follows is written where the log began");
    }
  }

  @Test
  void aClosedOneLeavesTheFileAlone() throws Exception {
    var copies = new ArrayDeque<Runnable>();
    var checkpoints = new Checkpoints(factory, copies::add, writer::checkpoint, PAGES_BETWEEN);
    write(100, checkpoints);
    checkpoints.close();
    long before = Files.size(EmbeddedJournal.file(directory));
    copies.remove().run();
    assertEquals(before, Files.size(EmbeddedJournal.file(directory)));
  }
}
