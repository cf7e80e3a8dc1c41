package dev.muster.api.pgwire;

import dev.muster.api.type.SqlInterval;
import dev.muster.api.type.SqlType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** A telling value of every type, and the text that PostgreSQL 15 prints for it. */
public final class Samples {
  private Samples() {}

  public static Object value(SqlType type) {
    return switch (type) {
      case BOOL -> true;
      case BYTEA -> new byte[] {0, 1, (byte) 0xab, (byte) 0xff};
      case CHAR -> "m";
      case NAME -> "a_name";
      case INT8 -> Long.MIN_VALUE;
      case INT2 -> Short.MAX_VALUE;
      case INT4 -> -42;
      case REGPROC -> "now";
      case TEXT -> "grüße, 世界 𝄞 \\ ' \" \t end";
      case OID -> 4_294_967_295L;
      case JSON -> "{\"a\": [1, 2]}";
      case FLOAT4 -> 1.5e10f;
      case FLOAT8 -> 0.1 + 0.2;
      case UNKNOWN -> "unknown";
      case BPCHAR -> "ab ";
      case VARCHAR -> "";
      case DATE -> LocalDate.of(2026, 11, 21);
      case TIME -> LocalTime.of(23, 59, 59, 999_999_000);
      case TIMESTAMP -> LocalDateTime.of(1969, 12, 31, 23, 59, 59, 500_000_000);
      case TIMESTAMPTZ -> Instant.parse("2026-11-21T10:00:00.123Z");
      case INTERVAL -> new SqlInterval(14, -3, 14_706_700_000L);
      case NUMERIC -> new BigDecimal("-12345678901234567890.0012300");
      case REGCLASS -> "pg_class";
      case REGTYPE -> "integer";
      case UUID -> UUID.fromString("0190f2a4-7c3e-7d00-8000-0123456789ab");
      case JSONB -> "{\"b\": null}";
      case ACLITEM -> "materialize=U/mz_system";
      case BOOL_ARRAY -> Arrays.asList(true, null, false);
      case INT2_ARRAY -> List.of((short) 1, (short) -1);
      case INT4_ARRAY -> List.of(1, 2, 3);
      case TEXT_ARRAY -> Arrays.asList("a", "b c", "", "NULL", null, "q\"b\\s", "{x,y}");
      case VARCHAR_ARRAY -> List.of("v");
      case INT8_ARRAY -> List.of();
      case NAME_ARRAY -> List.of("n");
      case OID_ARRAY -> List.of(16L);
      case FLOAT8_ARRAY -> List.of(1.0, Double.NaN, Double.NEGATIVE_INFINITY);
      case ACLITEM_ARRAY -> List.of("materialize=U/mz_system");
    };
  }

  public static String text(SqlType type) {
    return switch (type) {
      case BOOL -> "t";
      case BYTEA -> "\\x0001abff";
      case INT8 -> "-9223372036854775808";
      case INT2 -> "32767";
      case INT4 -> "-42";
      case OID -> "4294967295";
      case FLOAT4 -> "1.5000001e+10";
      case FLOAT8 -> "0.30000000000000004";
      case DATE -> "2026-11-21";
      case TIME -> "23:59:59.999999";
      case TIMESTAMP -> "1969-12-31 23:59:59.5";
      case TIMESTAMPTZ -> "2026-11-21 10:00:00.123+00";
      case INTERVAL -> "1 year 2 mons -3 days +04:05:06.7";
      case NUMERIC -> "-12345678901234567890.0012300";
      case UUID -> "0190f2a4-7c3e-7d00-8000-0123456789ab";
      case BOOL_ARRAY -> "{t,NULL,f}";
      case INT2_ARRAY -> "{1,-1}";
      case INT4_ARRAY -> "{1,2,3}";
      case TEXT_ARRAY -> "{a,\"b c\",\"\",\"NULL\",NULL,\"q\\\"b\\\\s\",\"{x,y}\"}";
      case VARCHAR_ARRAY -> "{v}";
      case INT8_ARRAY -> "{}";
      case NAME_ARRAY -> "{n}";
      case OID_ARRAY -> "{16}";
      case FLOAT8_ARRAY -> "{1,NaN,-Infinity}";
      case ACLITEM_ARRAY -> "{materialize=U/mz_system}";
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
          (String) value(type);
    };
  }
}
