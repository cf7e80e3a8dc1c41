package dev.muster.api.catalog.engine;

import com.typesafe.config.ConfigFactory;
import dev.muster.api.catalog.CatalogFixture;
import dev.muster.api.catalog.CatalogQueries;
import dev.muster.api.catalog.CatalogQueries.PastInstant;
import dev.muster.api.catalog.CatalogQueries.Query;
import dev.muster.api.catalog.CatalogQueries.QueryContext;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.session.Column;
import dev.muster.journal.read.JournalReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs queries for tests. */
final class Asking {
  static final QueryContext CONTEXT =
      new QueryContext("materialize", "materialize", "public", Map.of("application_name", "test"));

  private final CatalogQueries catalog;

  Asking(CatalogQueries catalog) {
    this.catalog = catalog;
  }

  static DuckDbCatalog open() {
    return new DuckDbCatalog(
        CatalogFixture.SIZES,
        CatalogFixture.EMPTY_JOURNAL,
        EngineLimits.load(ConfigFactory.load()));
  }

  /** With a journal that can be asked for what was. */
  static DuckDbCatalog open(CatalogFixture fixture) {
    return open(fixture.journal());
  }

  static DuckDbCatalog open(JournalReader journal) {
    return new DuckDbCatalog(
        CatalogFixture.SIZES, journal, EngineLimits.load(ConfigFactory.load()));
  }

  List<List<Object>> rowsAsOf(CatalogSnapshot snapshot, PastInstant instant, String sql) {
    List<List<Object>> rows = new ArrayList<>();
    catalog
        .runAsOf(
            catalog.prepare(sql, List.of(), CONTEXT),
            List.of(),
            CONTEXT,
            instant,
            snapshot,
            stop -> {})
        .forEachRemaining(rows::add);
    return rows;
  }

  List<List<Object>> rows(CatalogSnapshot snapshot, String sql, Object... parameters) {
    Query query = catalog.prepare(sql, List.of(), CONTEXT);
    List<List<Object>> rows = new ArrayList<>();
    catalog
        .run(query, java.util.Arrays.asList(parameters), CONTEXT, snapshot, stop -> {})
        .forEachRemaining(rows::add);
    return rows;
  }

  List<Column> columns(String sql) {
    return catalog
        .prepare(sql, List.<Optional<dev.muster.api.type.SqlType>>of(), CONTEXT)
        .columns();
  }
}
