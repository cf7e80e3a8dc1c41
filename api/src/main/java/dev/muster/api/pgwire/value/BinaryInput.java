package dev.muster.api.pgwire.value;

import dev.muster.api.pgwire.frame.Utf8;
import dev.muster.api.type.SqlInterval;
import dev.muster.api.type.SqlType;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Values from PostgreSQL's binary format, as its {@code typreceive} functions read it. */
public final class BinaryInput {
  private static final long MICROSECONDS_PER_DAY = 86_400_000_000L;

  private BinaryInput() {}

  /**
   * Reads a value that fills {@code bytes}.
   *
   * @return as {@link SqlType#javaType} says
   * @throws dev.muster.api.error.SqlException 22P03 where the bytes are no such value, 42883 where
   *     the type has no binary format
   */
  public static Object read(SqlType type, byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      Object value = read(type, in);
      if (in.hasRemaining()) {
        throw ValueErrors.invalidBinary(type);
      }
      return value;
    } catch (BufferUnderflowException e) {
      throw ValueErrors.invalidBinary(type);
    }
  }

  private static Object read(SqlType type, ByteBuffer in) {
    return switch (type) {
      case BOOL -> in.get() != 0;
      case BYTEA -> rest(in);
      case INT2 -> in.getShort();
      case INT4 -> in.getInt();
      case INT8 -> in.getLong();
      case OID -> in.getInt() & 0xffff_ffffL;
      case FLOAT4 -> in.getFloat();
      case FLOAT8 -> in.getDouble();
      case NUMERIC -> BinaryNumeric.read(in);
      case DATE -> date(in.getInt());
      case TIME -> time(in.getLong());
      case TIMESTAMP -> timestamp(in.getLong());
      case TIMESTAMPTZ -> instant(in.getLong());
      case INTERVAL -> {
        long microseconds = in.getLong();
        int days = in.getInt();
        yield new SqlInterval(in.getInt(), days, microseconds);
      }
      case UUID -> new UUID(in.getLong(), in.getLong());
      case JSONB -> {
        if (in.get() != BinaryOutput.JSONB_VERSION) {
          throw ValueErrors.invalidBinary(type);
        }
        yield text(in);
      }
      case CHAR, NAME, TEXT, JSON, UNKNOWN, BPCHAR, VARCHAR -> text(in);
      case REGPROC, REGCLASS, REGTYPE, ACLITEM -> throw ValueErrors.noBinaryInput(type);
      case BOOL_ARRAY,
          INT2_ARRAY,
          INT4_ARRAY,
          TEXT_ARRAY,
          VARCHAR_ARRAY,
          INT8_ARRAY,
          NAME_ARRAY,
          OID_ARRAY,
          FLOAT8_ARRAY,
          ACLITEM_ARRAY ->
          array(type, in);
    };
  }

  /** One dimension or none. */
  private static List<Object> array(SqlType type, ByteBuffer in) {
    SqlType element = type.element().orElseThrow();
    int dimensions = in.getInt();
    in.getInt(); // whether there are NULLs: seen below
    if (in.getInt() != element.oid() || dimensions < 0 || dimensions > 1) {
      throw ValueErrors.invalidBinary(type);
    }
    List<Object> values = new ArrayList<>();
    if (dimensions == 0) {
      return values;
    }
    int count = in.getInt();
    in.getInt(); // the index of the first, which we do not keep
    for (int i = 0; i < count; i++) {
      int length = in.getInt();
      if (length < -1 || length > in.remaining()) {
        throw ValueErrors.invalidBinary(type);
      }
      values.add(length == -1 ? null : read(element, bytes(in, length)));
    }
    return values;
  }

  private static byte[] rest(ByteBuffer in) {
    return bytes(in, in.remaining());
  }

  private static byte[] bytes(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = rest(in);
    return Utf8.decode(bytes, 0, bytes.length);
  }

  private static LocalDate date(int days) {
    return switch (days) {
      case Integer.MAX_VALUE -> LocalDate.MAX;
      case Integer.MIN_VALUE -> LocalDate.MIN;
      default -> BinaryOutput.EPOCH_DATE.plusDays(days);
    };
  }

  private static LocalTime time(long microseconds) {
    if (microseconds < 0 || microseconds > MICROSECONDS_PER_DAY) {
      throw ValueErrors.invalidBinary(SqlType.TIME);
    }
    return LocalTime.ofNanoOfDay(Math.min(microseconds * 1000, LocalTime.MAX.toNanoOfDay()));
  }

  private static LocalDateTime timestamp(long microseconds) {
    if (microseconds == Long.MAX_VALUE) {
      return LocalDateTime.MAX;
    }
    return microseconds == Long.MIN_VALUE
        ? LocalDateTime.MIN
        : BinaryOutput.EPOCH.plus(microseconds, ChronoUnit.MICROS);
  }

  private static Instant instant(long microseconds) {
    if (microseconds == Long.MAX_VALUE) {
      return Instant.MAX;
    }
    return microseconds == Long.MIN_VALUE
        ? Instant.MIN
        : timestamp(microseconds).toInstant(ZoneOffset.UTC);
  }
}
