package dev.muster.api.pgwire.value;

import dev.muster.api.pgwire.frame.OutputBuffer;
import dev.muster.api.type.SqlInterval;
import dev.muster.api.type.SqlType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** Values in PostgreSQL's binary format, as its {@code typsend} functions write it. */
public final class BinaryOutput {
  static final LocalDate EPOCH_DATE = LocalDate.of(2000, 1, 1);
  static final LocalDateTime EPOCH = EPOCH_DATE.atStartOfDay();
  static final byte JSONB_VERSION = 1;

  private BinaryOutput() {}

  /**
   * Writes a value without its length.
   *
   * @param value as {@link SqlType#javaType} says; not null
   * @throws dev.muster.api.error.SqlException 42883 where the type has no binary format
   */
  public static void write(SqlType type, Object value, OutputBuffer out) {
    switch (type) {
      case BOOL -> out.int8((Boolean) value ? 1 : 0);
      case BYTEA -> out.bytes((byte[]) value);
      case INT2 -> out.int16(((Number) value).intValue());
      case INT4, OID -> out.int32(((Number) value).intValue());
      case INT8 -> out.int64(((Number) value).longValue());
      case FLOAT4 -> out.int32(Float.floatToIntBits(((Number) value).floatValue()));
      case FLOAT8 -> out.int64(Double.doubleToLongBits(((Number) value).doubleValue()));
      case NUMERIC -> BinaryNumeric.write((BigDecimal) value, out);
      case DATE -> out.int32(days((LocalDate) value));
      case TIME -> out.int64(((LocalTime) value).toNanoOfDay() / 1000);
      case TIMESTAMP -> out.int64(microseconds((LocalDateTime) value));
      case TIMESTAMPTZ -> out.int64(microseconds((Instant) value));
      case INTERVAL -> {
        SqlInterval interval = (SqlInterval) value;
        out.int64(interval.microseconds()).int32(interval.days()).int32(interval.months());
      }
      case UUID -> {
        UUID uuid = (UUID) value;
        out.int64(uuid.getMostSignificantBits()).int64(uuid.getLeastSignificantBits());
      }
      case JSONB -> out.int8(JSONB_VERSION).text((String) value);
      case CHAR, NAME, TEXT, JSON, UNKNOWN, BPCHAR, VARCHAR -> out.text((String) value);
      case REGPROC, REGCLASS, REGTYPE, ACLITEM -> throw ValueErrors.noBinaryOutput(type);
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
          array(type.element().orElseThrow(), (List<?>) value, out);
    }
  }

  /** One dimension, counted from 1. */
  private static void array(SqlType element, List<?> values, OutputBuffer out) {
    out.int32(values.isEmpty() ? 0 : 1);
    out.int32(values.stream().anyMatch(Objects::isNull) ? 1 : 0);
    out.int32(element.oid());
    if (values.isEmpty()) {
      return;
    }
    out.int32(values.size()).int32(1);
    for (Object value : values) {
      if (value == null) {
        out.int32(-1);
      } else {
        out.sized(sized -> write(element, value, sized));
      }
    }
  }

  private static int days(LocalDate date) {
    if (date.equals(LocalDate.MAX)) {
      return Integer.MAX_VALUE;
    }
    return date.equals(LocalDate.MIN)
        ? Integer.MIN_VALUE
        : Math.toIntExact(ChronoUnit.DAYS.between(EPOCH_DATE, date));
  }

  private static long microseconds(LocalDateTime timestamp) {
    if (timestamp.equals(LocalDateTime.MAX)) {
      return Long.MAX_VALUE;
    }
    return timestamp.equals(LocalDateTime.MIN)
        ? Long.MIN_VALUE
        : ChronoUnit.MICROS.between(EPOCH, timestamp);
  }

  private static long microseconds(Instant instant) {
    if (instant.equals(Instant.MAX)) {
      return Long.MAX_VALUE;
    }
    return instant.equals(Instant.MIN)
        ? Long.MIN_VALUE
        : ChronoUnit.MICROS.between(EPOCH.toInstant(ZoneOffset.UTC), instant);
  }
}
