package dev.muster.api.catalog.rewrite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.type.SqlType;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Types by the names that PostgreSQL, its clients and the engine's parser know them under. */
public final class TypeNames {
  private static final Map<String, SqlType> BY_NAME =
      Map.ofEntries(
          Map.entry("bool", SqlType.BOOL),
          Map.entry("boolean", SqlType.BOOL),
          Map.entry("bytea", SqlType.BYTEA),
          Map.entry("blob", SqlType.BYTEA),
          Map.entry("char", SqlType.CHAR),
          Map.entry("name", SqlType.NAME),
          Map.entry("tinyint", SqlType.INT2),
          Map.entry("utinyint", SqlType.INT2),
          Map.entry("int2", SqlType.INT2),
          Map.entry("smallint", SqlType.INT2),
          Map.entry("usmallint", SqlType.INT4),
          Map.entry("uint2", SqlType.INT4),
          Map.entry("int", SqlType.INT4),
          Map.entry("int4", SqlType.INT4),
          Map.entry("integer", SqlType.INT4),
          Map.entry("uint4", SqlType.INT8),
          Map.entry("uinteger", SqlType.INT8),
          Map.entry("int8", SqlType.INT8),
          Map.entry("bigint", SqlType.INT8),
          Map.entry("uint8", SqlType.INT8),
          Map.entry("ubigint", SqlType.NUMERIC),
          Map.entry("hugeint", SqlType.NUMERIC),
          Map.entry("uhugeint", SqlType.NUMERIC),
          Map.entry("mz_timestamp", SqlType.NUMERIC),
          Map.entry("float4", SqlType.FLOAT4),
          Map.entry("real", SqlType.FLOAT4),
          Map.entry("float", SqlType.FLOAT8),
          Map.entry("float8", SqlType.FLOAT8),
          Map.entry("double", SqlType.FLOAT8),
          Map.entry("decimal", SqlType.NUMERIC),
          Map.entry("numeric", SqlType.NUMERIC),
          Map.entry("text", SqlType.TEXT),
          Map.entry("string", SqlType.TEXT),
          Map.entry("varchar", SqlType.VARCHAR),
          Map.entry("bpchar", SqlType.BPCHAR),
          Map.entry("oid", SqlType.OID),
          Map.entry("xid", SqlType.OID),
          Map.entry("cid", SqlType.OID),
          Map.entry("regclass", SqlType.REGCLASS),
          Map.entry("regproc", SqlType.REGPROC),
          Map.entry("regtype", SqlType.REGTYPE),
          Map.entry("regnamespace", SqlType.TEXT),
          Map.entry("regrole", SqlType.TEXT),
          Map.entry("json", SqlType.JSON),
          Map.entry("jsonb", SqlType.JSONB),
          Map.entry("uuid", SqlType.UUID),
          Map.entry("date", SqlType.DATE),
          Map.entry("time", SqlType.TIME),
          Map.entry("timestamp", SqlType.TIMESTAMP),
          Map.entry("timestamptz", SqlType.TIMESTAMPTZ),
          Map.entry("timestamp with time zone", SqlType.TIMESTAMPTZ),
          Map.entry("interval", SqlType.INTERVAL),
          Map.entry("aclitem", SqlType.ACLITEM),
          Map.entry("mz_aclitem", SqlType.ACLITEM));

  private TypeNames() {}

  /** The type of a name, in any case; empty where there is none of it. */
  public static Optional<SqlType> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name.toLowerCase(Locale.ROOT)));
  }

  /** The array of a type; text's where we have none of it. */
  public static SqlType arrayOf(SqlType element) {
    return Arrays.stream(SqlType.values())
        .filter(type -> type.element().equals(Optional.of(element)))
        .findFirst()
        .orElse(SqlType.TEXT_ARRAY);
  }

  /**
   * The type that the engine says a result column has, as in {@code DECIMAL(18,3)} or {@code
   * VARCHAR[]}; text for what PostgreSQL does not know.
   */
  public static SqlType ofEngine(String name) {
    if (name.endsWith("[]")) {
      return arrayOf(ofEngine(name.substring(0, name.length() - 2)));
    }
    int parenthesis = name.indexOf('(');
    SqlType type =
        find(parenthesis < 0 ? name : name.substring(0, parenthesis)).orElse(SqlType.TEXT);
    return switch (type) {
      case VARCHAR, BPCHAR, CHAR -> SqlType.TEXT;
      case JSON -> SqlType.JSONB;
      case FLOAT8 -> name.equals("FLOAT") ? SqlType.FLOAT4 : SqlType.FLOAT8;
      default -> type;
    };
  }

  /** The engine's name for the type that holds its values. */
  public static String toEngine(SqlType type) {
    if (type.element().isPresent()) {
      return toEngine(type.element().get()) + "[]";
    }
    return switch (type) {
      case BOOL -> "BOOLEAN";
      case BYTEA -> "BLOB";
      case INT2 -> "SMALLINT";
      case INT4 -> "INTEGER";
      case INT8, OID -> "BIGINT";
      case FLOAT4 -> "FLOAT";
      case FLOAT8 -> "DOUBLE";
      case NUMERIC -> "DECIMAL(38,9)";
      case JSON, JSONB -> "JSON";
      case DATE -> "DATE";
      case TIME -> "TIME";
      case TIMESTAMP -> "TIMESTAMP";
      case TIMESTAMPTZ -> "TIMESTAMP WITH TIME ZONE";
      case INTERVAL -> "INTERVAL";
      case UUID -> "UUID";
      default -> "VARCHAR";
    };
  }

  /** What a type expression of the parse tree names. */
  static Optional<SqlType> of(JsonNode expression) {
    String name = expression.path("type_name").asText();
    if (name.equals("list") || name.equals("array")) {
      return of(expression.path("children").path(0)).map(TypeNames::arrayOf);
    }
    return find(name);
  }

  /** PostgreSQL's name of what a type expression names. */
  static String display(JsonNode expression) {
    String name = expression.path("type_name").asText();
    if (name.equals("list") || name.equals("array")) {
      return display(expression.path("children").path(0));
    }
    return find(name).map(type -> type.pgName().replace("\"", "")).orElse(name);
  }

  /** Makes a type expression name the engine's own type. */
  static void rename(ObjectNode expression) {
    String name = expression.path("type_name").asText();
    if (name.equals("list") || name.equals("array")) {
      rename((ObjectNode) expression.path("children").path(0));
      return;
    }
    SqlType type = find(name).orElseThrow(() -> SqlErrors.unknownType(name));
    if (type == SqlType.NUMERIC && !expression.path("children").isEmpty()) {
      return;
    }
    String engineName = toEngine(type);
    int parenthesis = engineName.indexOf('(');
    expression.put("type_name", parenthesis < 0 ? engineName : "DECIMAL");
    expression.put("schema", "");
    expression
        .putObject("qualified_name")
        .putArray("path")
        .add(expression.path("type_name").asText());
    var modifiers = expression.putArray("children");
    if (parenthesis >= 0) {
      modifiers.add(Trees.number(38)).add(Trees.number(9));
    }
  }
}
