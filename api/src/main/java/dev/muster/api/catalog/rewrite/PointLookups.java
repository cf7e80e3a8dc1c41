package dev.muster.api.catalog.rewrite;

import com.fasterxml.jackson.databind.JsonNode;
import dev.muster.api.catalog.relation.BaseTable;
import dev.muster.api.catalog.relation.Projection;
import dev.muster.api.catalog.relation.Projection.Form;
import dev.muster.api.catalog.relation.Relation;
import dev.muster.api.catalog.relation.Relations;
import dev.muster.api.catalog.rewrite.PointLookup.Condition;
import dev.muster.api.catalog.rewrite.PointLookup.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Recognizes queries that are {@link PointLookup}s, in their rewritten trees. Whatever it does not
 * know makes a query none: it is the engine's then.
 */
final class PointLookups {
  private final Relation relation;
  private final Projection projection;
  private final Set<String> qualifiers;

  private PointLookups(Relation relation, Projection projection, Set<String> qualifiers) {
    this.relation = relation;
    this.projection = projection;
    this.qualifiers = qualifiers;
  }

  /**
   * @param query the top of a statement, rewritten, and so known to be allowed
   */
  static Optional<PointLookup> find(JsonNode query, Relations relations) {
    boolean plain =
        query.path("type").asText().equals("SELECT_NODE")
            && query.path("cte_map").path("map").isEmpty()
            && query.path("group_expressions").isEmpty()
            && query.path("group_sets").isEmpty()
            && query.path("having").isNull()
            && query.path("qualify").isNull()
            && query.path("sample").isNull();
    JsonNode from = query.path("from_table");
    if (!plain
        || !from.path("type").asText().equals("BASE_TABLE")
        || !from.path("column_name_alias").isEmpty()
        || !from.path("sample").isNull()
        || !from.path("at_clause").isNull()) {
      return Optional.empty();
    }
    String name = from.path("table_name").asText();
    String alias = from.path("alias").asText();
    Set<String> qualifiers = Set.of(alias.isEmpty() ? name : alias);
    return relations
        .find(from.path("schema_name").asText(), name)
        .flatMap(
            relation ->
                relation
                    .projection()
                    .map(projection -> new PointLookups(relation, projection, qualifiers)))
        .flatMap(found -> found.lookup(query));
  }

  private Optional<PointLookup> lookup(JsonNode query) {
    List<Condition> conditions = new ArrayList<>();
    List<Projection.Item> columns = new ArrayList<>();
    if (!conditions(query.path("where_clause"), conditions)
        || !columns(query.path("select_list"), columns)) {
      return Optional.empty();
    }
    PointLookup lookup = new PointLookup(projection.table(), conditions, columns);
    boolean ordered = !query.path("modifiers").isEmpty();
    boolean answerable =
        switch (projection.table()) {
          case CLUSTER -> isKeyed(lookup, "id") || isKeyed(lookup, "name");
          case REPLICA -> isKeyed(lookup, "id") || (isKeyed(lookup, "cluster_id") && !ordered);
          case ROLE,
              ZONE_OUTAGE,
              OBSERVATION,
              REPLICA_HISTORY,
              STATUS_HISTORY,
              HYDRATION_HISTORY,
              NAME_HISTORY,
              SCALING_HISTORY,
              CLUSTER_NAME,
              AUDIT_EVENT ->
              false;
        };
    return answerable && (!ordered || ordersColumns(query.path("modifiers")))
        ? Optional.of(lookup)
        : Optional.empty();
  }

  private static boolean isKeyed(PointLookup lookup, String column) {
    return lookup.valueOf(column).isPresent();
  }

  /** A single row has any order; the engine has seen that what it is to be ordered by is there. */
  private static boolean ordersColumns(JsonNode modifiers) {
    for (JsonNode modifier : modifiers) {
      if (!modifier.path("type").asText().equals("ORDER_MODIFIER")) {
        return false;
      }
      for (JsonNode order : modifier.path("orders")) {
        if (!order.path("expression").path("class").asText().equals("COLUMN_REF")) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean conditions(JsonNode node, List<Condition> conditions) {
    if (node.path("type").asText().equals("CONJUNCTION_AND")) {
      for (JsonNode child : node.path("children")) {
        if (!conditions(child, conditions)) {
          return false;
        }
      }
      return true;
    }
    if (!node.path("type").asText().equals("COMPARE_EQUAL")) {
      return false;
    }
    Optional<Condition> condition =
        condition(node.path("left"), node.path("right"))
            .or(() -> condition(node.path("right"), node.path("left")));
    condition.ifPresent(conditions::add);
    return condition.isPresent();
  }

  private Optional<Condition> condition(JsonNode column, JsonNode value) {
    return column(column)
        .filter(item -> item.form() == Form.AS_IT_IS && holdsTexts(item.column()))
        .flatMap(item -> text(value).map(text -> new Condition(item.column(), text)));
  }

  private boolean holdsTexts(int column) {
    BaseTable table = projection.table();
    return table.columnTypes().get(column).equals("VARCHAR");
  }

  private static Optional<Text> text(JsonNode node) {
    return switch (node.path("class").asText()) {
      case "CONSTANT" ->
          node.path("literal").path("kind").asText().equals("STRING")
              ? Optional.of(new Text.Constant(node.path("literal").path("text").asText()))
              : Optional.empty();
      case "PARAMETER" -> Optional.of(new Text.Parameter(Rewriter.parameterNumber(node) - 1));
      case "CAST" ->
          node.path("type_expr").path("type_name").asText().equals("VARCHAR")
                  && node.path("type_expr").path("children").isEmpty()
                  && !node.path("try_cast").asBoolean()
              ? text(node.path("child"))
              : Optional.empty();
      case "FUNCTION" -> concatenation(node);
      default -> Optional.empty();
    };
  }

  private static Optional<Text> concatenation(JsonNode node) {
    JsonNode arguments = node.path("arguments");
    if (!node.path("function_name").asText().equals("||") || arguments.size() != 2) {
      return Optional.empty();
    }
    Optional<Text> right = text(arguments.path(1).path("expression"));
    return text(arguments.path(0).path("expression"))
        .flatMap(left -> right.map(end -> new Text.Concatenation(left, end)));
  }

  private boolean columns(JsonNode list, List<Projection.Item> columns) {
    for (JsonNode node : list) {
      if (node.path("class").asText().equals("STAR")) {
        if (!isPlainStar(node) || projection.items().stream().anyMatch(Optional::isEmpty)) {
          return false;
        }
        projection.items().forEach(item -> item.ifPresent(columns::add));
        continue;
      }
      Optional<Projection.Item> item = column(node);
      if (item.isEmpty()) {
        return false;
      }
      columns.add(item.get());
    }
    return true;
  }

  private boolean isPlainStar(JsonNode star) {
    String qualifier = star.path("relation_name").asText();
    return (qualifier.isEmpty() || qualifiers.contains(qualifier))
        && star.path("exclude_list").isEmpty()
        && star.path("qualified_exclude_list").isEmpty()
        && star.path("replace_list").isEmpty()
        && star.path("rename_list").isEmpty()
        && star.path("expr").isNull()
        && !star.path("columns").asBoolean();
  }

  private Optional<Projection.Item> column(JsonNode node) {
    JsonNode names = node.path("column_names");
    boolean known =
        node.path("class").asText().equals("COLUMN_REF")
            && (names.size() == 1
                || names.size() == 2 && qualifiers.contains(names.path(0).asText()));
    if (!known) {
      return Optional.empty();
    }
    String name = names.path(names.size() - 1).asText();
    for (int i = 0; i < relation.columns().size(); i++) {
      if (relation.columns().get(i).name().equals(name)) {
        return projection.items().get(i);
      }
    }
    return Optional.empty();
  }
}
