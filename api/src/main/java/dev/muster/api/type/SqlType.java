package dev.muster.api.type;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A SQL type, its PostgreSQL object id, and the Java type that holds its values.
 *
 * <p>Arrays hold a {@code java.util.List} of the element's Java type. JSON is held as its text.
 */
public enum SqlType {
  BOOL(16, "bool", 1, Boolean.class),
  BYTEA(17, "bytea", -1, byte[].class),
  CHAR(18, "\"char\"", 1, String.class),
  NAME(19, "name", 64, String.class),
  INT8(20, "int8", 8, Long.class),
  INT2(21, "int2", 2, Short.class),
  INT4(23, "int4", 4, Integer.class),
  REGPROC(24, "regproc", 4, String.class),
  TEXT(25, "text", -1, String.class),
  OID(26, "oid", 4, Long.class),
  JSON(114, "json", -1, String.class),
  FLOAT4(700, "float4", 4, Float.class),
  FLOAT8(701, "float8", 8, Double.class),
  UNKNOWN(705, "unknown", -2, String.class),
  BPCHAR(1042, "bpchar", -1, String.class),
  VARCHAR(1043, "varchar", -1, String.class),
  DATE(1082, "date", 4, java.time.LocalDate.class),
  TIME(1083, "time", 8, java.time.LocalTime.class),
  TIMESTAMP(1114, "timestamp", 8, java.time.LocalDateTime.class),
  TIMESTAMPTZ(1184, "timestamptz", 8, java.time.Instant.class),
  INTERVAL(1186, "interval", 16, SqlInterval.class),
  NUMERIC(1700, "numeric", -1, java.math.BigDecimal.class),
  REGCLASS(2205, "regclass", 4, String.class),
  REGTYPE(2206, "regtype", 4, String.class),
  UUID(2950, "uuid", 16, java.util.UUID.class),
  JSONB(3802, "jsonb", -1, String.class),
  ACLITEM(1033, "aclitem", 12, String.class),
  BOOL_ARRAY(1000, "_bool", -1, java.util.List.class),
  INT2_ARRAY(1005, "_int2", -1, java.util.List.class),
  INT4_ARRAY(1007, "_int4", -1, java.util.List.class),
  TEXT_ARRAY(1009, "_text", -1, java.util.List.class),
  VARCHAR_ARRAY(1015, "_varchar", -1, java.util.List.class),
  INT8_ARRAY(1016, "_int8", -1, java.util.List.class),
  NAME_ARRAY(1003, "_name", -1, java.util.List.class),
  OID_ARRAY(1028, "_oid", -1, java.util.List.class),
  FLOAT8_ARRAY(1022, "_float8", -1, java.util.List.class),
  ACLITEM_ARRAY(1034, "_aclitem", -1, java.util.List.class);

  private static final Map<Integer, SqlType> BY_OID =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(SqlType::oid, Function.identity()));

  private final int oid;
  private final String pgName;
  private final int length;
  private final Class<?> javaType;

  SqlType(int oid, String pgName, int length, Class<?> javaType) {
    this.oid = oid;
    this.pgName = pgName;
    this.length = length;
    this.javaType = javaType;
  }

  public static Optional<SqlType> ofOid(int oid) {
    return Optional.ofNullable(BY_OID.get(oid));
  }

  public int oid() {
    return oid;
  }

  /** PostgreSQL's internal name, as in {@code pg_type.typname}. */
  public String pgName() {
    return pgName;
  }

  /** Bytes of a value, negative where they vary, as in {@code pg_type.typlen}. */
  public int length() {
    return length;
  }

  /** The Java type of its values. */
  public Class<?> javaType() {
    return javaType;
  }

  /** The type of an array's elements; empty for every other type. */
  public Optional<SqlType> element() {
    return switch (this) {
      case BOOL_ARRAY -> Optional.of(BOOL);
      case INT2_ARRAY -> Optional.of(INT2);
      case INT4_ARRAY -> Optional.of(INT4);
      case TEXT_ARRAY -> Optional.of(TEXT);
      case VARCHAR_ARRAY -> Optional.of(VARCHAR);
      case INT8_ARRAY -> Optional.of(INT8);
      case NAME_ARRAY -> Optional.of(NAME);
      case OID_ARRAY -> Optional.of(OID);
      case FLOAT8_ARRAY -> Optional.of(FLOAT8);
      case ACLITEM_ARRAY -> Optional.of(ACLITEM);
      default -> Optional.empty();
    };
  }
}
