package dev.muster.api.catalog.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.api.catalog.CatalogFixture;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A look at the text before the document is parsed changes no answer. */
class AuditFilterTest {
  private static final String COMMENTS =
      "SELECT count(*) FROM mz_audit_events WHERE event_type = 'comment' AND ";

  private static List<List<Object>> one(long count) {
    return List.of(List.of(count));
  }

  private static void assertCommentsFound(String comment, long count) {
    CatalogFixture fixture = new CatalogFixture();
    ClusterId id = fixture.managed("prod", "25cc", 0);
    fixture.cluster(id, new ClusterEvent.CommentChanged(Optional.empty(), Optional.of(comment)));
    fixture.cluster(id, new ClusterEvent.CommentChanged(Optional.empty(), Optional.of("other")));
    try (DuckDbCatalog catalog = Asking.open(fixture)) {
      Asking asking = new Asking(catalog);
      String quoted = "'" + comment.replace("'", "''") + "'";
      for (String condition :
          List.of(
              "details->>'comment' = " + quoted,
              quoted + " = details->>'comment'",
              "(details->>'cluster_name' = 'prod' AND details->>'comment' = " + quoted + ")")) {
        assertEquals(one(count), asking.rows(fixture.snapshot(), COMMENTS + condition), condition);
      }
      assertEquals(
          one(count),
          asking.rows(fixture.snapshot(), COMMENTS + "details->>'comment' = $1", comment));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain text.",
        "a \"quoted\" word",
        "back\\slash",
        "a/b",
        "tab\there",
        "line\nbreak",
        "Grüße",
        "",
        "[]{}:,",
        "it's"
      })
  void whateverTheValueItIsFound(String comment) {
    assertCommentsFound(comment, 1);
  }

  @Test
  void whatIsNotThereIsNeitherFoundNorMissed() {
    CatalogFixture fixture = new CatalogFixture();
    fixture.managed("prod", "25cc", 0);
    try (DuckDbCatalog catalog = Asking.open(fixture)) {
      Asking asking = new Asking(catalog);
      long all =
          (Long)
              asking
                  .rows(fixture.snapshot(), "SELECT count(*) FROM mz_audit_events")
                  .getFirst()
                  .getFirst();
      String audit = "SELECT count(*) FROM mz_audit_events WHERE ";
      assertEquals(one(0), asking.rows(fixture.snapshot(), audit + "details->>'nothing' = 'x'"));
      assertEquals(
          one(all), asking.rows(fixture.snapshot(), audit + "(details->>'nothing' = 'x') IS NULL"));
      assertEquals(
          one(all),
          asking.rows(
              fixture.snapshot(), audit + "details->>'nothing' = 'x' OR details IS NOT NULL"));
      assertEquals(
          one(1),
          asking.rows(
              fixture.snapshot(),
              "SELECT count(*) FROM (SELECT '{\"a\": \"\\u0078\"}'::jsonb AS details) s"
                  + " WHERE details->>'a' = 'x'"));
    }
  }
}
