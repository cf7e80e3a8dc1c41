package dev.muster.api.catalog.rewrite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.catalog.relation.Relation;
import dev.muster.api.catalog.rewrite.Rewritten.Output;
import dev.muster.api.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Rewrites query nodes and what stands in FROM. */
final class Queries {
  private static final Set<String> SELECT_PARTS =
      Set.of("where_clause", "group_expressions", "having", "qualify", "modifiers", "sample");

  private final Rewriter rewriter;
  private final Expressions expressions;

  Queries(Rewriter rewriter) {
    this.rewriter = rewriter;
    this.expressions = new Expressions(rewriter, this);
  }

  /**
   * Rewrites a query.
   *
   * @param outer what names mean around it; null at the top
   * @param named whether columns without a name of their own are given PostgreSQL's
   * @return the columns of its result; empty where they cannot be told
   */
  List<Output> query(JsonNode query, Scope outer, boolean named) {
    ObjectNode node = (ObjectNode) query;
    Scope scope = new Scope(outer);
    commonTables(node, scope);
    return switch (node.path("type").asText()) {
      case "SELECT_NODE" -> select(node, scope, named);
      case "SET_OPERATION_NODE" -> setOperation(node, scope, named);
      case "RECURSIVE_CTE_NODE" -> recursive(node, scope);
      case "CTE_NODE" -> {
        List<Output> inner = query(node.path("query"), scope, false);
        scope.commonTable(node.path("cte_name").asText(), aliased(inner, node.path("aliases")));
        yield query(node.path("child"), scope, named);
      }
      default -> throw SqlErrors.notSupported("this kind of query");
    };
  }

  private void commonTables(ObjectNode node, Scope scope) {
    for (JsonNode entry : node.path("cte_map").path("map")) {
      JsonNode value = entry.path("value");
      JsonNode inner =
          value.has("query_node") ? value.path("query_node") : value.path("query").path("node");
      List<Output> columns = query(inner, scope, false);
      scope.commonTable(entry.path("key").asText(), aliased(columns, value.path("aliases")));
    }
  }

  private List<Output> select(ObjectNode node, Scope scope, boolean top) {
    from(node.path("from_table"), scope);
    List<Output> outputs = new ArrayList<>();
    boolean known = true;
    ArrayNode list = (ArrayNode) node.path("select_list");
    List<JsonNode> rewritten = new ArrayList<>();
    for (JsonNode item : list) {
      if (item.path("class").asText().equals("STAR")) {
        Optional<List<Output>> expanded = star((ObjectNode) item, scope);
        known &= expanded.isPresent();
        expanded.ifPresent(outputs::addAll);
        rewritten.add(item);
        continue;
      }
      String name = ColumnNames.of(item);
      Expressions.Typed typed = expressions.expression((ObjectNode) item, scope);
      // A column that were its own alias would be an odder error where there is no such column.
      boolean named = typed.node().path("class").asText().equals("COLUMN_REF");
      if (!named && (top || !name.equals(ColumnNames.NONE))) {
        typed.node().put("alias", name);
      }
      known &= !typed.isExpansion();
      outputs.add(new Output(name, typed.type()));
      rewritten.add(typed.node());
    }
    Rewriter.setAll(list, rewritten);
    SELECT_PARTS.forEach(part -> expressions.rewriteIn(node, part, scope));
    JsonFilters.add(node, scope);
    return known ? outputs : List.of();
  }

  private Optional<List<Output>> star(ObjectNode star, Scope scope) {
    String alias = star.path("relation_name").asText();
    boolean plain =
        star.path("exclude_list").isEmpty()
            && star.path("replace_list").isEmpty()
            && star.path("rename_list").isEmpty()
            && star.path("expr").isNull();
    if (!star.path("expr").isNull() || star.path("columns").asBoolean()) {
      throw SqlErrors.notSupported("COLUMNS(...)");
    }
    boolean known =
        plain
            && scope.isComplete()
            && scope.items().stream().noneMatch(item -> item.columns().isEmpty());
    if (!known) {
      return Optional.empty();
    }
    return Optional.of(
        scope.items().stream()
            .filter(item -> alias.isEmpty() || item.alias().equals(alias))
            .flatMap(item -> item.columns().stream())
            .toList());
  }

  private List<Output> setOperation(ObjectNode node, Scope scope, boolean named) {
    List<Output> first = null;
    JsonNode children = node.path("children");
    if (children.isArray()) {
      for (JsonNode child : children) {
        first = merged(first, query(child, scope, named));
      }
    } else {
      first =
          merged(query(node.path("left"), scope, named), query(node.path("right"), scope, named));
    }
    expressions.rewriteIn(node, "modifiers", scope);
    return first == null ? List.of() : first;
  }

  /** A column of a union has a declared type only where both sides agree, or one is a literal. */
  private static List<Output> merged(List<Output> first, List<Output> second) {
    if (first == null) {
      return second;
    }
    if (first.size() != second.size()) {
      return List.of();
    }
    List<Output> merged = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      boolean same = first.get(i).type().equals(second.get(i).type());
      merged.add(same ? first.get(i) : new Output(first.get(i).name(), Optional.empty()));
    }
    return merged;
  }

  private List<Output> recursive(ObjectNode node, Scope scope) {
    List<Output> columns = query(node.path("left"), scope, false);
    scope.commonTable(node.path("cte_name").asText(), aliased(columns, node.path("aliases")));
    query(node.path("right"), scope, false);
    return columns;
  }

  private void from(JsonNode table, Scope scope) {
    if (!(table instanceof ObjectNode node)) {
      return;
    }
    switch (node.path("type").asText()) {
      case "EMPTY" -> {}
      case "BASE_TABLE" -> relation(node, scope);
      case "SUBQUERY" ->
          scope.item(
              node.path("alias").asText(),
              aliased(
                  query(node.path("subquery").path("node"), scope, false),
                  node.path("column_name_alias")));
      case "JOIN" -> join(node, scope);
      case "TABLE_FUNCTION" -> tableFunction(node, scope);
      case "EXPRESSION_LIST" -> {
        expressions.rewriteIn(node, "values", scope);
        scope.incomplete();
      }
      default -> throw SqlErrors.notSupported("this in FROM");
    }
    expressions.rewriteIn(node, "sample", scope);
  }

  private void join(ObjectNode node, Scope scope) {
    from(node.path("left"), scope);
    from(node.path("right"), scope);
    if (!node.path("using_columns").isEmpty() || node.path("ref_type").asText().equals("NATURAL")) {
      scope.incomplete();
    }
    expressions.rewriteIn(node, "condition", scope);
  }

  private void relation(ObjectNode node, Scope scope) {
    String catalog = node.path("catalog_name").asText();
    String schema = node.path("schema_name").asText();
    String name = node.path("table_name").asText();
    String alias = node.path("alias").asText().isEmpty() ? name : node.path("alias").asText();
    Optional<List<Output>> common = schema.isEmpty() ? scope.commonTable(name) : Optional.empty();
    if (common.isPresent()) {
      scope.item(alias, aliased(common.get(), node.path("column_name_alias")));
      return;
    }
    Relation relation = resolve(catalog, schema, name, node.path("query_location").asLong(-1));
    rewriter.needs(rewriter.relations().feeds(relation));
    String engineSchema = EngineNames.schema(relation.schema());
    node.put("catalog_name", "")
        .put("schema_name", engineSchema)
        .put("table_name", relation.name());
    node.putObject("qualified_name").putArray("path").add(engineSchema).add(relation.name());
    List<Output> columns =
        relation.columns().stream()
            .map(column -> new Output(column.name(), Optional.of(column.type())))
            .toList();
    scope.relation(alias, aliased(columns, node.path("column_name_alias")));
  }

  private Relation resolve(String catalog, String schema, String name, long location) {
    if (!catalog.isEmpty() && !catalog.equalsIgnoreCase(rewriter.database())) {
      throw SqlErrors.at(SqlErrors.unknownDatabase(catalog), location);
    }
    Optional<Relation> found =
        schema.isEmpty()
            ? rewriter.relations().find(name.toLowerCase(Locale.ROOT))
            : rewriter
                .relations()
                .find(schema.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
    return found.orElseThrow(
        () ->
            SqlErrors.at(
                SqlErrors.unknownRelation(schema.isEmpty() ? name : schema + "." + name),
                location));
  }

  private void tableFunction(ObjectNode node, Scope scope) {
    ObjectNode call = (ObjectNode) node.path("function");
    String name = call.path("function_name").asText();
    String alias = node.path("alias").asText().isEmpty() ? name : node.path("alias").asText();
    Optional<Relation> relation = rewriter.relations().find("pg_catalog", name);
    if (relation.isPresent() && call.path("arguments").isEmpty()) {
      node.put("type", "BASE_TABLE").put("table_name", name).put("schema_name", "pg_catalog");
      node.put("catalog_name", "").putNull("at_clause");
      node.remove("function");
      relation(node, scope);
      return;
    }
    scope.incomplete();
    if (name.equals("mz_aclexplode") || name.equals("_pg_expandarray")) {
      node.set("function", Trees.call("unnest", expressions.expression(call, scope).node()));
      Trees.rename((ObjectNode) node.path("function"), "", "unnest");
      node.put("alias", alias);
      scope.item(alias, List.of());
      return;
    }
    if (!Functions.isTable(name)) {
      throw SqlErrors.at(SqlErrors.unknownFunction(name), node.path("query_location").asLong(-1));
    }
    Trees.rename(call, "", name);
    expressions.rewriteIn(call, "arguments", scope);
    node.put("alias", alias);
    List<Output> one = List.of(new Output(alias, Optional.empty()));
    scope.item(alias, aliased(one, node.path("column_name_alias")));
    if (node.path("column_name_alias").isEmpty()) {
      ((ArrayNode) node.path("column_name_alias")).add(alias);
    }
  }

  private static List<Output> aliased(List<Output> columns, JsonNode aliases) {
    if (aliases.isEmpty()) {
      return columns;
    }
    List<Output> renamed = new ArrayList<>(columns);
    for (int i = 0; i < aliases.size(); i++) {
      String alias = aliases.path(i).asText();
      if (i < renamed.size()) {
        renamed.set(i, renamed.get(i).named(alias));
      } else {
        renamed.add(new Output(alias, Optional.<SqlType>empty()));
      }
    }
    return renamed;
  }
}
