package dev.muster.api.pgwire.frame;

import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;

/**
 * The formats of a row of values as Bind gives them: none means all text, one is for all, otherwise
 * one each.
 */
public final class Formats {
  /** Every value as text. */
  public static final Formats TEXT = new Formats(new boolean[0]);

  private final boolean[] binary;

  private Formats(boolean[] binary) {
    this.binary = binary;
  }

  static Formats read(Frame frame) {
    int count = frame.count16();
    if (count == 0) {
      return TEXT;
    }
    if (frame.remaining() < 2 * count) { // before memory is taken for what was only announced
      throw new SqlException(SqlMessage.error("08P01", "insufficient data left in message"));
    }
    boolean[] binary = new boolean[count];
    for (int i = 0; i < count; i++) {
      short code = frame.int16();
      if (code != 0 && code != 1) {
        throw new SqlException(SqlMessage.error("22023", "unsupported format code: " + code));
      }
      binary[i] = code == 1;
    }
    return new Formats(binary);
  }

  public boolean binary(int index) {
    return binary.length == 1 ? binary[0] : binary.length > 1 && binary[index];
  }

  /** The format's code on the wire. */
  public int code(int index) {
    return binary(index) ? 1 : 0;
  }

  /** How many were given. */
  public int size() {
    return binary.length;
  }

  /** Whether they can be for so many values. */
  public boolean fit(int values) {
    return binary.length <= 1 || binary.length == values;
  }
}
