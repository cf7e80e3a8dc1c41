package dev.muster.api.catalog.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.typesafe.config.ConfigFactory;
import dev.muster.api.catalog.CatalogFixture;
import dev.muster.api.catalog.CatalogQueries.Query;
import dev.muster.api.catalog.rewrite.LiteralShape;
import dev.muster.api.catalog.rewrite.LiteralShape.Literal;
import dev.muster.api.error.SqlException;
import dev.muster.api.session.Column;
import dev.muster.api.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A query whose literals were made parameters gives what it would have given as it was written. */
class LiteralLiftingTest {
  /** Declared types tell that the text has parameters, so that its literals are left alone. */
  private static final List<Optional<SqlType>> UNLIFTED = List.of(Optional.empty());

  private static final List<String> VALUES =
      List.of(
          "'prod'",
          "'dev'",
          "'u1'",
          "'u2'",
          "'it''s'",
          "''",
          "'5'",
          "'-5'",
          "'007'",
          "'%'",
          "'p%'",
          "'x\\y'",
          "'cluster'",
          "'role'",
          "'oom-killed'",
          "'1184'",
          "' 25 '",
          "'25cc'",
          "'99999999999999999999'",
          "0",
          "1",
          "25",
          "1184",
          "4294967296",
          "99999999999999999999");

  /** Those of the clients, and some in which a literal could easily be taken for a value. */
  private static final List<String> QUERIES = new ArrayList<>();

  private static CatalogFixture fixture;
  private static DuckDbCatalog catalog;

  /**
   * What a query gives, or the SQLSTATE of its error. Not the error's text: where several rows fail
   * a cast (a name compared with a number), the text names the one that a thread of the engine met
   * first, and SQL does not say which that is.
   */
  record Outcome(List<Column> columns, List<List<Object>> rows, String sqlState) {}

  @BeforeAll
  @BeforeContainer
  static void open() {
    if (catalog != null) {
      return;
    }
    fixture = ClientQueries.snapshot();
    catalog =
        new DuckDbCatalog(
            CatalogFixture.SIZES, fixture.journal(), EngineLimits.load(ConfigFactory.load()));
    ClientQueries.all().stream()
        .map(ClientQueries.Asked::sql)
        .filter(sql -> LiteralShape.of(sql).isPresent())
        .forEach(QUERIES::add);
    QUERIES.addAll(
        List.of(
            "SELECT name = 'prod', name = 'dev' AS dev FROM mz_clusters ORDER BY name",
            "SELECT name = 'prod', count(*) FROM mz_clusters GROUP BY name = 'prod' ORDER BY 1",
            "SELECT CASE WHEN name = 'prod' THEN 'p' ELSE 'd' END FROM mz_clusters ORDER BY 1",
            "SELECT typname FROM pg_type WHERE oid = 25 OR oid = '1184' ORDER BY 1",
            "SELECT name FROM mz_clusters WHERE replication_factor > 1 AND name <> 'x' LIMIT 1",
            "SELECT name FROM mz_clusters WHERE name LIKE 'p%' ORDER BY 1 LIMIT 5",
            "SELECT id FROM mz_clusters WHERE managed = 't'",
            "SELECT id FROM mz_cluster_replicas WHERE disk = 'true' AND name = 'r1'",
            "SELECT NULL = 'x', current_user = 'x', name FROM mz_roles WHERE name = 'mz_system'",
            "SELECT id FROM mz_internal.mz_comments WHERE object_type = 'cluster' AND id = 'u1'",
            "SELECT s.a FROM (VALUES (1), (5)) AS s(a) WHERE s.a = '5' OR a < 2 ORDER BY a",
            "SELECT s.a FROM (VALUES (1.5), (25)) AS s(a) WHERE s.a = '25' OR a = 1",
            "SELECT count(*) FROM mz_clusters c WHERE c.introspection_interval = '1 second'"));
  }

  @AfterAll
  @AfterContainer
  static void close() {
    if (catalog != null) {
      catalog.close();
      catalog = null;
    }
  }

  private static Outcome outcome(String sql, List<Optional<SqlType>> types) {
    try {
      Query query = catalog.prepare(sql, types, Asking.CONTEXT);
      List<List<Object>> rows = new ArrayList<>();
      catalog
          .run(query, List.of(), Asking.CONTEXT, fixture.store().snapshot(), stop -> {})
          .forEachRemaining(rows::add);
      return new Outcome(query.columns(), rows, "");
    } catch (SqlException e) {
      return new Outcome(List.of(), List.of(), e.sqlMessage().sqlState());
    }
  }

  private static String with(LiteralShape shape, List<String> literals) {
    StringBuilder sql = new StringBuilder(shape.pieces().getFirst());
    for (int i = 0; i < literals.size(); i++) {
      sql.append(literals.get(i)).append(shape.pieces().get(i + 1));
    }
    return sql.toString();
  }

  @Property(tries = 150, shrinking = ShrinkingMode.OFF)
  void liftedEqualsAsWritten(@ForAll long seed) {
    Random random = new Random(seed);
    String asked = QUERIES.get(random.nextInt(QUERIES.size()));
    LiteralShape shape = LiteralShape.of(asked).orElseThrow();
    outcome(asked, List.of());
    for (int variant = 0; variant < 3; variant++) {
      List<String> literals = new ArrayList<>();
      for (Literal literal : shape.literals()) {
        boolean kept = random.nextInt(3) == 0;
        String before = literal.quoted() ? "'" + literal.value() + "'" : literal.value();
        literals.add(kept ? before : VALUES.get(random.nextInt(VALUES.size())));
      }
      String sql = with(shape, literals);
      assertEquals(outcome(sql, UNLIFTED), outcome(sql, List.of()), sql);
    }
    assertEquals(outcome(asked, UNLIFTED), outcome(asked, List.of()), asked);
  }

  @Test
  void whatVariesIsPlannedOnce() {
    try (DuckDbCatalog fresh = Asking.open()) {
      String sql = "SELECT id FROM mz_internal.mz_comments WHERE object_type = 'cluster' AND id = ";
      assertInstanceOf(PreparedQuery.class, fresh.prepare(sql + "'u1'", List.of(), Asking.CONTEXT));
      LiftedQuery second =
          assertInstanceOf(
              LiftedQuery.class, fresh.prepare(sql + "'u2'", List.of(), Asking.CONTEXT));
      LiftedQuery third =
          assertInstanceOf(
              LiftedQuery.class, fresh.prepare(sql + "'u3'", List.of(), Asking.CONTEXT));
      assertSame(second.prepared(), third.prepared());
      assertEquals(List.of("u3"), third.values());
      assertEquals(List.of(), third.parameterTypes());
    }
  }

  @Test
  void whatCannotBeLiftedIsAskedAsItIsWritten() {
    try (DuckDbCatalog fresh = Asking.open()) {
      String sql = "SELECT name = '%s', count(*) FROM mz_roles GROUP BY name = '%s'";
      for (String name : List.of("a", "b", "c")) {
        Query query = fresh.prepare(sql.formatted(name, name), List.of(), Asking.CONTEXT);
        assertInstanceOf(PreparedQuery.class, query);
        assertEquals("?column?", query.columns().getFirst().name());
      }
    }
  }
}
