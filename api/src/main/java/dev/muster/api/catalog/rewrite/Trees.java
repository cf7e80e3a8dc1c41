package dev.muster.api.catalog.rewrite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Makes nodes of the engine's parse tree. */
final class Trees {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Trees() {}

  static ObjectNode text(String value) {
    return constant("STRING", value);
  }

  static ObjectNode number(long value) {
    return constant("INTEGER", Long.toString(value));
  }

  static ObjectNode bool(boolean value) {
    return constant("BOOLEAN", Boolean.toString(value));
  }

  static ObjectNode nothing() {
    return constant("NULL_LITERAL", "");
  }

  private static ObjectNode constant(String kind, String text) {
    ObjectNode node = expression("CONSTANT", "VALUE_CONSTANT");
    node.putObject("literal").put("kind", kind).put("text", text);
    return node;
  }

  static ObjectNode parameter(int number) {
    return expression("PARAMETER", "VALUE_PARAMETER").put("identifier", Integer.toString(number));
  }

  static ObjectNode cast(JsonNode child, String engineType) {
    ObjectNode node = expression("CAST", "OPERATOR_CAST");
    node.set("child", child);
    node.put("try_cast", false);
    boolean list = engineType.endsWith("[]");
    String element = list ? engineType.substring(0, engineType.length() - 2) : engineType;
    node.set("type_expr", list ? type("list", type(element)) : type(element));
    return node;
  }

  private static ObjectNode type(String name, ObjectNode... children) {
    boolean decimal = name.startsWith("DECIMAL");
    ObjectNode node = expression("TYPE", "TYPE");
    node.put("catalog", "").put("schema", "").put("type_name", decimal ? "DECIMAL" : name);
    ArrayNode all = node.putArray("children");
    for (ObjectNode child : children) {
      all.add(child);
    }
    if (decimal) {
      all.add(number(38)).add(number(9));
    }
    node.putObject("qualified_name").putArray("path").add(decimal ? "DECIMAL" : name);
    return node;
  }

  /** The elements of a list; where they are records, a column for each of their fields if asked. */
  static ObjectNode unnest(JsonNode list, boolean fields) {
    ObjectNode node = call("unnest", list);
    rename(node, "", "unnest");
    if (fields) {
      ObjectNode yes = bool(true).put("alias", "recursive");
      ((ArrayNode) node.path("arguments"))
          .addObject()
          .put("name", "recursive")
          .set("expression", yes);
    }
    return node;
  }

  /** A call of one of our macros. */
  static ObjectNode call(String macro, JsonNode... arguments) {
    ObjectNode node = expression("FUNCTION", "FUNCTION");
    node.put("is_operator", false).put("distinct", false).put("export_state", false);
    node.put("catalog", "");
    node.putNull("filter");
    node.putObject("order_bys").put("type", "ORDER_MODIFIER").putArray("orders");
    rename(node, "fn", macro);
    ArrayNode all = node.putArray("arguments");
    for (JsonNode argument : arguments) {
      all.addObject().put("name", "").set("expression", argument);
    }
    return node;
  }

  /** A call of a function of the engine's own. */
  static ObjectNode engineCall(String name, JsonNode... arguments) {
    ObjectNode node = call(name, arguments);
    rename(node, "", name);
    return node.put("is_operator", false);
  }

  /**
   * Conditions, joined.
   *
   * @param type {@code CONJUNCTION_AND} or {@code CONJUNCTION_OR}
   */
  static ObjectNode conjunction(String type, List<ObjectNode> conditions) {
    ObjectNode node = expression("CONJUNCTION", type);
    node.putArray("children").addAll(conditions);
    return node;
  }

  /** Gives a function call another function's name; an empty schema is the engine's own. */
  static void rename(ObjectNode call, String schema, String name) {
    String before = call.path("function_name").asText();
    call.put("function_name", name).put("schema", schema);
    ArrayNode path = call.putObject("qualified_name").putArray("path");
    if (!schema.isEmpty()) {
      path.add(schema);
    }
    path.add(name);
    boolean same = schema.isEmpty() && name.equals(before);
    call.put("is_operator", same && call.path("is_operator").asBoolean());
  }

  private static ObjectNode expression(String kind, String type) {
    return NODES
        .objectNode()
        .put("class", kind)
        .put("type", type)
        .put("alias", "")
        .put("query_location", Long.MAX_VALUE)
        .put("query_location_length", 0);
  }
}
