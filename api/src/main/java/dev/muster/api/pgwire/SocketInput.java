package dev.muster.api.pgwire;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** A socket's bytes, up to a deadline that dribbling single bytes does not move. */
final class SocketInput extends InputStream {
  private final Socket socket;
  private final InputStream in;
  private boolean limited;
  private long deadlineNanos;

  SocketInput(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  /** Reads that are not over by then fail with {@link SocketTimeoutException}. */
  void limit(Duration timeout) {
    limited = true;
    deadlineNanos = System.nanoTime() + timeout.toNanos();
  }

  /** From now on, a read may wait for ever. */
  void unlimit() throws IOException {
    limited = false;
    socket.setSoTimeout(0);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (limited) {
      long leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
      if (leftMillis < 1) {
        throw new SocketTimeoutException();
      }
      socket.setSoTimeout((int) Math.min(leftMillis, Integer.MAX_VALUE));
    }
    return in.read(bytes, offset, length);
  }
}
