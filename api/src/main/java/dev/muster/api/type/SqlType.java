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
  BOOL(16, "bool", "boolean", 1, Boolean.class),
  BYTEA(17, "bytea", -1, byte[].class),
  CHAR(18, "\"char\"", 1, String.class),
  NAME(19, "name", 64, String.class),
  INT8(20, "int8", "bigint", 8, Long.class),
  INT2(21, "int2", "smallint", 2, Short.class),
  INT4(23, "int4", "integer", 4, Integer.class),
  REGPROC(24, "regproc", 4, String.class),
  TEXT(25, "text", -1, String.class),
  OID(26, "oid", 4, Long.class),
  JSON(114, "json", -1, String.class),
  FLOAT4(700, "float4", "real", 4, Float.class),
  FLOAT8(701, "float8", "double precision", 8, Double.class),
  UNKNOWN(705, "unknown", -2, String.class),
  BPCHAR(1042, "bpchar", "character", -1, String.class),
  VARCHAR(1043, "varchar", "character varying", -1, String.class),
  DATE(1082, "date", 4, java.time.LocalDate.class),
  TIME(1083, "time", "time without time zone", 8, java.time.LocalTime.class),
  TIMESTAMP(1114, "timestamp", "timestamp without time zone", 8, java.time.LocalDateTime.class),
  TIMESTAMPTZ(1184, "timestamptz", "timestamp with time zone", 8, java.time.Instant.class),
  INTERVAL(1186, "interval", 16, SqlInterval.class),
  NUMERIC(1700, "numeric", -1, java.math.BigDecimal.class),
  REGCLASS(2205, "regclass", 4, String.class),
  REGTYPE(2206, "regtype", 4, String.class),
  UUID(2950, "uuid", 16, java.util.UUID.class),
  JSONB(3802, "jsonb", -1, String.class),
  ACLITEM(1033, "aclitem", 12, String.class),
  BOOL_ARRAY(1000, BOOL),
  INT2_ARRAY(1005, INT2),
  INT4_ARRAY(1007, INT4),
  TEXT_ARRAY(1009, TEXT),
  VARCHAR_ARRAY(1015, VARCHAR),
  INT8_ARRAY(1016, INT8),
  NAME_ARRAY(1003, NAME),
  OID_ARRAY(1028, OID),
  FLOAT8_ARRAY(1022, FLOAT8),
  ACLITEM_ARRAY(1034, ACLITEM);

  private static final Map<Integer, SqlType> BY_OID =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(SqlType::oid, Function.identity()));

  private final int oid;
  private final String pgName;
  private final String sqlName;
  private final int length;
  private final Class<?> javaType;
  private final Optional<SqlType> element;

  SqlType(int oid, String pgName, int length, Class<?> javaType) {
    this(oid, pgName, pgName, length, javaType);
  }

  SqlType(int oid, String pgName, String sqlName, int length, Class<?> javaType) {
    this.oid = oid;
    this.pgName = pgName;
    this.sqlName = sqlName;
    this.length = length;
    this.javaType = javaType;
    this.element = Optional.empty();
  }

  /** An array. */
  SqlType(int oid, SqlType element) {
    this.oid = oid;
    this.pgName = "_" + element.pgName;
    this.sqlName = element.sqlName + "[]";
    this.length = -1;
    this.javaType = java.util.List.class;
    this.element = Optional.of(element);
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

  /** The type's name as SQL spells it, as {@code format_type} does. */
  public String sqlName() {
    return sqlName;
  }

  /** The type of an array's elements; empty for every other type. */
  public Optional<SqlType> element() {
    return element;
  }
}
