package dev.muster.api.catalog.relation;

import static dev.muster.api.catalog.relation.Relation.empty;
import static dev.muster.api.catalog.relation.Relation.view;

import java.util.List;

/** The relations of {@code information_schema}. */
final class InformationSchemaRelations {
  private InformationSchemaRelations() {}

  static List<Relation> all() {
    return List.of(
        view(
            "information_schema.schemata",
            "catalog_name text, schema_name text, schema_owner text",
            "SELECT 'materialize', name, 'mz_system' FROM base.schema_"),
        view(
            "information_schema.tables",
            "table_catalog text, table_schema text, table_name text, table_type text,"
                + " is_insertable_into text",
            """
            SELECT 'materialize', schema_name, name,
              CASE kind WHEN 'view' THEN 'VIEW' ELSE 'BASE TABLE' END, 'NO'
            FROM base.relation\
            """),
        view(
            "information_schema.views",
            "table_catalog text, table_schema text, table_name text, view_definition text",
            """
            SELECT 'materialize', schema_name, name, '' FROM base.relation WHERE kind = 'view'\
            """),
        view(
            "information_schema.columns",
            "table_catalog text, table_schema text, table_name text, column_name text,"
                + " ordinal_position int8, column_default text, is_nullable text, data_type text,"
                + " character_maximum_length int4, numeric_precision int4, numeric_scale int4,"
                + " udt_name text",
            """
            SELECT 'materialize', r.schema_name, r.name, c.name, c.position, NULL::VARCHAR, 'YES',
              CASE WHEN t.element_oid <> 0 THEN 'ARRAY' ELSE t.display END, NULL::INTEGER,
              NULL::INTEGER, NULL::INTEGER, t.name
            FROM base.relation_column c
            JOIN base.relation r ON r.oid = c.relation_oid
            JOIN base.type_ t ON t.oid = c.type_oid\
            """),
        view("information_schema.enabled_roles", "role_name text", "SELECT name FROM base.role"),
        empty(
            "information_schema.applicable_roles",
            "grantee text, role_name text, is_grantable text"),
        empty(
            "information_schema.table_constraints",
            "constraint_catalog text, constraint_schema text, constraint_name text,"
                + " table_catalog text, table_schema text, table_name text, constraint_type text,"
                + " is_deferrable text, initially_deferred text, enforced text,"
                + " nulls_distinct text"),
        empty(
            "information_schema.key_column_usage",
            "constraint_catalog text, constraint_schema text, constraint_name text,"
                + " table_catalog text, table_schema text, table_name text, column_name text,"
                + " ordinal_position int4, position_in_unique_constraint int4"),
        empty(
            "information_schema.referential_constraints",
            "constraint_catalog text, constraint_schema text, constraint_name text,"
                + " unique_constraint_catalog text, unique_constraint_schema text,"
                + " unique_constraint_name text, match_option text, update_rule text,"
                + " delete_rule text"),
        empty(
            "information_schema.routines",
            "routine_catalog text, routine_schema text, routine_name text, routine_type text,"
                + " routine_definition text"),
        empty(
            "information_schema.triggers",
            "trigger_catalog text, trigger_schema text, trigger_name text, event_manipulation text,"
                + " event_object_catalog text, event_object_schema text, event_object_table text"),
        empty(
            "information_schema.table_privileges",
            "grantor text, grantee text, table_catalog text, table_schema text, table_name text,"
                + " privilege_type text, is_grantable text, with_hierarchy text"));
  }
}
