package dev.muster.api.pgwire.frame;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts a client's bytes into frames.
 *
 * <pre>
 *   start-up packet:   length (4 bytes, with itself)  content
 *   any other message: type (1 byte)  length (4 bytes, with itself)  content
 * </pre>
 *
 * <p>The buffer is small while the connection idles and grows only as bytes arrive: a length that
 * is only announced costs nothing. The type is checked before the length is believed.
 */
public final class FrameReader {
  /** The longest start-up packet, in bytes, as in PostgreSQL. */
  public static final int STARTUP_MAX_BYTES = 10_000;

  /** The longest message of a type that has no reason to be long, in bytes, as in PostgreSQL. */
  public static final int SMALL_MESSAGE_MAX_BYTES = 10_000;

  private static final int IDLE_BUFFER_BYTES = 512;
  private static final int KEPT_BUFFER_BYTES = 4096;
  private static final int READ_AT_MOST_BYTES = 64 * 1024;

  private final InputStream in;
  private final int maxMessageBytes;
  private byte[] buffer = new byte[IDLE_BUFFER_BYTES];
  private int start;
  private int end;

  /**
   * @param maxMessageBytes the longest message accepted, in bytes, its length field included
   */
  public FrameReader(InputStream in, int maxMessageBytes) {
    this.in = in;
    this.maxMessageBytes = maxMessageBytes;
  }

  /**
   * Waits for the start-up packet.
   *
   * @return empty where the client went without a byte
   */
  public Optional<Frame> nextStartup() throws IOException {
    if (!fill(4)) {
      return Optional.empty();
    }
    int length = lengthAt(start);
    if (length < 8 || length > STARTUP_MAX_BYTES) {
      throw new ProtocolViolationException("invalid length of startup packet");
    }
    return Optional.of(take(Frame.STARTUP, 0, length));
  }

  /**
   * Waits for a message.
   *
   * @return empty where the client went between two messages
   */
  public Optional<Frame> next() throws IOException {
    if (!fill(5)) {
      return Optional.empty();
    }
    char type = (char) (buffer[start] & 0xff);
    int limit = maxBytes(type);
    int length = lengthAt(start + 1);
    if (length < 4) {
      throw new ProtocolViolationException("invalid message length");
    }
    if (length > limit) {
      throw new ProtocolViolationException(
          "message of %d bytes is longer than the %d bytes allowed".formatted(length, limit));
    }
    return Optional.of(take(type, 1, length));
  }

  private int maxBytes(char type) {
    return switch (type) {
      case 'Q', 'P', 'B', 'F', 'd' -> maxMessageBytes;
      case 'C', 'D', 'E', 'H', 'S', 'X', 'c', 'f', 'p' ->
          Math.min(SMALL_MESSAGE_MAX_BYTES, maxMessageBytes);
      default ->
          throw new ProtocolViolationException("invalid frontend message type " + (int) type);
    };
  }

  private int lengthAt(int at) {
    return (buffer[at] & 0xff) << 24
        | (buffer[at + 1] & 0xff) << 16
        | (buffer[at + 2] & 0xff) << 8
        | buffer[at + 3] & 0xff;
  }

  private Frame take(char type, int typeBytes, int length) throws IOException {
    int whole = typeBytes + length;
    fill(whole);
    Frame frame = new Frame(type, buffer, start + typeBytes + 4, start + whole);
    start += whole;
    return frame;
  }

  /** False where the bytes end before the first; ends in their midst are an error. */
  private boolean fill(int wanted) throws IOException {
    if (start == end) {
      start = 0;
      end = 0;
      if (buffer.length > KEPT_BUFFER_BYTES) {
        buffer = new byte[IDLE_BUFFER_BYTES];
      }
    }
    while (end - start < wanted) {
      makeRoom(wanted);
      int read = in.read(buffer, end, Math.min(buffer.length - end, READ_AT_MOST_BYTES));
      if (read < 0) {
        if (end > start) {
          throw new ProtocolViolationException("unexpected end of the client's message");
        }
        return false;
      }
      end += read;
    }
    return true;
  }

  private void makeRoom(int wanted) {
    if (start > 0 && start + wanted > buffer.length) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
    }
    if (end == buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.min(buffer.length * 2, Math.max(wanted, 1024)));
    }
  }
}
