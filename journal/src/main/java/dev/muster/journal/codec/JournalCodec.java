package dev.muster.journal.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Turns a {@code Recorded} event, a {@link ClusterState} or an {@link EnvironmentState} into bytes
 * and back. Safe for use by many threads.
 */
public final class JournalCodec {
  /** The one that knows every event and snapshot of this Muster. */
  public static final JournalCodec STANDARD =
      new JournalCodec(
          Stream.of(ClusterEventTypes.TABLE, EnvironmentEventTypes.TABLE)
              .flatMap(List::stream)
              .toList(),
          SnapshotTypes.TABLE);

  private final Map<Class<?>, Format> byJavaType = new HashMap<>();
  private final Map<String, Format> byId = new HashMap<>();

  /** By the whole manifest, of the current versions: nearly all that is ever read. */
  private final Map<String, Format> current = new HashMap<>();

  private final Envelopes envelopes = new Envelopes();

  /**
   * @param events journaled in the envelope of {@link Recorded}
   * @param snapshots journaled as they are
   */
  public JournalCodec(List<WireType> events, List<WireType> snapshots) {
    events.forEach(
        type ->
            add(
                type,
                Json.MAPPER
                    .getTypeFactory()
                    .constructParametricType(Recorded.class, type.javaType()),
                true));
    snapshots.forEach(
        type -> add(type, Json.MAPPER.getTypeFactory().constructType(type.javaType()), false));
  }

  /** Bytes, and what must stand beside them to read them again. */
  public record Encoded(Manifest manifest, byte[] bytes) {}

  /** The manifest that {@link #encode} would give. */
  public Manifest manifest(Object value) {
    return formatOf(value).type().manifest();
  }

  /**
   * @throws IllegalArgumentException for what is neither a recorded event nor a snapshot
   */
  public Encoded encode(Object value) {
    Format format = formatOf(value);
    try {
      return new Encoded(format.type().manifest(), format.writer().writeValueAsBytes(value));
    } catch (JsonProcessingException impossible) {
      throw new IllegalArgumentException("cannot be journaled: " + value, impossible);
    }
  }

  /**
   * @throws NewerFormatException where a newer Muster wrote it
   * @throws DamagedRecordException where the bytes are no such record
   */
  public Object decode(String manifestText, byte[] bytes) {
    Format format = current.get(manifestText);
    if (format == null) {
      return decodeOther(manifestText, bytes);
    }
    Optional<Recorded<?>> quickly =
        format.enveloped() ? envelopes.read(bytes, format.inner()) : Optional.empty();
    return quickly.isPresent()
        ? quickly.get()
        : read(manifestText, () -> format.reader().readValue(bytes));
  }

  /** Of an older version, of a newer one, or none of ours. */
  private Object decodeOther(String manifestText, byte[] bytes) {
    Manifest manifest =
        Manifest.parse(manifestText)
            .orElseThrow(
                () ->
                    new DamagedRecordException(manifestText, "its type is not a Muster one", null));
    Format format = byId.get(manifest.type());
    if (format == null) {
      throw new NewerFormatException("an event", manifest, "this one does not know the type");
    }
    int known = format.type().version();
    if (manifest.version() > known) {
      throw new NewerFormatException(
          format.enveloped() ? "an event" : "a snapshot",
          manifest,
          "this one knows version " + known);
    }
    return read(manifestText, () -> upcast(format, manifest, bytes));
  }

  private interface Reading {
    Object read() throws IOException;
  }

  private static Object read(String manifestText, Reading reading) {
    try {
      Object value = reading.read();
      if (value == null) {
        throw new DamagedRecordException(manifestText, "it is null", null);
      }
      return value;
    } catch (JournalFormatException refused) {
      throw refused;
    } catch (IOException | RuntimeException damage) {
      throw new DamagedRecordException(manifestText, Damage.describe(damage), damage);
    }
  }

  /** What a record is that no Muster wrote. */
  public static JournalFormatException foreign(String manifest) {
    return new DamagedRecordException(manifest, "it is none of Muster's", null);
  }

  private static Object upcast(Format format, Manifest manifest, byte[] bytes) throws IOException {
    if (!(Json.MAPPER.readTree(bytes) instanceof ObjectNode root)) {
      throw new DamagedRecordException(manifest.toString(), "it is not a JSON object", null);
    }
    if (!format.enveloped()) {
      return format.reader().readValue(format.type().upcast(manifest.version(), root));
    }
    JsonNode event = root.get("event");
    if (!(event instanceof ObjectNode old)) {
      throw new DamagedRecordException(manifest.toString(), "it has no event", null);
    }
    root.set("event", format.type().upcast(manifest.version(), old));
    return format.reader().readValue(root);
  }

  private Format formatOf(Object value) {
    Class<?> key =
        switch (value) {
          case Recorded<?> recorded -> recorded.event().getClass();
          case ClusterState ignored -> ClusterState.class;
          default -> value.getClass();
        };
    Format format = byJavaType.get(key);
    if (format == null || format.enveloped() != value instanceof Recorded) {
      throw new IllegalArgumentException("not a recorded event and not a snapshot: " + value);
    }
    return format;
  }

  private void add(WireType type, JavaType json, boolean enveloped) {
    Format format =
        new Format(
            type,
            enveloped,
            Json.MAPPER.writerFor(json),
            Json.MAPPER.readerFor(json),
            Json.MAPPER.readerFor(type.javaType()));
    current.put(type.manifest().toString(), format);
    if (byJavaType.put(type.javaType(), format) != null || byId.put(type.id(), format) != null) {
      throw new IllegalArgumentException("registered twice: " + type);
    }
  }

  /**
   * How a type is written and read.
   *
   * @param inner reads what is in the envelope, where there is one
   */
  private record Format(
      WireType type,
      boolean enveloped,
      ObjectWriter writer,
      ObjectReader reader,
      ObjectReader inner) {}
}
