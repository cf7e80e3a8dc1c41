package dev.muster.api.sql.session;

import dev.muster.api.command.SystemParameter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All session variables. To add one, add a line; see the checklist in {@code api/README.md}. */
final class VariableDefinitions {
  private static final VariableKind TEXT = new VariableKind.AnyText();
  private static final VariableKind NAMES = new VariableKind.Names();
  private static final VariableKind FLAG = new VariableKind.Flag();
  private static final VariableKind FIXED = new VariableKind.Fixed();
  private static final VariableKind READ_ONLY = new VariableKind.ReadOnly();
  private static final VariableKind TIME = new VariableKind.Time();

  private static final List<VariableDefinition> ALL =
      List.of(
          told(
              "application_name",
              "",
              TEXT,
              "Sets the application name to be reported in statistics and the audit."),
          quiet(
              "auto_route_catalog_queries",
              "on",
              FLAG,
              "Whether to run queries over the catalog on the catalog server."),
          told("client_encoding", "UTF8", FIXED, "Sets the client's character set encoding."),
          quiet(
              "client_min_messages",
              "notice",
              oneOf(
                  "debug5", "debug4", "debug3", "debug2", "debug1", "log", "notice", "warning",
                  "error"),
              "Sets the message levels that are sent to the client."),
          told("cluster", "quickstart", TEXT, "Sets the current cluster."),
          quiet("cluster_replica", "", TEXT, "Sets a target replica of the current cluster."),
          quiet(
              "current_object_missing_warnings",
              "on",
              FLAG,
              "Whether to tell when the current database or cluster is missing."),
          told("database", "materialize", TEXT, "Sets the current database."),
          told(
              "DateStyle",
              "ISO, MDY",
              new VariableKind.OneOf(List.of("ISO, MDY", "ISO")),
              "Sets the display format for date and time values."),
          quiet(
              "default_transaction_isolation",
              "strict serializable",
              isolation(),
              "Sets the isolation level of each new transaction."),
          quiet(
              "default_transaction_read_only",
              "off",
              FLAG,
              "Whether each new transaction only reads."),
          quiet(
              "emit_introspection_query_notice",
              "on",
              FLAG,
              "Whether to tell when a query reads what differs by replica."),
          quiet("emit_timestamp_notice", "off", FLAG, "Whether to tell at what time a query read."),
          quiet(
              "emit_trace_id_notice", "off", FLAG, "Whether to tell the trace id of a statement."),
          quiet(
              "extra_float_digits",
              "3",
              new VariableKind.Whole(-15, 3),
              "Adjusts the number of digits shown for floating-point values."),
          quiet(
              "idle_in_transaction_session_timeout",
              "2 min",
              TIME,
              "Sets the longest time that a transaction may be idle; 0 is no limit."),
          quiet(
              "idle_session_timeout",
              "0",
              TIME,
              "Sets the longest time that a session may be idle; 0 is no limit."),
          told(
              "integer_datetimes",
              "on",
              FIXED,
              "Reports that date and time values are 64-bit integers."),
          told(
              "IntervalStyle",
              "postgres",
              oneOf("postgres"),
              "Sets the display format for interval values."),
          told(
              "is_superuser", "off", READ_ONLY, "Reports whether the current role is a superuser."),
          quiet("lock_timeout", "0", TIME, "Has no effect; accepted for PostgreSQL's clients."),
          quiet(
              SystemParameter.MAX_CREDIT_CONSUMPTION_RATE,
              SystemParameter.UNLIMITED,
              READ_ONLY,
              "The most credits an hour that all replicas may cost; set by ALTER SYSTEM."),
          quiet("max_identifier_length", "255", READ_ONLY, "The most bytes that a name may have."),
          quiet(
              "max_replicas_per_cluster",
              "5",
              READ_ONLY,
              "The most replicas that a cluster may have."),
          told("mz_version", Versions.MZ_VERSION, READ_ONLY, "Shows the version of the server."),
          told(
              "search_path",
              "public",
              NAMES,
              "Sets the schema search order for names that are not schema-qualified."),
          told(
              "server_version",
              Versions.SERVER_VERSION,
              READ_ONLY,
              "Shows PostgreSQL's version that the server speaks like."),
          quiet(
              "server_version_num",
              Versions.SERVER_VERSION_NUMBER,
              READ_ONLY,
              "Shows PostgreSQL's version as an integer."),
          told("session_authorization", "", READ_ONLY, "Shows the role that opened the session."),
          told(
              "standard_conforming_strings",
              "on",
              FIXED,
              "Causes '...' strings to treat backslashes literally."),
          quiet(
              "statement_timeout",
              "1 min",
              TIME,
              "Sets the longest time that a statement may run; 0 is no limit."),
          told(
              "TimeZone",
              "UTC",
              new VariableKind.TimeZone(),
              "Sets the time zone for displaying and interpreting time stamps."),
          quiet(
              "transaction_isolation",
              "strict serializable",
              isolation(),
              "Sets the current transaction's isolation level."),
          quiet(
              "transaction_read_only", "off", FLAG, "Whether the current transaction only reads."),
          quiet("welcome_message", "on", FLAG, "Whether to send a welcome message at the start."));

  private static final Map<String, VariableDefinition> BY_NAME = byName();

  private VariableDefinitions() {}

  private static VariableDefinition told(
      String name, String value, VariableKind kind, String description) {
    return new VariableDefinition(name, value, kind, true, description);
  }

  private static VariableDefinition quiet(
      String name, String value, VariableKind kind, String description) {
    return new VariableDefinition(name, value, kind, false, description);
  }

  private static VariableKind oneOf(String... words) {
    return new VariableKind.OneOf(List.of(words));
  }

  private static VariableKind isolation() {
    return oneOf(
        "read uncommitted",
        "read committed",
        "repeatable read",
        "serializable",
        "strong session serializable",
        "strict serializable");
  }

  private static Map<String, VariableDefinition> byName() {
    Map<String, VariableDefinition> map = new TreeMap<>();
    ALL.forEach(definition -> map.put(key(definition.name()), definition));
    return map;
  }

  static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  static Optional<VariableDefinition> find(String name) {
    return Optional.ofNullable(BY_NAME.get(key(name)));
  }

  /** By name, in the order of their lower-case names. */
  static List<VariableDefinition> all() {
    return List.copyOf(BY_NAME.values());
  }
}
