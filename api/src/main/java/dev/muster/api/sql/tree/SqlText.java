package dev.muster.api.sql.tree;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes a statement as text that parses to it again. Names are always quoted. */
public final class SqlText {
  private SqlText() {}

  public static String of(Statement statement) {
    return switch (statement) {
      case Statement.CreateCluster s ->
          "CREATE CLUSTER "
              + when(s.ifNotExists(), "IF NOT EXISTS ")
              + name(s.name())
              + " ("
              + list(s.options(), SqlText::option)
              + ")";
      case Statement.AlterClusterSet s ->
          alter(s.name(), s.ifExists())
              + "SET ("
              + list(s.options(), SqlText::option)
              + ")"
              + s.waitClause().map(SqlText::with).orElse("");
      case Statement.AlterClusterReset s ->
          alter(s.name(), s.ifExists()) + "RESET (" + list(s.options(), OptionName::sql) + ")";
      case Statement.RenameCluster s ->
          alter(s.name(), s.ifExists()) + "RENAME TO " + name(s.newName());
      case Statement.SwapClusters s ->
          alter(s.name(), s.ifExists()) + "SWAP WITH " + name(s.otherName());
      case Statement.ChangeClusterOwner s ->
          alter(s.name(), s.ifExists()) + "OWNER TO " + name(s.newOwner());
      case Statement.DropClusters s ->
          "DROP CLUSTER "
              + when(s.ifExists(), "IF EXISTS ")
              + list(s.names(), SqlText::name)
              + behavior(s.behavior());
      case Statement.CreateReplica s ->
          "CREATE CLUSTER REPLICA "
              + when(s.ifNotExists(), "IF NOT EXISTS ")
              + name(s.name())
              + " ("
              + list(s.options(), SqlText::option)
              + ")";
      case Statement.RenameReplica s ->
          "ALTER CLUSTER REPLICA "
              + when(s.ifExists(), "IF EXISTS ")
              + name(s.name())
              + " RENAME TO "
              + name(s.newName());
      case Statement.DropReplicas s ->
          "DROP CLUSTER REPLICA "
              + when(s.ifExists(), "IF EXISTS ")
              + list(s.names(), SqlText::name);
      case Statement.Explain s -> "EXPLAIN " + of(s.explained());
      case Statement.CommentOnCluster s -> comment("CLUSTER " + name(s.name()), s.comment());
      case Statement.CommentOnReplica s ->
          comment("CLUSTER REPLICA " + name(s.name()), s.comment());
      case Statement.CommentOnRole s -> comment("ROLE " + name(s.name()), s.comment());
      case Statement.TakeZoneOut s ->
          "ALTER AVAILABILITY ZONE "
              + name(s.zone())
              + " SET OFFLINE"
              + s.reason().map(reason -> " REASON " + text(reason)).orElse("");
      case Statement.BringZoneBack s -> "ALTER AVAILABILITY ZONE " + name(s.zone()) + " SET ONLINE";
      case Statement.AlterSystem s ->
          s.value() instanceof VariableValue.Default
              ? "ALTER SYSTEM RESET " + variable(s.name())
              : "ALTER SYSTEM SET " + variable(s.name()) + " = " + value(s.value());
      case Statement.ResetSystem ignored -> "ALTER SYSTEM RESET ALL";
      case Statement.SwapSchemas s ->
          "ALTER SCHEMA " + name(s.name()) + " SWAP WITH " + name(s.otherName());
      case Statement.DropSchema s ->
          "DROP SCHEMA " + when(s.ifExists(), "IF EXISTS ") + name(s.name());
      case Statement.ShowObjects s ->
          "SHOW "
              + s.kind().sql()
              + s.filter().map(SqlText::filter).orElse("")
              + s.asOf().map(SqlText::asOf).orElse("");
      case Statement.ShowCreateCluster s ->
          "SHOW CREATE CLUSTER " + name(s.name()) + s.asOf().map(SqlText::asOf).orElse("");
      case Statement.ShowVariable s -> "SHOW " + variable(s.name());
      case Statement.ShowAllVariables ignored -> "SHOW ALL";
      case Statement.Query s ->
          list(s.pieces(), "", SqlText::piece) + s.asOf().map(SqlText::asOf).orElse("");
      case Statement.SetVariable s ->
          "SET " + when(s.local(), "LOCAL ") + variable(s.name()) + " = " + value(s.value());
      case Statement.ResetVariable s -> "RESET " + variable(s.name());
      case Statement.ResetAllVariables ignored -> "RESET ALL";
      case Statement.SetTransaction s ->
          (s.session() ? "SET SESSION CHARACTERISTICS AS TRANSACTION " : "SET TRANSACTION ")
              + list(s.modes(), SqlText::mode);
      case Statement.Discard s -> "DISCARD " + s.what();
      case Statement.Deallocate s -> "DEALLOCATE " + s.name().map(SqlText::name).orElse("ALL");
      case Statement.Begin s ->
          ((s.start() ? "START TRANSACTION " : "BEGIN ") + list(s.modes(), SqlText::mode)).strip();
      case Statement.Commit s -> "COMMIT" + when(s.chain(), " AND CHAIN");
      case Statement.Rollback s -> "ROLLBACK" + when(s.chain(), " AND CHAIN");
      case Statement.Unsupported s -> s.what();
    };
  }

  private static String asOf(AsOf clause) {
    return " AS OF " + when(clause.atLeast(), "AT LEAST ") + clause.expression();
  }

  /** A name as it can stand anywhere. */
  public static String name(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String name(ReplicaName name) {
    return name(name.cluster()) + "." + name(name.replica());
  }

  /** A variable's name may have one dot in it. */
  private static String variable(String name) {
    int dot = name.indexOf('.');
    return dot < 0
        ? name(name)
        : name(name.substring(0, dot)) + "." + name(name.substring(dot + 1));
  }

  static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static String when(boolean condition, String words) {
    return condition ? words : "";
  }

  static <T> String list(List<T> items, Function<T, String> writer) {
    return list(items, ", ", writer);
  }

  private static <T> String list(List<T> items, String separator, Function<T, String> writer) {
    return items.stream().map(writer).collect(Collectors.joining(separator));
  }

  private static String alter(String name, boolean ifExists) {
    return "ALTER CLUSTER " + when(ifExists, "IF EXISTS ") + name(name) + " ";
  }

  private static String behavior(Statement.DropBehavior behavior) {
    return behavior == Statement.DropBehavior.UNSPECIFIED ? "" : " " + behavior.name();
  }

  private static String comment(String object, Optional<String> comment) {
    return "COMMENT ON " + object + " IS " + comment.map(SqlText::text).orElse("NULL");
  }

  private static String option(Option option) {
    return OptionText.of(option);
  }

  private static String with(WaitClause clause) {
    return " WITH (WAIT " + OptionText.of(clause) + ")";
  }

  private static String filter(ShowFilter filter) {
    return switch (filter) {
      case ShowFilter.Like like -> " LIKE " + text(like.pattern());
      case ShowFilter.Where where -> " WHERE " + where.condition();
    };
  }

  private static String piece(QueryPiece piece) {
    return switch (piece) {
      case QueryPiece.Text text -> text.text();
      case QueryPiece.Show show -> of(show.show());
    };
  }

  private static String value(VariableValue value) {
    return switch (value) {
      case VariableValue.Default ignored -> "DEFAULT";
      case VariableValue.Values values -> list(values.values(), SqlText::text);
    };
  }

  private static String mode(TransactionMode mode) {
    return switch (mode) {
      case TransactionMode.Isolation isolation -> "ISOLATION LEVEL " + isolation.level();
      case TransactionMode.Access access -> access.readOnly() ? "READ ONLY" : "READ WRITE";
      case TransactionMode.Deferrable deferrable ->
          deferrable.deferrable() ? "DEFERRABLE" : "NOT DEFERRABLE";
    };
  }
}
