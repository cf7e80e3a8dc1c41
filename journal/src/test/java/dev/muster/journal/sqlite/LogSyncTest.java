package dev.muster.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class LogSyncTest {
  private final Deque<LogSync.Disk> next = new ArrayDeque<>();
  private int syncs;
  private final LogSync log = new LogSync(this::sync);

  private void sync() throws IOException {
    syncs++;
    LogSync.Disk planned = next.poll();
    if (planned != null) {
      planned.sync();
    }
  }

  private static void fails() throws IOException {
    throw new IOException("Input/output error");
  }

  @Test
  void oneSyncServesAllCommitsBeforeIt() throws SQLException {
    long first = log.committed();
    long second = log.committed();
    log.sync(second);
    log.sync(first);
    assertEquals(1, syncs);
    assertTrue(log.isSynced());
  }

  @Test
  void whatIsCommittedDuringASyncNeedsAnother() throws SQLException {
    next.add(log::committed);
    log.sync(log.committed());
    assertFalse(log.isSynced());
    log.sync(log.last());
    assertEquals(2, syncs);
    assertTrue(log.isSynced());
  }

  @Test
  void afterASyncThatFailedNoneIsBelievedUntilItIsSettled() throws SQLException {
    next.add(LogSyncTest::fails);
    long lost = log.committed();
    var failure = assertThrows(SQLException.class, () -> log.sync(lost));
    assertTrue(failure.getMessage().contains("Input/output error"), failure.getMessage());
    assertTrue(log.isInDoubt());
    assertThrows(SQLException.class, () -> log.sync(lost));
    assertEquals(1, syncs);

    log.settled();
    log.sync(lost);
    log.sync(log.committed());
    assertEquals(2, syncs);
    assertTrue(log.isSynced());
  }
}
