package dev.muster.api.catalog.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.catalog.relation.BaseTable;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Inserts a few rows into base tables, all of them as one parameter: a statement that is given
 * NULLs or decimals one by one is planned anew on each run, which costs more than the insert.
 */
final class JsonRows {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonRows() {}

  static void insert(EngineConnection connection, BaseTable table, List<List<Object>> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return;
    }
    PreparedStatement statement = connection.prepare(statement(table));
    statement.setString(1, text(table, rows));
    statement.executeUpdate();
  }

  private static String statement(BaseTable table) {
    List<String> fields = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < table.columnNames().size(); i++) {
      String name = '"' + table.columnNames().get(i) + '"';
      String type = table.columnTypes().get(i);
      String field =
          switch (type) {
            case "VARCHAR[]" -> "[\"VARCHAR\"]";
            case "BOOLEAN", "BIGINT" -> '"' + type + '"';
            default -> "\"VARCHAR\"";
          };
      fields.add(name + ":" + field);
      values.add("r." + name + "::" + type);
    }
    return "INSERT INTO base."
        + table.tableName()
        + " SELECT "
        + String.join(", ", values)
        + " FROM (SELECT unnest(from_json(?::VARCHAR, '[{"
        + String.join(",", fields)
        + "}]')) AS r)";
  }

  private static String text(BaseTable table, List<List<Object>> rows) {
    ArrayNode all = JSON.createArrayNode();
    for (List<Object> row : rows) {
      ObjectNode object = all.addObject();
      for (int i = 0; i < row.size(); i++) {
        put(object, table.columnNames().get(i), row.get(i));
      }
    }
    try {
      return JSON.writeValueAsString(all);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a row cannot be written", e);
    }
  }

  private static void put(ObjectNode object, String name, Object value) {
    switch (value) {
      case null -> object.putNull(name);
      case String text -> object.put(name, text);
      case Long number -> object.put(name, number);
      case Boolean flag -> object.put(name, flag);
      case BigDecimal number -> object.put(name, number.toPlainString());
      case Instant instant -> object.put(name, instant.toString());
      case Collection<?> list -> {
        ArrayNode items = object.putArray(name);
        list.forEach(item -> items.add((String) item));
      }
      default -> throw new IllegalArgumentException("no column holds a " + value.getClass());
    }
  }
}
