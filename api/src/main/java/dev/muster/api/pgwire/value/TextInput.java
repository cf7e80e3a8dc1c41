package dev.muster.api.pgwire.value;

import dev.muster.api.type.SqlType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** Values from the text that PostgreSQL takes for them. */
public final class TextInput {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,5})?");
  private static final Pattern UUID_TEXT =
      Pattern.compile("\\p{XDigit}{8}(-?\\p{XDigit}{4}){3}-?\\p{XDigit}{12}");
  private static final BigInteger OID_MAX = BigInteger.valueOf(0xffff_ffffL);
  private static final Map<String, Boolean> BOOLEANS =
      Map.ofEntries(
          Map.entry("t", true),
          Map.entry("tr", true),
          Map.entry("tru", true),
          Map.entry("true", true),
          Map.entry("y", true),
          Map.entry("ye", true),
          Map.entry("yes", true),
          Map.entry("on", true),
          Map.entry("1", true),
          Map.entry("f", false),
          Map.entry("fa", false),
          Map.entry("fal", false),
          Map.entry("fals", false),
          Map.entry("false", false),
          Map.entry("n", false),
          Map.entry("no", false),
          Map.entry("of", false),
          Map.entry("off", false),
          Map.entry("0", false));

  private TextInput() {}

  /**
   * Reads a value.
   *
   * @param zone the session's time zone, for a {@code timestamptz} that names none
   * @return as {@link SqlType#javaType} says
   * @throws dev.muster.api.error.SqlException 22P02, 22003, 22007 or 22008 where the text is no
   *     such value
   */
  public static Object parse(SqlType type, String text, ZoneId zone) {
    return switch (type) {
      case BOOL -> bool(text);
      case BYTEA -> bytea(text);
      case INT2 -> integer(type, text, Short.MIN_VALUE, Short.MAX_VALUE).shortValue();
      case INT4 -> integer(type, text, Integer.MIN_VALUE, Integer.MAX_VALUE).intValue();
      case INT8 -> integer(type, text, Long.MIN_VALUE, Long.MAX_VALUE).longValue();
      case OID -> oid(text);
      case FLOAT4 -> float4(text);
      case FLOAT8 -> float8(text);
      case NUMERIC -> numeric(text);
      case DATE -> TimeInput.date(text);
      case TIME -> TimeInput.time(text);
      case TIMESTAMP -> TimeInput.timestamp(text);
      case TIMESTAMPTZ -> TimeInput.timestampWithZone(text, zone);
      case INTERVAL -> IntervalInput.parse(text);
      case UUID -> uuid(text);
      case CHAR,
          NAME,
          REGPROC,
          TEXT,
          JSON,
          UNKNOWN,
          BPCHAR,
          VARCHAR,
          REGCLASS,
          REGTYPE,
          JSONB,
          ACLITEM ->
          text;
      case BOOL_ARRAY,
          INT2_ARRAY,
          INT4_ARRAY,
          TEXT_ARRAY,
          VARCHAR_ARRAY,
          INT8_ARRAY,
          NAME_ARRAY,
          OID_ARRAY,
          FLOAT8_ARRAY,
          ACLITEM_ARRAY -> {
        SqlType element = type.element().orElseThrow();
        yield ArrayText.parse(text, value -> parse(element, value, zone));
      }
    };
  }

  private static Boolean bool(String text) {
    Boolean value = BOOLEANS.get(text.strip().toLowerCase(Locale.ROOT));
    if (value == null) {
      throw ValueErrors.invalidText(SqlType.BOOL, text);
    }
    return value;
  }

  private static BigInteger integer(SqlType type, String text, long least, long greatest) {
    String digits = text.strip();
    if (!digits.matches("[+-]?\\d+")) {
      throw ValueErrors.invalidText(type, text);
    }
    if (digits.length() > 40) { // beyond any integer type, and slow to read
      throw ValueErrors.outOfRange(type, text);
    }
    BigInteger value = new BigInteger(digits);
    if (value.compareTo(BigInteger.valueOf(least)) < 0
        || value.compareTo(BigInteger.valueOf(greatest)) > 0) {
      throw ValueErrors.outOfRange(type, text);
    }
    return value;
  }

  private static Long oid(String text) {
    BigInteger value = integer(SqlType.OID, text, Integer.MIN_VALUE, OID_MAX.longValue());
    return value.longValue() & OID_MAX.longValue();
  }

  private static Float float4(String text) {
    String number = floatText(SqlType.FLOAT4, text);
    float value = Float.parseFloat(number);
    if (Float.isInfinite(value) && !number.endsWith("Infinity")) {
      throw ValueErrors.outOfRange(SqlType.FLOAT4, text);
    }
    return value;
  }

  private static Double float8(String text) {
    String number = floatText(SqlType.FLOAT8, text);
    double value = Double.parseDouble(number);
    if (Double.isInfinite(value) && !number.endsWith("Infinity")) {
      throw ValueErrors.outOfRange(SqlType.FLOAT8, text);
    }
    return value;
  }

  /** The text as Java reads it. */
  private static String floatText(SqlType type, String text) {
    String number = text.strip();
    return switch (number.toLowerCase(Locale.ROOT)) {
      case "nan" -> "NaN";
      case "infinity", "inf", "+infinity", "+inf" -> "Infinity";
      case "-infinity", "-inf" -> "-Infinity";
      default -> {
        if (!NUMBER.matcher(number).matches()) {
          throw ValueErrors.invalidText(type, text);
        }
        yield number;
      }
    };
  }

  private static BigDecimal numeric(String text) {
    String number = text.strip();
    if (!NUMBER.matcher(number).matches()) {
      throw ValueErrors.invalidText(SqlType.NUMERIC, text);
    }
    BigDecimal value = new BigDecimal(number);
    return value.scale() < 0 ? value.setScale(0) : value;
  }

  private static byte[] bytea(String text) {
    if (text.startsWith("\\x")) {
      try {
        return HexFormat.of().parseHex(text.substring(2).replaceAll("\\s", ""));
      } catch (IllegalArgumentException e) {
        throw ValueErrors.invalidText(SqlType.BYTEA, text);
      }
    }
    return escaped(text);
  }

  /** PostgreSQL's older format: a backslash before three octal digits or a backslash. */
  private static byte[] escaped(String text) {
    byte[] in = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream(in.length);
    for (int i = 0; i < in.length; i++) {
      if (in[i] != '\\') {
        out.write(in[i]);
      } else if (i + 1 < in.length && in[i + 1] == '\\') {
        out.write('\\');
        i++;
      } else if (i + 3 < in.length && text(in, i + 1).matches("[0-3][0-7][0-7]")) {
        out.write(Integer.parseInt(text(in, i + 1), 8));
        i += 3;
      } else {
        throw ValueErrors.invalidText(SqlType.BYTEA, text);
      }
    }
    return out.toByteArray();
  }

  private static String text(byte[] in, int from) {
    return new String(in, from, 3, java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private static UUID uuid(String text) {
    String value = text.strip();
    if (value.startsWith("{") && value.endsWith("}")) {
      value = value.substring(1, value.length() - 1);
    }
    if (!UUID_TEXT.matcher(value).matches()) {
      throw ValueErrors.invalidText(SqlType.UUID, text);
    }
    String digits = value.replace("-", "");
    return new UUID(
        Long.parseUnsignedLong(digits.substring(0, 16), 16),
        Long.parseUnsignedLong(digits.substring(16), 16));
  }
}
