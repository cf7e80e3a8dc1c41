package dev.muster.journal.codec;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.Recorded;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Cuts the envelope of a recorded event open without parsing it: Muster writes {@code
 * {"at":..,"by":{..},"event":{..}}}, always in this order, and most events of a journal have few
 * authors. What is not exactly of this form is left to the parser, which says what is wrong with
 * it. Safe for use by many threads.
 */
final class Envelopes {
  private static final byte[] AT = bytes("{\"at\":");
  private static final byte[] BY = bytes(",\"by\":{");
  private static final byte[] EVENT = bytes(",\"event\":{");

  /** A number of so many digits is a long, or has become negative. */
  private static final int DIGITS = 19;

  /** Authors that are remembered, by the hash of their bytes; a power of two. */
  private static final int KNOWN = 256;

  private static final ObjectReader ORIGIN = Json.MAPPER.readerFor(Origin.class);

  private final AtomicReferenceArray<Author> known = new AtomicReferenceArray<>(KNOWN);

  private record Author(byte[] bytes, Origin origin) {}

  private static byte[] bytes(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }

  /**
   * Reads an envelope.
   *
   * @param event reads what is in it
   * @return empty where it must be parsed as a whole
   */
  Optional<Recorded<?>> read(byte[] bytes, ObjectReader event) {
    int digits = AT.length;
    if (!isAt(bytes, 0, AT) || bytes[bytes.length - 1] != '}') {
      return Optional.empty();
    }
    int end = digits;
    long at = 0;
    while (end < bytes.length && bytes[end] >= '0' && bytes[end] <= '9' && end < digits + DIGITS) {
      at = at * 10 + bytes[end++] - '0';
    }
    if (end == digits || at < 0 || bytes[digits] == '0' || !isAt(bytes, end, BY)) {
      return Optional.empty();
    }
    int by = end + BY.length - 1;
    int after = find(bytes, by, EVENT);
    return after < 0 ? Optional.empty() : read(bytes, new HybridTime(at), by, after, event);
  }

  private Optional<Recorded<?>> read(
      byte[] bytes, HybridTime at, int by, int after, ObjectReader event) {
    try {
      Origin origin = origin(bytes, by, after);
      int begin = after + EVENT.length - 1;
      Object inside = event.readValue(bytes, begin, bytes.length - 1 - begin);
      return inside == null ? Optional.empty() : Optional.of(new Recorded<>(at, origin, inside));
    } catch (IOException | RuntimeException strange) {
      return Optional.empty();
    }
  }

  private Origin origin(byte[] bytes, int from, int to) throws IOException {
    int hash = 1;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + bytes[i];
    }
    int slot = (hash ^ hash >>> 16) & KNOWN - 1;
    Author author = known.get(slot);
    if (author == null
        || !Arrays.equals(author.bytes(), 0, author.bytes().length, bytes, from, to)) {
      author =
          new Author(Arrays.copyOfRange(bytes, from, to), ORIGIN.readValue(bytes, from, to - from));
      known.set(slot, author);
    }
    return author.origin();
  }

  private static boolean isAt(byte[] bytes, int offset, byte[] text) {
    return offset + text.length <= bytes.length
        && Arrays.equals(bytes, offset, offset + text.length, text, 0, text.length);
  }

  /** In a text of JSON it cannot stand: its quotes would be escaped. */
  private static int find(byte[] bytes, int from, byte[] text) {
    for (int i = from; i + text.length <= bytes.length; i++) {
      if (bytes[i] == ',' && bytes[i + 1] == '"' && isAt(bytes, i, text)) {
        return i;
      }
    }
    return -1;
  }
}
