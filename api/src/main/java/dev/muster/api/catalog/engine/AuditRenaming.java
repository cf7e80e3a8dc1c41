package dev.muster.api.catalog.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.api.catalog.history.HistoryRows.Renaming;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells audit rows anew that were made before their cluster's new name was read: they become what
 * they would have been, to the letter. Seldom: only what happens while it is read comes to this.
 */
final class AuditRenaming {
  /** Numbers stay as they are written. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private AuditRenaming() {}

  static void carryOut(EngineConnection connection, Renaming renaming) throws SQLException {
    PreparedStatement update =
        connection.prepare("UPDATE base.audit_event SET details = ? WHERE id = ?");
    for (Map.Entry<Long, String> row : rows(connection, renaming).entrySet()) {
      update.setString(1, renamed(row.getValue(), renaming.name()));
      update.setLong(2, row.getKey());
      update.executeUpdate();
    }
  }

  private static Map<Long, String> rows(EngineConnection connection, Renaming renaming)
      throws SQLException {
    PreparedStatement select =
        connection.prepare(
            "SELECT id, details FROM base.audit_event WHERE cluster_id = ? AND id > ?");
    select.setString(1, renaming.id().value());
    select.setLong(2, renaming.after().value());
    Map<Long, String> rows = new LinkedHashMap<>();
    try (ResultSet result = select.executeQuery()) {
      while (result.next()) {
        rows.put(result.getLong(1), result.getString(2));
      }
    }
    return rows;
  }

  private static String renamed(String details, String name) {
    try {
      ObjectNode object = (ObjectNode) JSON.readTree(details);
      for (String key : List.of("name", "cluster_name")) {
        if (object.has(key)) {
          object.put(key, name);
        }
      }
      return JSON.writeValueAsString(object);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("not JSON: " + details, impossible);
    }
  }
}
