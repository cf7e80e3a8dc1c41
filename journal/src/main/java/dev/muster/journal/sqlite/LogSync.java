package dev.muster.journal.sqlite;

import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * How far the write-ahead log is on the disk. The writer goes on committing while it is synced, and
 * one sync serves all commits before it. Safe for use by many threads.
 *
 * <p>What a sync that failed has left on the disk, no later one tells: an operating system may take
 * the pages for written. All is in doubt then, until {@link #settled} says that what was committed
 * is on the disk by other means.
 */
final class LogSync {
  private final Disk disk;
  private final AtomicLong committed = new AtomicLong();
  private volatile long durable;
  private volatile boolean inDoubt;

  /** Where the log is. */
  @FunctionalInterface
  interface Disk {
    /** Everything that was written before is on the disk when it returns. */
    void sync() throws IOException;
  }

  LogSync(Disk disk) {
    this.disk = disk;
  }

  /** Counts what is in the log now, by whoever wrote it. */
  long committed() {
    return committed.incrementAndGet();
  }

  /** The last commit that was counted. */
  long last() {
    return committed.get();
  }

  boolean isInDoubt() {
    return inDoubt;
  }

  boolean isSynced() {
    return durable == last();
  }

  /** Returns when this commit, and all before it, are on the disk. */
  void sync(long commit) throws SQLException {
    if (durable < commit) {
      syncAll(commit);
    }
  }

  /** Whoever comes while another one syncs mostly finds it done for him, or for those after him. */
  private synchronized void syncAll(long commit) throws SQLException {
    if (durable >= commit) {
      return;
    }
    if (inDoubt) {
      throw failed("an earlier sync failed");
    }
    long all = last();
    try {
      disk.sync();
      durable = all;
    } catch (IOException failure) {
      inDoubt = true;
      throw (SQLException) failed(failure.toString()).initCause(failure);
    }
  }

  /** By the writer, between two commits: all that is committed is on the disk. */
  synchronized void settled() {
    durable = last();
    inDoubt = false;
  }

  private static SQLException failed(String why) {
    return new SQLiteException(
        "the log cannot be synced: " + why, SQLiteErrorCode.SQLITE_IOERR_FSYNC);
  }
}
