package dev.muster.api.catalog.engine;

import dev.muster.api.type.SqlInterval;
import dev.muster.api.type.SqlType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;

/** Turns the engine's values into those that {@link SqlType#javaType} says. */
final class Values {
  private Values() {}

  static Object toJava(Object value, SqlType type) throws SQLException {
    if (value == null) {
      return null;
    }
    if (type.element().isPresent()) {
      return list(value, type.element().get());
    }
    return switch (type) {
      case BOOL -> value instanceof Boolean flag ? flag : Boolean.valueOf(value.toString());
      case INT2 -> (short) number(value).intValue();
      case INT4 -> number(value).intValue();
      case INT8, OID -> number(value).longValue();
      case FLOAT4 -> number(value).floatValue();
      case FLOAT8 -> number(value).doubleValue();
      case NUMERIC -> decimal(value);
      case BYTEA -> bytes(value);
      case DATE -> value instanceof LocalDate date ? date : LocalDate.parse(value.toString());
      case TIME -> value instanceof LocalTime time ? time : LocalTime.parse(value.toString());
      case TIMESTAMP -> timestamp(value);
      case TIMESTAMPTZ -> instant(value);
      case INTERVAL -> interval(value.toString());
      case UUID -> value instanceof UUID uuid ? uuid : UUID.fromString(value.toString());
      default -> text(value);
    };
  }

  private static List<Object> list(Object value, SqlType element) throws SQLException {
    List<Object> result = new ArrayList<>();
    if (value instanceof Array array) {
      for (Object item : (Object[]) array.getArray()) {
        result.add(toJava(item, element));
      }
      return result;
    }
    result.add(toJava(value, element));
    return result;
  }

  private static Number number(Object value) {
    return switch (value) {
      case Number number -> number;
      case Boolean flag -> flag ? 1 : 0;
      default -> new BigDecimal(value.toString());
    };
  }

  /** Without the zeros that the engine's fixed scale adds. */
  private static BigDecimal decimal(Object value) {
    BigDecimal exact =
        switch (value) {
          case BigDecimal decimal -> decimal;
          case BigInteger integer -> new BigDecimal(integer);
          default -> new BigDecimal(value.toString());
        };
    BigDecimal stripped = exact.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  private static byte[] bytes(Object value) throws SQLException {
    return switch (value) {
      case byte[] bytes -> bytes;
      case Blob blob -> blob.getBytes(1, (int) blob.length());
      default -> value.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    };
  }

  private static LocalDateTime timestamp(Object value) {
    return switch (value) {
      case java.sql.Timestamp timestamp -> timestamp.toLocalDateTime();
      case LocalDateTime local -> local;
      case OffsetDateTime offset -> offset.toLocalDateTime();
      case LocalDate date -> date.atStartOfDay();
      default -> LocalDateTime.parse(value.toString());
    };
  }

  private static Instant instant(Object value) {
    return switch (value) {
      case OffsetDateTime offset -> offset.toInstant();
      case java.sql.Timestamp timestamp -> timestamp.toInstant();
      case Instant instant -> instant;
      default -> Instant.parse(value.toString());
    };
  }

  private static String text(Object value) throws SQLException {
    if (value instanceof Array array) {
      List<String> items = new ArrayList<>();
      for (Object item : (Object[]) array.getArray()) {
        items.add(item == null ? "NULL" : text(item));
      }
      return "{" + String.join(",", items) + "}";
    }
    if (value instanceof Boolean flag) {
      return flag ? "t" : "f";
    }
    return value.toString();
  }

  /** The engine writes {@code 1 year 2 months 3 days 04:05:06.789}, each part only if not zero. */
  static SqlInterval interval(String text) {
    int months = 0;
    int days = 0;
    long micros = 0;
    Iterator<String> words = List.of(text.strip().split(" ")).iterator();
    while (words.hasNext()) {
      String word = words.next();
      if (word.indexOf(':') >= 0) {
        micros = clock(word);
        continue;
      }
      int amount = Integer.parseInt(word);
      switch (words.next()) {
        case "year", "years" -> months += 12 * amount;
        case "month", "months" -> months += amount;
        case "day", "days" -> days += amount;
        default -> throw new IllegalArgumentException("not an interval: " + text);
      }
    }
    return new SqlInterval(months, days, micros);
  }

  private static long clock(String text) {
    boolean negative = text.startsWith("-");
    String[] parts = (negative ? text.substring(1) : text).split(":");
    long micros =
        (Long.parseLong(parts[0]) * 3600 + Long.parseLong(parts[1]) * 60) * 1_000_000
            + new BigDecimal(parts[2]).movePointRight(6).longValue();
    return negative ? -micros : micros;
  }
}
