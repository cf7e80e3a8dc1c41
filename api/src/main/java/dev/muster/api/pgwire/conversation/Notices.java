package dev.muster.api.pgwire.conversation;

import dev.muster.api.error.SqlMessage;
import dev.muster.api.pgwire.frame.BackendMessages;
import dev.muster.api.pgwire.frame.ConnectionLostException;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Sends one statement's notices while it runs, each at once.
 *
 * <p>Any thread may bring one, and never waits for the client: a thread of its own does. Where the
 * client does not read, some are kept for it and the rest are dropped. What comes after the
 * statement's end is dropped too.
 */
final class Notices implements Consumer<SqlMessage> {
  private static final int KEPT = 1000;

  private final Runnable onClientGone;
  private final BackendMessages out;
  private final Queue<SqlMessage> waiting = new ArrayBlockingQueue<>(KEPT);
  private final ReentrantLock sending = new ReentrantLock();
  private boolean ended; // guarded by sending

  /**
   * @param onClientGone runs where a notice finds that there is no client any more
   */
  Notices(BackendMessages out, Runnable onClientGone) {
    this.out = out;
    this.onClientGone = onClientGone;
  }

  @Override
  public void accept(SqlMessage notice) {
    if (waiting.offer(notice)) {
      Thread.startVirtualThread(this::send);
    }
  }

  private void send() {
    sending.lock();
    try {
      SqlMessage notice = ended ? null : waiting.poll();
      if (notice == null) {
        return;
      }
      while (notice != null) {
        out.report(notice);
        notice = waiting.poll();
      }
      out.flush();
    } catch (ConnectionLostException e) {
      waiting.clear();
      onClientGone.run(); // what is asked for is done without it; but nobody waits any more
    } finally {
      sending.unlock();
    }
  }

  /** The statement has ended: what it brought precedes its result. */
  void end() {
    send();
    sending.lock();
    try {
      ended = true;
    } finally {
      sending.unlock();
    }
  }
}
