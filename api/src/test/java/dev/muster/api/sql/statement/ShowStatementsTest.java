package dev.muster.api.sql.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.api.catalog.relation.advice.Advice;
import dev.muster.api.sql.Talk;
import org.junit.jupiter.api.Test;

/** {@code SHOW CLUSTERS} and its like are queries over the catalog. */
final class ShowStatementsTest {
  private final Talk talk = new Talk();

  private void assertQuery(String sql, String relation, String end) {
    assertEquals("SHOW", talk.tag(sql));
    String query = talk.queries.prepared().getLast();
    assertTrue(query.contains(" FROM " + relation), query);
    assertTrue(query.endsWith(end), query);
  }

  @Test
  void eachKindHasItsRelation() {
    assertQuery("SHOW CLUSTERS", "mz_internal.mz_show_clusters", "AS shown\nORDER BY name");
    assertQuery(
        "SHOW CLUSTER REPLICAS",
        "mz_internal.mz_show_cluster_replicas",
        "AS shown\nORDER BY cluster, replica");
    assertQuery("SHOW ROLES", "mz_catalog.mz_roles", "AS shown\nORDER BY name");
    assertQuery("SHOW DATABASES", "mz_catalog.mz_databases", "AS shown\nORDER BY name");
    assertQuery("SHOW SCHEMAS", "mz_catalog.mz_schemas", "AS shown\nORDER BY name");
    assertQuery("SHOW ADVICE", "mz_internal.mz_advice", "cluster_name, advice");
    assertQuery(
        "SHOW ADVICE LIKE 'p%'",
        "mz_internal.mz_advice",
        "\nWHERE cluster_name LIKE 'p%'\nORDER BY " + Advice.MOST_SEVERE_FIRST);
  }

  @Test
  void likeAndWhereNarrow() {
    assertQuery(
        "SHOW CLUSTERS LIKE 'it''s%'",
        "mz_internal.mz_show_clusters", "\nWHERE name LIKE 'it''s%'\nORDER BY name");
    assertQuery(
        "SHOW CLUSTER REPLICAS LIKE 'r%'",
        "mz_internal.mz_show_cluster_replicas",
        "\nWHERE replica LIKE 'r%'\nORDER BY cluster, replica");
    assertQuery(
        "SHOW CLUSTERS WHERE name = 'c' -- ours\n;",
        "mz_internal.mz_show_clusters",
        "\nWHERE (name = 'c'\n)\nORDER BY name");
  }

  @Test
  void aShowMayStandInAQuery() {
    String sql = talk.value("SELECT name FROM (SHOW CLUSTERS LIKE 'q%') AS s WHERE name <> 'x'");
    assertTrue(sql.startsWith("SELECT name FROM (SELECT * FROM mz_internal."), sql);
    assertTrue(sql.endsWith("ORDER BY name) AS s WHERE name <> 'x'"), sql);
    assertEquals("SELECT", talk.tag("SELECT * FROM (SHOW CLUSTERS)"));
  }

  @Test
  void variablesMayToo() {
    assertEquals(
        "SELECT * FROM (SELECT * FROM (VALUES ('quickstart'::text)) AS report (\"cluster\"))",
        talk.value("SELECT * FROM (SHOW cluster)"));
    assertTrue(talk.value("SELECT * FROM (SHOW ALL)").contains("('cluster'::text"));
  }

  @Test
  void reportsInAQueryAreAlwaysFresh() {
    var session = talk.session();
    var prepared =
        session.prepare(
            session.parse("SELECT * FROM (SHOW cluster)").getFirst(), java.util.List.of());
    talk.send("SET cluster = other");
    session.execute(prepared, java.util.List.of(), message -> {});
    assertTrue(talk.queries.prepared().getLast().contains("'other'"));
  }
}
