package dev.muster.api.catalog.rewrite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.catalog.relation.Feed;
import dev.muster.api.catalog.rewrite.Rewritten.Output;
import dev.muster.api.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Rewrites expressions and traces their types. */
final class Expressions {
  private static final Set<String> SCHEMAS =
      Set.of("pg_catalog", "mz_catalog", "mz_internal", "information_schema");
  private static final Set<String> OUR_FUNCTION_SCHEMAS =
      Set.of("", "pg_catalog", "mz_catalog", "mz_internal", "information_schema");
  private static final Set<String> COLLATIONS =
      Set.of("default", "C", "POSIX", "c", "posix", "ucs_basic");

  private final Rewriter rewriter;
  private final Queries queries;
  private final SessionFunctions sessionFunctions;

  /**
   * An expression as rewritten.
   *
   * @param type where it is known better than the engine knows it
   */
  record Typed(ObjectNode node, Optional<SqlType> type, boolean isExpansion) {
    Typed(ObjectNode node, Optional<SqlType> type) {
      this(node, type, false);
    }
  }

  Expressions(Rewriter rewriter, Queries queries) {
    this.rewriter = rewriter;
    this.queries = queries;
    this.sessionFunctions = new SessionFunctions(rewriter);
  }

  /** Rewrites whatever expressions and queries a field of a node holds. */
  void rewriteIn(ObjectNode node, String field, Scope scope) {
    JsonNode value = node.path(field);
    if (value instanceof ObjectNode object) {
      node.set(field, rewriteAny(object, scope));
    } else if (value instanceof ArrayNode array) {
      rewriteIn(array, scope);
    }
  }

  private void rewriteIn(ArrayNode array, Scope scope) {
    for (int i = 0; i < array.size(); i++) {
      JsonNode value = array.get(i);
      if (value instanceof ObjectNode object) {
        array.set(i, rewriteAny(object, scope));
      } else if (value instanceof ArrayNode inner) {
        rewriteIn(inner, scope);
      }
    }
  }

  private ObjectNode rewriteAny(ObjectNode node, Scope scope) {
    if (node.has("class")) {
      return expression(node, scope).node();
    }
    if (node.path("type").asText().endsWith("_NODE")) {
      queries.query(node, scope, false);
      return node;
    }
    rewriteChildren(node, scope);
    return node;
  }

  private void rewriteChildren(ObjectNode node, Scope scope) {
    List<String> fields = new ArrayList<>();
    node.fieldNames().forEachRemaining(fields::add);
    fields.forEach(field -> rewriteIn(node, field, scope));
  }

  Typed expression(ObjectNode node, Scope scope) {
    return switch (node.path("class").asText()) {
      case "COLUMN_REF" -> column(node, scope);
      case "PARAMETER" -> parameter(node);
      case "CAST" -> cast(node, scope);
      case "FUNCTION" -> function(node, scope);
      case "WINDOW" -> window(node, scope);
      case "COLLATE" -> collate(node, scope);
      case "SUBQUERY" -> subquery(node, scope);
      case "CASE" -> caseOf(node, scope);
      case "OPERATOR" -> operator(node, scope);
      case "STAR",
          "CONSTANT",
          "BETWEEN",
          "COMPARISON",
          "CONJUNCTION",
          "LAMBDA",
          "TYPE",
          "DEFAULT",
          "POSITIONAL_REFERENCE" -> {
        rewriteChildren(node, scope);
        yield new Typed(node, Optional.empty());
      }
      default -> throw SqlErrors.notSupported("this expression");
    };
  }

  private Typed column(ObjectNode node, Scope scope) {
    ArrayNode names = (ArrayNode) node.path("column_names");
    if (names.size() == 1) {
      String name = names.path(0).asText();
      if (!scope.hasColumn(null, name)) {
        Optional<ObjectNode> value = sessionFunctions.keyword(name.toLowerCase(Locale.ROOT));
        if (value.isPresent()) {
          return new Typed(value.get(), Optional.of(SqlType.NAME));
        }
      }
      return new Typed(node, scope.type(null, name));
    }
    if (names.size() > 2 && names.path(0).asText().equalsIgnoreCase(rewriter.database())) {
      names.remove(0);
    }
    if (names.size() > 2 && SCHEMAS.contains(names.path(0).asText().toLowerCase(Locale.ROOT))) {
      names.remove(0);
    }
    String alias = names.path(0).asText();
    return new Typed(node, scope.type(alias, names.path(1).asText()));
  }

  private Typed parameter(ObjectNode node) {
    Optional<SqlType> declared =
        rewriter
            .parameterType(Rewriter.parameterNumber(node))
            .filter(type -> type != SqlType.UNKNOWN);
    return declared
        .map(type -> new Typed(Trees.cast(node, TypeNames.toEngine(type)), declared))
        .orElseGet(() -> new Typed(node, Optional.empty()));
  }

  private Typed cast(ObjectNode node, Scope scope) {
    ObjectNode type = (ObjectNode) node.path("type_expr");
    Optional<SqlType> target = TypeNames.of(type);
    Typed child = expression((ObjectNode) node.path("child"), scope);
    if (target.flatMap(SqlType::element).isPresent() && ArrayLiterals.isLiteral(child.node())) {
      return new Typed(ArrayLiterals.list(child.node(), target.get()), target);
    }
    if (target.isPresent()) {
      Optional<Typed> special = RegistryCasts.cast(child, target.get(), type);
      if (special.isPresent()) {
        return special.get();
      }
    }
    TypeNames.rename(type);
    node.set("child", child.node());
    return new Typed(node, target);
  }

  private Typed function(ObjectNode node, Scope scope) {
    String name = node.path("function_name").asText();
    String schema = node.path("schema").asText();
    long location = node.path("query_location").asLong(-1);
    if (!OUR_FUNCTION_SCHEMAS.contains(schema)) {
      throw SqlErrors.at(SqlErrors.unknownFunction(schema + "." + name), location);
    }
    if (name.equals(ExpansionTokens.MARK)) {
      return expansion(node, scope);
    }
    if (name.equals("_pg_expandarray")) {
      arguments(node, scope);
      Trees.rename(node, "fn", "pg_expandarray");
      return new Typed(Trees.unnest(node, false), Optional.empty());
    }
    Optional<Typed> session = sessionFunctions.call(name, node);
    if (session.isPresent()) {
      return session.get();
    }
    Functions.Rule rule =
        Functions.find(name)
            .orElseThrow(() -> SqlErrors.at(SqlErrors.unknownFunction(name), location));
    List<Optional<SqlType>> types = arguments(node, scope);
    rewriteIn(node, "filter", scope);
    rewriteIn(node, "order_bys", scope);
    if (rule.readsRoles()) {
      rewriter.needs(Set.of(Feed.ENVIRONMENT));
    }
    if (name.equals("pg_typeof")) {
      Optional<Typed> known = declaredType(node, types);
      if (known.isPresent()) {
        return known.get();
      }
    }
    Trees.rename(node, rule.schema(), rule.name());
    return new Typed(node, rule.type().or(() -> FunctionTypes.of(name, types)));
  }

  /** The engine cannot tell the types of its own that stand for several of ours: an oid, a name. */
  private static Optional<Typed> declaredType(ObjectNode call, List<Optional<SqlType>> types) {
    boolean ofColumn =
        call.path("arguments")
            .path(0)
            .path("expression")
            .path("class")
            .asText()
            .equals("COLUMN_REF");
    return types.size() == 1 && ofColumn
        ? types
            .getFirst()
            .map(type -> new Typed(Trees.text(type.sqlName()), Optional.of(SqlType.REGTYPE)))
        : Optional.empty();
  }

  /** {@code f(x).*}: a column for each field of each record that the function gives. */
  private Typed expansion(ObjectNode node, Scope scope) {
    ObjectNode inner = (ObjectNode) node.path("arguments").path(0).path("expression");
    Typed records = expression(inner, scope);
    return new Typed(Trees.unnest(records.node(), true), Optional.empty(), true);
  }

  private List<Optional<SqlType>> arguments(ObjectNode node, Scope scope) {
    List<Optional<SqlType>> types = new ArrayList<>();
    for (JsonNode argument : node.path("arguments")) {
      ObjectNode holder = (ObjectNode) argument;
      Typed typed = expression((ObjectNode) holder.path("expression"), scope);
      holder.set("expression", typed.node());
      types.add(typed.type());
    }
    return types;
  }

  private Typed window(ObjectNode node, Scope scope) {
    String name = node.path("function_name").asText();
    Functions.Rule rule =
        Functions.find(name)
            .orElseThrow(
                () ->
                    SqlErrors.at(
                        SqlErrors.unknownFunction(name), node.path("query_location").asLong(-1)));
    rewriteChildren(node, scope);
    return new Typed(node, rule.type());
  }

  /** All our collations compare bytes, as the engine does when told nothing. */
  private Typed collate(ObjectNode node, Scope scope) {
    String collation = node.path("collation").asText();
    String name = collation.startsWith("pg_catalog.") ? collation.substring(11) : collation;
    if (!COLLATIONS.contains(name)) {
      throw SqlErrors.error("42704", "collation \"" + name + "\" does not exist");
    }
    return expression((ObjectNode) node.path("child"), scope);
  }

  private Typed subquery(ObjectNode node, Scope scope) {
    List<Output> columns = queries.query(node.path("subquery").path("node"), scope, false);
    rewriteIn(node, "child", scope);
    boolean scalar = node.path("subquery_type").asText().equals("SCALAR") && columns.size() == 1;
    return new Typed(node, scalar ? columns.getFirst().type() : Optional.empty());
  }

  private Typed caseOf(ObjectNode node, Scope scope) {
    Optional<SqlType> type = Optional.empty();
    for (JsonNode check : node.path("case_checks")) {
      ObjectNode branch = (ObjectNode) check;
      rewriteIn(branch, "when_expr", scope);
      Typed then = expression((ObjectNode) branch.path("then_expr"), scope);
      branch.set("then_expr", then.node());
      type = type.or(then::type);
    }
    Typed otherwise = expression((ObjectNode) node.path("else_expr"), scope);
    node.set("else_expr", otherwise.node());
    return new Typed(node, FunctionTypes.stable(type.or(otherwise::type)));
  }

  private Typed operator(ObjectNode node, Scope scope) {
    List<Optional<SqlType>> types = new ArrayList<>();
    ArrayNode children = (ArrayNode) node.path("children");
    for (int i = 0; i < children.size(); i++) {
      Typed child = expression((ObjectNode) children.get(i), scope);
      children.set(i, child.node());
      types.add(child.type());
    }
    return new Typed(node, FunctionTypes.ofOperator(node.path("type").asText(), types));
  }
}
