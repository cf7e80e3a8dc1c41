package dev.muster.api.pgwire.frame;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Collects whole messages and sends them.
 *
 * <p>Messages of two threads (results from the connection's own, notices from any other) never mix:
 * {@link #message} is atomic. What is collected goes out as soon as it exceeds 16 KiB, so that a
 * large result is never held whole, and after a flush nothing is kept: an idle connection has no
 * output buffer. Writing to a client that does not read waits, and only the writer waits.
 */
public final class OutputBuffer {
  private static final int FLUSH_AT_BYTES = 16 * 1024;
  private static final int FIRST_BYTES = 512;
  private static final byte[] NONE = {};

  private final OutputStream out;

  /** Not {@code synchronized}: that would pin a virtual thread's carrier while a write waits. */
  private final ReentrantLock lock = new ReentrantLock();

  private byte[] bytes = NONE;
  private int length;

  public OutputBuffer(OutputStream out) {
    this.out = out;
  }

  /**
   * Adds one message; where {@code content} throws, as if it had not been called.
   *
   * @throws ConnectionLostException where the client is gone
   */
  public void message(char type, Consumer<OutputBuffer> content) {
    lock.lock();
    try {
      int start = length;
      try {
        int8(type);
        int32(0);
        content.accept(this);
        patchInt32(start + 1, length - start - 1);
      } catch (RuntimeException | Error e) {
        length = start;
        throw e;
      }
      if (length >= FLUSH_AT_BYTES) {
        send();
      }
    } finally {
      lock.unlock();
    }
  }

  /** A single byte outside any message: the answer to SSLRequest and GSSENCRequest. */
  public void single(char answer) {
    lock.lock();
    try {
      int8(answer);
      send();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends what has been collected.
   *
   * @throws ConnectionLostException where the client is gone
   */
  public void flush() {
    lock.lock();
    try {
      send();
    } finally {
      lock.unlock();
    }
  }

  private void send() {
    try {
      out.write(bytes, 0, length);
    } catch (IOException e) {
      throw new ConnectionLostException(e);
    } finally {
      length = 0;
      bytes = NONE;
    }
  }

  public OutputBuffer int8(int value) {
    room(1);
    bytes[length++] = (byte) value;
    return this;
  }

  public OutputBuffer int16(int value) {
    room(2);
    bytes[length++] = (byte) (value >> 8);
    bytes[length++] = (byte) value;
    return this;
  }

  public OutputBuffer int32(int value) {
    room(4);
    patchInt32(length, value);
    length += 4;
    return this;
  }

  public OutputBuffer int64(long value) {
    return int32((int) (value >> 32)).int32((int) value);
  }

  public OutputBuffer bytes(byte[] value) {
    room(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
    return this;
  }

  /** Text without an end mark. */
  public OutputBuffer text(String value) {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Text that ends with a NUL; a NUL within it would end it early, and is left out. */
  public OutputBuffer textWithNul(String value) {
    return text(value.indexOf('\0') < 0 ? value : value.replace("\0", "")).int8(0);
  }

  /** A value with its length in bytes before it. */
  public OutputBuffer sized(Consumer<OutputBuffer> content) {
    int start = length;
    int32(0);
    content.accept(this);
    patchInt32(start, length - start - 4);
    return this;
  }

  private void patchInt32(int at, int value) {
    bytes[at] = (byte) (value >> 24);
    bytes[at + 1] = (byte) (value >> 16);
    bytes[at + 2] = (byte) (value >> 8);
    bytes[at + 3] = (byte) value;
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      int doubled = Math.max(bytes.length * 2, FIRST_BYTES);
      bytes = Arrays.copyOf(bytes, Math.max(doubled, Math.addExact(length, more)));
    }
  }
}
