package dev.muster.api.catalog.relation;

import static dev.muster.api.catalog.relation.Relation.empty;
import static dev.muster.api.catalog.relation.Relation.view;

import java.util.List;

/** Who may do what, as {@code SHOW PRIVILEGES} and its like read it. */
final class MzPrivilegeRelations {
  private static final String OBJECT =
      "grantor text, grantee text, database text, schema text, name text, object_type text,"
          + " privilege_type text";
  private static final String DEFAULTS =
      "object_owner text, database text, schema text, object_type text, grantee text,"
          + " privilege_type text";
  private static final String NAMED = "grantor text, grantee text, name text, privilege_type text";

  private MzPrivilegeRelations() {}

  static List<Relation> all() {
    return List.of(
        empty("mz_catalog.mz_role_members", "role_id text, member text, grantor text"),
        empty(
            "mz_catalog.mz_role_parameters",
            "role_id text, parameter_name text, parameter_value text"),
        empty(
            "mz_catalog.mz_role_auth",
            "role_id text, role_oid oid, password_hash text, updated_at timestamptz"),
        empty(
            "mz_catalog.mz_default_privileges",
            "role_id text, database_id text, schema_id text, object_type text, grantee text,"
                + " privileges text"),
        view(
            "mz_internal.mz_show_cluster_privileges",
            NAMED,
            """
            SELECT coalesce(g.name, ''), CASE WHEN p.grantee = 'p' THEN 'PUBLIC'
              ELSE coalesce(e.name, '') END, c.name, p.privilege_type
            FROM (SELECT name, unnest(fn.mz_aclexplode(privileges)) AS acl FROM base.cluster) c
            CROSS JOIN LATERAL (SELECT c.acl.grantor AS grantor, c.acl.grantee AS grantee,
              c.acl.privilege_type AS privilege_type) p
            LEFT JOIN base.role g ON g.id = p.grantor
            LEFT JOIN base.role e ON e.id = p.grantee\
            """),
        view(
            "mz_internal.mz_show_my_cluster_privileges",
            NAMED,
            "SELECT * FROM mz_internal.mz_show_cluster_privileges"),
        view(
            "mz_internal.mz_show_system_privileges",
            "grantor text, grantee text, privilege_type text",
            """
            SELECT 'mz_system', 'mz_system', unnest(['CREATEROLE', 'CREATEDB', 'CREATECLUSTER',
              'CREATENETWORKPOLICY'])\
            """),
        view(
            "mz_internal.mz_show_my_system_privileges",
            "grantor text, grantee text, privilege_type text",
            "SELECT * FROM mz_internal.mz_show_system_privileges"),
        empty("mz_internal.mz_show_database_privileges", NAMED),
        empty("mz_internal.mz_show_my_database_privileges", NAMED),
        empty(
            "mz_internal.mz_show_schema_privileges",
            "grantor text, grantee text, database text, name text, privilege_type text"),
        empty(
            "mz_internal.mz_show_my_schema_privileges",
            "grantor text, grantee text, database text, name text, privilege_type text"),
        empty("mz_internal.mz_show_object_privileges", OBJECT),
        empty("mz_internal.mz_show_my_object_privileges", OBJECT),
        view(
            "mz_internal.mz_show_all_privileges",
            OBJECT,
            """
            SELECT grantor, grantee, NULL::VARCHAR, NULL::VARCHAR, NULL::VARCHAR, 'system',
              privilege_type
            FROM mz_internal.mz_show_system_privileges
            UNION ALL
            SELECT grantor, grantee, NULL, NULL, name, 'cluster', privilege_type
            FROM mz_internal.mz_show_cluster_privileges\
            """),
        view(
            "mz_internal.mz_show_all_my_privileges",
            OBJECT,
            "SELECT * FROM mz_internal.mz_show_all_privileges"),
        empty("mz_internal.mz_show_default_privileges", DEFAULTS),
        empty("mz_internal.mz_show_my_default_privileges", DEFAULTS),
        empty("mz_internal.mz_show_role_members", "role text, member text, grantor text"),
        empty("mz_internal.mz_show_my_role_members", "role text, member text, grantor text"));
  }
}
