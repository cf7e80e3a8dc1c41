package dev.muster.api.catalog.relation;

import static dev.muster.api.catalog.relation.Relation.empty;

import java.util.List;

/** Relations of {@code pg_catalog} that clients look into and in which Muster has nothing. */
final class PgEmptyRelations {
  private PgEmptyRelations() {}

  static List<Relation> all() {
    return List.of(
        empty(
            "pg_catalog.pg_auth_members",
            "oid oid, roleid oid, member oid, grantor oid, admin_option bool"),
        empty("pg_catalog.pg_attrdef", "oid oid, adrelid oid, adnum int2, adbin text, adsrc text"),
        empty(
            "pg_catalog.pg_index",
            "indexrelid oid, indrelid oid, indnatts int2, indnkeyatts int2, indisunique bool,"
                + " indnullsnotdistinct bool, indisprimary bool, indisexclusion bool,"
                + " indimmediate bool, indisclustered bool, indisvalid bool, indcheckxmin bool,"
                + " indisready bool, indislive bool, indisreplident bool, indkey int2[],"
                + " indcollation oid[], indclass oid[], indoption int2[], indexprs text,"
                + " indpred text"),
        empty(
            "pg_catalog.pg_constraint",
            "oid oid, conname name, connamespace oid, contype char, condeferrable bool,"
                + " condeferred bool, convalidated bool, conrelid oid, contypid oid, conindid oid,"
                + " conparentid oid, confrelid oid, confupdtype char, confdeltype char,"
                + " confmatchtype char, conislocal bool, coninhcount int4, connoinherit bool,"
                + " conkey int2[], confkey int2[], conbin text"),
        empty(
            "pg_catalog.pg_description",
            "objoid oid, classoid oid, objsubid int4, description text"),
        empty("pg_catalog.pg_shdescription", "objoid oid, classoid oid, description text"),
        empty(
            "pg_catalog.pg_inherits",
            "inhrelid oid, inhparent oid, inhseqno int4, inhdetachpending bool"),
        empty(
            "pg_catalog.pg_proc",
            "oid oid, proname name, pronamespace oid, proowner oid, prolang oid, prokind char,"
                + " provariadic oid, prosecdef bool, proretset bool, provolatile char,"
                + " pronargs int2, prorettype oid, proargtypes oid[], proallargtypes oid[],"
                + " proargmodes text[], proargnames text[], prosrc text, proacl aclitem[],"
                + " proargdefaults text, proisagg bool"),
        empty("pg_catalog.pg_enum", "oid oid, enumtypid oid, enumsortorder float4, enumlabel name"),
        empty(
            "pg_catalog.pg_range",
            "rngtypid oid, rngsubtype oid, rngmultitypid oid, rngcollation oid"),
        empty(
            "pg_catalog.pg_trigger",
            "oid oid, tgrelid oid, tgparentid oid, tgname name, tgfoid oid, tgtype int2,"
                + " tgenabled char, tgisinternal bool, tgconstraint oid"),
        empty(
            "pg_catalog.pg_rewrite",
            "oid oid, rulename name, ev_class oid, ev_type char, ev_enabled char, is_instead bool"),
        empty(
            "pg_catalog.pg_policy",
            "oid oid, polname name, polrelid oid, polcmd char, polpermissive bool, polroles oid[],"
                + " polqual text, polwithcheck text"),
        empty(
            "pg_catalog.pg_statistic_ext",
            "oid oid, stxrelid oid, stxname name, stxnamespace oid, stxowner oid,"
                + " stxstattarget int4, stxkeys int2[], stxkind text[]"),
        empty("pg_catalog.pg_publication", "oid oid, pubname name, puballtables bool"),
        empty(
            "pg_catalog.pg_publication_rel",
            "oid oid, prpubid oid, prrelid oid, prqual text, prattrs int2[]"),
        empty("pg_catalog.pg_publication_namespace", "oid oid, pnpubid oid, pnnspid oid"),
        empty(
            "pg_catalog.pg_partitioned_table",
            "partrelid oid, partstrat char, partnatts int2, partdefid oid"),
        empty("pg_catalog.pg_foreign_table", "ftrelid oid, ftserver oid, ftoptions text[]"),
        empty(
            "pg_catalog.pg_foreign_server",
            "oid oid, srvname name, srvowner oid, srvfdw oid, srvtype text, srvversion text,"
                + " srvacl aclitem[], srvoptions text[]"),
        empty(
            "pg_catalog.pg_depend",
            "classid oid, objid oid, objsubid int4, refclassid oid, refobjid oid,"
                + " refobjsubid int4, deptype char"),
        empty("pg_catalog.pg_language", "oid oid, lanname name, lanowner oid, lanispl bool"),
        empty(
            "pg_catalog.pg_extension",
            "oid oid, extname name, extowner oid, extnamespace oid, extversion text"),
        empty(
            "pg_catalog.pg_operator",
            "oid oid, oprname name, oprnamespace oid, oprowner oid, oprkind char, oprleft oid,"
                + " oprright oid, oprresult oid"),
        empty(
            "pg_catalog.pg_cast",
            "oid oid, castsource oid, casttarget oid, castfunc oid, castcontext char,"
                + " castmethod char"),
        empty("pg_catalog.pg_aggregate", "aggfnoid oid, aggkind char"),
        empty("pg_catalog.pg_event_trigger", "oid oid, evtname name, evtevent name, evtowner oid"),
        empty("pg_catalog.pg_sequence", "seqrelid oid, seqtypid oid, seqstart int8"),
        empty("pg_catalog.pg_db_role_setting", "setdatabase oid, setrole oid, setconfig text[]"),
        empty(
            "pg_catalog.pg_indexes",
            "schemaname name, tablename name, indexname name, tablespace name, indexdef text"),
        empty(
            "pg_catalog.pg_matviews",
            "schemaname name, matviewname name, matviewowner name, tablespace name,"
                + " hasindexes bool, ispopulated bool, definition text"),
        empty(
            "pg_catalog.pg_locks",
            "locktype text, database oid, relation oid, pid int4, mode text, granted bool"),
        empty(
            "pg_catalog.pg_stat_activity",
            "datid oid, datname name, pid int4, usesysid oid, usename name,"
                + " application_name text, client_addr text, backend_start timestamptz,"
                + " xact_start timestamptz, query_start timestamptz, state text, query text"));
  }
}
