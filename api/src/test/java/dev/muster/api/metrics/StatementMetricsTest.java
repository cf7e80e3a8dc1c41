package dev.muster.api.metrics;

import static org.junit.jupiter.api.Assertions.assertSame;

import dev.muster.api.sql.Talk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementMetricsTest {
  private final Metrics metrics = new Metrics();

  private static String total(String kind, String outcome) {
    return "muster_statements_total{kind=\"%s\",outcome=\"%s\"}".formatted(kind, outcome);
  }

  @Test
  void statementsAreCountedByKindAndOutcome() {
    Talk talk = new Talk();
    talk.send("SET application_name = 'a'; SHOW ALL");
    talk.send("SHOW application_name");
    talk.fails("SHOW no_such_variable");
    talk.fails("CREATE CLUSTR c");
    Scrape.of(talk.metrics)
        .has(total("set", "success"), 1)
        .has(total("show", "success"), 2)
        .has(total("show", "refused"), 1)
        .has(total("show", "failed"), 0)
        .has(total("invalid", "refused"), 1)
        .has("muster_statement_duration_seconds_count{kind=\"show\"}", 3)
        .has("muster_statement_duration_seconds_bucket{kind=\"show\",le=\"+Inf\"}", 3);
  }

  @ParameterizedTest
  @CsvSource({
    "42601,refused",
    "42501,refused",
    "57014,canceled",
    "57P03,failed",
    "08006,failed",
    "53300,failed",
    "58030,failed",
    "XX000,failed"
  })
  void theSqlStateTellsWhoseFaultItWas(String sqlState, String outcome) {
    metrics.statements().of("ALTER CLUSTER").ended(sqlState, 2_000_000);
    Scrape.of(metrics)
        .has(total("alter_cluster", outcome), 1)
        .has("muster_statement_duration_seconds_sum{kind=\"alter_cluster\"}", 0.002);
  }

  @Test
  void aKindIsResolvedOnce() {
    assertSame(metrics.statements().of("DROP CLUSTER"), metrics.statements().of("DROP CLUSTER"));
  }
}
