package dev.muster.api.catalog.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.ConfigFactory;
import dev.muster.api.catalog.CatalogFixture;
import dev.muster.api.catalog.HostCatalogue;
import dev.muster.api.catalog.relation.BaseTable;
import dev.muster.api.catalog.relation.Relations;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Few rows and many are written in different ways, and are the same rows. */
class ReplacementTest {
  private static final int MANY = 20;

  private static final List<String> TEXTS =
      List.of(
          "", "plain", "it's \"quoted\" \\ {x:1}, [y]", "\u00e9\ud83d\ude00\n\t", "NULL", "null");

  private static final List<String> JSON =
      List.of(
          "{}",
          "{\"name\":\"it's"
              + " \\\"x\\\"\",\"size\":null,\"credits\":0.10,\"all\":[1,\"\u00e9\",{\"a\":\"\\n"
              + "\"}]}");

  /** A row in which every value is there, or none but the key. */
  private static List<Object> row(BaseTable table, String key, boolean full, int number) {
    Object[] row = new Object[table.columnNames().size()];
    row[0] = key;
    for (int i = 1; full && i < row.length; i++) {
      String type = table.columnTypes().get(i);
      row[i] =
          switch (type) {
            case "VARCHAR" -> TEXTS.get((number + i) % TEXTS.size());
            case "JSON" -> JSON.get((number + i) % JSON.size());
            case "VARCHAR[]" -> number % 2 == 0 ? TEXTS : List.of();
            case "BIGINT" -> Long.MAX_VALUE - number;
            case "BOOLEAN" -> number % 2 == 0;
            case "TIMESTAMP WITH TIME ZONE" ->
                Instant.parse("2026-01-01T00:00:00.123456Z").plusSeconds(number);
            default -> new BigDecimal("0.123456").add(BigDecimal.valueOf(number));
          };
    }
    return Arrays.asList(row);
  }

  private static List<String> rows(EngineConnection connection, BaseTable table)
      throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = connection.connection().createStatement();
        ResultSet result =
            statement.executeQuery("SELECT t::VARCHAR FROM base." + table.tableName() + " t")) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    rows.sort(null);
    return rows;
  }

  @Test
  void fewAndManyAreWrittenTheSame() {
    EngineLimits limits = EngineLimits.load(ConfigFactory.load());
    try (EnginePool pool =
        new EnginePool(
            limits,
            () ->
                Engine.open(
                    new Relations(),
                    CatalogFixture.SIZES,
                    HostCatalogue.EMPTY,
                    limits,
                    Optional.empty()))) {
      for (BaseTable table : BaseTable.values()) {
        pool.call(
            connection -> {
              compare(connection, table);
              return null;
            });
      }
    }
  }

  private static void compare(EngineConnection connection, BaseTable table) throws SQLException {
    List<List<Object>> all = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      all.add(row(table, "u" + i, i % 5 != 0, i));
    }
    List<String> keys = all.stream().map(row -> (String) row.getFirst()).toList();
    Rows.append(connection.connection(), table.tableName(), all);
    List<String> appended = rows(connection, table);
    assertEquals(MANY, appended.size());
    for (List<String> some : List.of(keys, keys.subList(0, 1))) {
      try (Replacement replacement = new Replacement(connection)) {
        replacement.replace(table, some, all.subList(0, some.size()));
        replacement.commit();
      }
      assertEquals(appended, rows(connection, table), table::tableName);
    }
    try (Replacement replacement = new Replacement(connection)) {
      replacement.replace(table, keys, List.of());
      replacement.commit();
    }
    assertEquals(List.of(), rows(connection, table));
  }
}
