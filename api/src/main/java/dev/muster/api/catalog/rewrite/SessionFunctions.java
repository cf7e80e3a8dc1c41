package dev.muster.api.catalog.rewrite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.catalog.relation.Feed;
import dev.muster.api.catalog.rewrite.Rewritten.ContextValue;
import dev.muster.api.type.SqlType;
import java.util.Optional;
import java.util.Set;

/** Functions and keywords that tell of the session: each becomes a parameter given on each run. */
final class SessionFunctions {
  private final Rewriter rewriter;

  SessionFunctions(Rewriter rewriter) {
    this.rewriter = rewriter;
  }

  /** What a bare name stands for that is no column. */
  Optional<ObjectNode> keyword(String name) {
    return switch (name) {
      case "current_user", "session_user", "current_role", "user" ->
          Optional.of(rewriter.contextParameter(new ContextValue.Role()));
      case "current_catalog" -> Optional.of(rewriter.contextParameter(new ContextValue.Database()));
      case "current_schema" -> Optional.of(rewriter.contextParameter(new ContextValue.Schema()));
      default -> Optional.empty();
    };
  }

  Optional<Expressions.Typed> call(String name, ObjectNode node) {
    return switch (name) {
      case "current_user", "session_user", "current_role", "user", "current_schema" ->
          keyword(name).map(value -> typed(value, SqlType.NAME));
      case "current_database", "current_catalog" ->
          keyword("current_catalog").map(value -> typed(value, SqlType.NAME));
      case "current_setting" -> Optional.of(setting(node));
      case "current_schemas" -> Optional.of(schemas(node));
      case "mz_environment_id" ->
          Optional.of(
              typed(rewriter.contextParameter(new ContextValue.Environment()), SqlType.TEXT));
      case "mz_version" ->
          Optional.of(
              typed(
                  rewriter.contextParameter(new ContextValue.Variable("mz_version", true)),
                  SqlType.TEXT));
      case "version" -> Optional.of(version());
      case "mz_is_superuser" -> Optional.of(superuser());
      case "pg_backend_pid" -> Optional.of(typed(Trees.number(0), SqlType.INT4));
      default -> Optional.empty();
    };
  }

  private Expressions.Typed schemas(ObjectNode node) {
    JsonNode implicit = node.path("arguments").path(0).path("expression");
    ObjectNode schema = rewriter.contextParameter(new ContextValue.Schema());
    return typed(Trees.call("current_schemas", schema, implicit), SqlType.NAME_ARRAY);
  }

  private Expressions.Typed version() {
    ObjectNode own = rewriter.contextParameter(new ContextValue.Variable("mz_version", true));
    return typed(Trees.call("version", own), SqlType.TEXT);
  }

  private Expressions.Typed superuser() {
    rewriter.needs(Set.of(Feed.ENVIRONMENT));
    ObjectNode role = rewriter.contextParameter(new ContextValue.Role());
    return typed(Trees.call("is_superuser", role), SqlType.BOOL);
  }

  private Expressions.Typed setting(ObjectNode node) {
    JsonNode literal = node.path("arguments").path(0).path("expression").path("literal");
    if (!literal.path("kind").asText().equals("STRING")) {
      throw SqlErrors.notSupported("current_setting of anything but a literal");
    }
    boolean missingOk =
        node.path("arguments")
            .path(1)
            .path("expression")
            .findPath("text")
            .asText()
            .toLowerCase(java.util.Locale.ROOT)
            .startsWith("t");
    String name = literal.path("text").asText().toLowerCase(java.util.Locale.ROOT);
    return typed(
        rewriter.contextParameter(new ContextValue.Variable(name, missingOk)), SqlType.TEXT);
  }

  private static Expressions.Typed typed(ObjectNode node, SqlType type) {
    return new Expressions.Typed(node, Optional.of(type));
  }
}
