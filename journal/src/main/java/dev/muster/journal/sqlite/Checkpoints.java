package dev.muster.journal.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Executor;

/**
 * Brings the pages of the log back into the file, so that the log begins anew and stays small.
 *
 * <p>Copying and syncing thousands of pages takes tens of milliseconds. Left to SQLite, that falls
 * on one commit and on all who wait for it. So most is copied on a connection and a thread beside
 * the writer's; what was written meanwhile, a few pages, is left to the writer: while it goes on
 * writing, nobody else ever finds the log copied to its end.
 *
 * <p>A checkpoint that fails loses nothing: the log is kept, and the next one copies it. Where none
 * succeeds, SQLite's own ({@link ConnectionFactory}) bounds the log.
 */
final class Checkpoints implements AutoCloseable {
  /** 32 MiB of log, which a start after a crash reads in moments. */
  private static final int PAGES_BETWEEN = 8_000;

  /** So many take the writer no longer than a commit. */
  private static final int PAGES_LEFT_TO_WRITER = 100;

  private static final int PASSES_AT_MOST = 4;

  private final ConnectionFactory factory;
  private final Executor beside;
  private final Runnable remainder;
  private final int pagesBetween;
  private Connection connection;
  private boolean isClosed;
  // Only the writer's thread has it.
  private int pagesWritten;
  private volatile Phase phase = Phase.RESTING;

  private enum Phase {
    RESTING,
    COPYING,
    COPIED
  }

  /**
   * @param remainder run on the writer's thread: checkpoints what is left
   */
  Checkpoints(ConnectionFactory factory, Executor beside, Runnable remainder) {
    this(factory, beside, remainder, PAGES_BETWEEN);
  }

  Checkpoints(ConnectionFactory factory, Executor beside, Runnable remainder, int pagesBetween) {
    this.factory = factory;
    this.beside = beside;
    this.remainder = remainder;
    this.pagesBetween = pagesBetween;
  }

  /** After a commit, on the writer's thread; those who wait for it are answered by another. */
  void committed(int pages) {
    pagesWritten += pages;
    if (phase == Phase.COPIED) {
      phase = Phase.RESTING;
      remainder.run();
    } else if (phase == Phase.RESTING && pagesWritten >= pagesBetween) {
      pagesWritten = 0;
      phase = Phase.COPYING;
      beside.execute(this::copy);
    }
  }

  private synchronized void copy() {
    try {
      if (!isClosed) {
        passes();
      }
    } catch (SQLException failure) {
      // A full disk is told to those who write. The log is as it was.
    } finally {
      phase = Phase.COPIED;
    }
  }

  /** Each has less to copy: what was written during the one before. */
  private void passes() throws SQLException {
    if (connection == null) {
      connection = factory.forWriting();
    }
    int copied = 0;
    for (int pass = 0; pass < PASSES_AT_MOST; pass++) {
      int before = copied;
      copied = pagesCopied();
      if (copied - before <= PAGES_LEFT_TO_WRITER) {
        return;
      }
    }
  }

  /** Since the log began. */
  private int pagesCopied() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA wal_checkpoint(PASSIVE)")) {
      result.next();
      return result.getInt("checkpointed");
    }
  }

  @Override
  public synchronized void close() throws SQLException {
    isClosed = true;
    if (connection != null) {
      connection.close();
    }
  }
}
