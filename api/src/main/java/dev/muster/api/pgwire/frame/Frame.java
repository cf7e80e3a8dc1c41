package dev.muster.api.pgwire.frame;

import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;

/**
 * A message's bytes, read from first to last. It looks into its reader's buffer and is good until
 * the next message is read; what it hands out is copied.
 *
 * <p>Reading past the end gives SQLSTATE 08P01: the content does not fit the frame.
 */
public final class Frame {
  /** The type of a start-up packet, which alone has none. */
  public static final char STARTUP = 0;

  private final char type;
  private final byte[] bytes;
  private final int end;
  private int at;

  Frame(char type, byte[] bytes, int start, int end) {
    this.type = type;
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  public char type() {
    return type;
  }

  /** How many bytes are left to read. */
  public int remaining() {
    return end - at;
  }

  public byte int8() {
    need(1);
    return bytes[at++];
  }

  public short int16() {
    need(2);
    return (short) (bytes[at++] << 8 | bytes[at++] & 0xff);
  }

  /** A count of things: two bytes, unsigned. */
  public int count16() {
    return int16() & 0xffff;
  }

  public int int32() {
    need(4);
    return (bytes[at++] & 0xff) << 24
        | (bytes[at++] & 0xff) << 16
        | (bytes[at++] & 0xff) << 8
        | bytes[at++] & 0xff;
  }

  public byte[] bytes(int length) {
    need(length);
    byte[] copy = java.util.Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return copy;
  }

  /** A text that ends with a NUL. */
  public String text() {
    int nul = at;
    while (nul < end && bytes[nul] != 0) {
      nul++;
    }
    if (nul == end) {
      throw malformed("invalid string in message");
    }
    String text = Utf8.decode(bytes, at, nul - at);
    at = nul + 1;
    return text;
  }

  /** Everything must have been read. */
  public void finish() {
    if (at != end) {
      throw malformed("invalid message format");
    }
  }

  private void need(int length) {
    if (length < 0 || length > end - at) {
      throw malformed("insufficient data left in message");
    }
  }

  private static SqlException malformed(String message) {
    return new SqlException(SqlMessage.error("08P01", message));
  }
}
