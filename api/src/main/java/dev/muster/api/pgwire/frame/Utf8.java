package dev.muster.api.pgwire.frame;

import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Strict UTF-8: what PostgreSQL refuses, we refuse with its SQLSTATE, 22021. */
public final class Utf8 {
  private static final char REPLACEMENT = '\uFFFD';

  private Utf8() {}

  /**
   * Decodes text.
   *
   * @throws SqlException 22021 where the bytes are not UTF-8, or hold a NUL
   */
  public static String decode(byte[] bytes, int offset, int length) {
    String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
    if (text.indexOf('\0') >= 0) {
      throw invalid("0x00");
    }
    if (text.indexOf(REPLACEMENT) >= 0) { // either in the text itself, or put there for bad bytes
      checkStrictly(bytes, offset, length);
    }
    return text;
  }

  private static void checkStrictly(byte[] bytes, int offset, int length) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes, offset, length);
    CoderResult result = decoder.decode(in, CharBuffer.allocate(length), true);
    if (result.isError()) {
      StringBuilder sequence = new StringBuilder();
      for (int i = 0; i < result.length(); i++) {
        sequence.append(i == 0 ? "" : " ").append(String.format("0x%02x", in.get()));
      }
      throw invalid(sequence.toString());
    }
  }

  private static SqlException invalid(String sequence) {
    return new SqlException(
        SqlMessage.error("22021", "invalid byte sequence for encoding \"UTF8\": " + sequence));
  }
}
