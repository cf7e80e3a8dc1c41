package dev.muster.api.catalog.relation;

import dev.muster.api.type.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the catalog says of itself: schemas, types, relations and their columns. Never changes. */
public final class StaticRows {
  /** The engine's tables for it, each with its columns. */
  public static final List<String> TABLES =
      List.of(
          "schema_ (id VARCHAR, oid BIGINT, database_id VARCHAR, name VARCHAR)",
          "type_ (id VARCHAR, oid BIGINT, name VARCHAR, display VARCHAR, length SMALLINT,"
              + " category VARCHAR, category_name VARCHAR, element_oid BIGINT, array_oid BIGINT)",
          "relation (id VARCHAR, oid BIGINT, schema_id VARCHAR, schema_oid BIGINT,"
              + " schema_name VARCHAR, name VARCHAR, kind VARCHAR, columns SMALLINT)",
          "relation_column (relation_id VARCHAR, relation_oid BIGINT, position BIGINT,"
              + " name VARCHAR, type_oid BIGINT)");

  private static final List<List<Object>> SCHEMAS =
      List.of(
          Arrays.asList("s1", 16001L, null, "mz_catalog"),
          Arrays.asList("s2", 11L, null, "pg_catalog"),
          Arrays.asList("s3", 16002L, null, "mz_internal"),
          Arrays.asList("s4", 16003L, null, "information_schema"),
          Arrays.asList("u1", 2200L, "u1", "public"));

  /** Where the object ids and the ids of relations begin. */
  private static final long FIRST_RELATION = 17000;

  private StaticRows() {}

  public static List<List<Object>> schemas() {
    return SCHEMAS;
  }

  public static List<List<Object>> types() {
    List<List<Object>> rows = new ArrayList<>();
    for (SqlType type : SqlType.values()) {
      rows.add(
          List.of(
              "s" + type.oid(),
              (long) type.oid(),
              type.pgName().replace("\"", ""),
              type.sqlName(),
              (short) type.length(),
              category(type),
              type.element().isPresent() ? "array" : "base",
              type.element().map(element -> (long) element.oid()).orElse(0L),
              arrayOid(type)));
    }
    return rows;
  }

  public static List<List<Object>> relations(Relations relations) {
    List<List<Object>> rows = new ArrayList<>();
    long number = FIRST_RELATION;
    for (Relation relation : relations.all()) {
      List<Object> schema = schema(relation.schema());
      rows.add(
          List.of(
              "s" + number,
              number,
              schema.get(0),
              schema.get(1),
              relation.schema(),
              relation.name(),
              relation.kind() == Relation.Kind.VIEW ? "view" : "table",
              (short) relation.columns().size()));
      number++;
    }
    return rows;
  }

  public static List<List<Object>> columns(Relations relations) {
    List<List<Object>> rows = new ArrayList<>();
    long number = FIRST_RELATION;
    for (Relation relation : relations.all()) {
      for (int i = 0; i < relation.columns().size(); i++) {
        RelationColumn column = relation.columns().get(i);
        rows.add(List.of("s" + number, number, i + 1L, column.name(), (long) column.type().oid()));
      }
      number++;
    }
    return rows;
  }

  private static List<Object> schema(String name) {
    return SCHEMAS.stream().filter(row -> row.get(3).equals(name)).findFirst().orElseThrow();
  }

  private static long arrayOid(SqlType type) {
    return Arrays.stream(SqlType.values())
        .filter(array -> array.element().equals(Optional.of(type)))
        .mapToLong(SqlType::oid)
        .findFirst()
        .orElse(0);
  }

  /** As in {@code pg_type.typcategory}. */
  private static String category(SqlType type) {
    return switch (type) {
      case BOOL -> "B";
      case INT2, INT4, INT8, FLOAT4, FLOAT8, NUMERIC, OID, REGCLASS, REGPROC, REGTYPE -> "N";
      case TEXT, VARCHAR, BPCHAR, NAME -> "S";
      case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> "D";
      case INTERVAL -> "T";
      case UNKNOWN -> "X";
      case CHAR -> "Z";
      case BYTEA, JSON, JSONB, UUID, ACLITEM -> "U";
      case BOOL_ARRAY,
          INT2_ARRAY,
          INT4_ARRAY,
          INT8_ARRAY,
          FLOAT8_ARRAY,
          TEXT_ARRAY,
          VARCHAR_ARRAY,
          NAME_ARRAY,
          OID_ARRAY,
          ACLITEM_ARRAY ->
          "A";
    };
  }
}
