package dev.muster.api.catalog.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.ConfigFactory;
import dev.muster.api.catalog.CatalogFixture;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What real clients ask, and the rows that they get of a small fixed catalog. */
class ClientQueriesTest {
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
    return ClientQueries.all().stream()
        .map(
            query ->
                DynamicTest.dynamicTest(
                    query.name(), () -> assertEquals(query.expected(), rows(query.sql()))));
  }

  private static List<String> rows(String sql) {
    return new Asking(catalog)
        .rows(fixture.snapshot(), sql).stream().map(ClientQueries::text).toList();
  }
}
