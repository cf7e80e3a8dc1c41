package dev.muster.api.catalog.engine;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The rows of a result until they are handed out. Gives the memory back with the last row, or when
 * closed before that.
 */
final class HeldRows implements Iterator<List<Object>>, AutoCloseable {
  private final ArrayDeque<List<Object>> rows;
  private final ResultMemory.Share share;

  HeldRows(ArrayDeque<List<Object>> rows, ResultMemory.Share share) {
    this.rows = rows;
    this.share = share;
    releaseIfDone();
  }

  @Override
  public boolean hasNext() {
    return !rows.isEmpty();
  }

  @Override
  public List<Object> next() {
    List<Object> row = rows.poll();
    if (row == null) {
      throw new NoSuchElementException();
    }
    releaseIfDone();
    return row;
  }

  private void releaseIfDone() {
    if (rows.isEmpty()) {
      share.release();
    }
  }

  @Override
  public void close() {
    rows.clear();
    share.release();
  }
}
