package dev.muster.api.catalog.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.typesafe.config.ConfigFactory;
import dev.muster.api.catalog.CatalogFixture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What real clients ask, and the rows that they get of a small fixed catalog. Each query of a
 * resource begins with a line {@code -- # name}, then a line {@code -- = row} for each row
 * expected.
 */
class ClientQueriesTest {
  private static final String NAME = "-- # ";
  private static final String ROW = "-- = ";
  private static CatalogFixture fixture;
  private static DuckDbCatalog catalog;

  @BeforeAll
  static void open() {
    fixture = ClientQueries.snapshot();
    catalog =
        new DuckDbCatalog(
            CatalogFixture.SIZES, fixture.journal(), EngineLimits.load(ConfigFactory.load()));
  }

  @AfterAll
  static void close() {
    catalog.close();
  }

  @TestFactory
  Stream<DynamicTest> everyClientGetsItsRows() {
    return Stream.of("terraform", "dbt", "exporter", "psql", "drivers").flatMap(this::tests);
  }

  private Stream<DynamicTest> tests(String client) {
    List<DynamicTest> tests = new ArrayList<>();
    String name = null;
    List<String> expected = new ArrayList<>();
    StringBuilder sql = new StringBuilder();
    for (String line : (read(client) + "\n" + NAME + "end").split("\n")) {
      if (line.startsWith(NAME)) {
        if (name != null) {
          tests.add(test(client + ": " + name, sql.toString(), List.copyOf(expected)));
        }
        name = line.substring(NAME.length());
        expected.clear();
        sql.setLength(0);
      } else if (line.startsWith(ROW)) {
        expected.add(line.substring(ROW.length()));
      } else {
        sql.append(line).append('\n');
      }
    }
    assertFalse(tests.isEmpty());
    return tests.stream();
  }

  private static DynamicTest test(String name, String sql, List<String> expected) {
    String query = sql.strip().substring(0, sql.strip().length() - 1);
    return DynamicTest.dynamicTest(
        name,
        () ->
            assertEquals(
                expected,
                new Asking(catalog)
                    .rows(fixture.snapshot(), query).stream().map(ClientQueries::text).toList()));
  }

  private static String read(String client) {
    String resource = "/client-queries/" + client + ".sql";
    try (InputStream stream = ClientQueriesTest.class.getResourceAsStream(resource)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(resource, e);
    }
  }
}
