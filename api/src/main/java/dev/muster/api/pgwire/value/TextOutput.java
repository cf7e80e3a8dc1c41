package dev.muster.api.pgwire.value;

import dev.muster.api.type.SqlInterval;
import dev.muster.api.type.SqlType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;

/** Values as text, as PostgreSQL prints them. */
public final class TextOutput {
  private TextOutput() {}

  /**
   * @param value as {@link SqlType#javaType} says; not null
   * @param zone the session's time zone, for {@code timestamptz}
   */
  public static String format(SqlType type, Object value, ZoneId zone) {
    return switch (type) {
      case BOOL -> (Boolean) value ? "t" : "f";
      case BYTEA -> "\\x" + HexFormat.of().formatHex((byte[]) value);
      case FLOAT4 -> FloatText.format(((Number) value).floatValue());
      case FLOAT8 -> FloatText.format(((Number) value).doubleValue());
      case NUMERIC ->
          value instanceof BigDecimal number ? number.toPlainString() : value.toString();
      case DATE -> TimeText.date((LocalDate) value);
      case TIME -> TimeText.time((LocalTime) value);
      case TIMESTAMP -> TimeText.timestamp((LocalDateTime) value);
      case TIMESTAMPTZ -> TimeText.timestampWithZone((Instant) value, zone);
      case INTERVAL -> IntervalText.format((SqlInterval) value);
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
          ArrayText.format(
              (List<?>) value, element -> format(type.element().orElseThrow(), element, zone));
      case CHAR,
          NAME,
          INT8,
          INT2,
          INT4,
          REGPROC,
          TEXT,
          OID,
          JSON,
          UNKNOWN,
          BPCHAR,
          VARCHAR,
          REGCLASS,
          REGTYPE,
          UUID,
          JSONB,
          ACLITEM ->
          value.toString();
    };
  }
}
