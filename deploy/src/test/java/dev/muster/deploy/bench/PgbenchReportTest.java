package dev.muster.deploy.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PgbenchReportTest {
  private static final String SUMMARY =
      """
      pgbench (15.20 (Debian 15.20-0+deb12u1))
      transaction type: script.sql
      scaling factor: 1
      query mode: simple
      number of clients: 16
      number of threads: 1
      maximum number of tries: 1
      duration: 5 s
      number of transactions actually processed: 32231
      number of failed transactions: 0 (0.000%)
      latency average = 2.481 ms
      initial connection time = 31.234 ms
      tps = 6446.196421 (without initial connection time)
      """;

  @Test
  void theSummaryTellsThroughputAndCount() {
    assertEquals(6446.196421, PgbenchReport.transactionsPerSecond(SUMMARY));
    assertEquals(32231, PgbenchReport.transactions(SUMMARY));
  }

  @Test
  void withoutASummaryTheLastWordIsTheError() {
    BenchException failure =
        assertThrows(
            BenchException.class,
            () -> PgbenchReport.transactionsPerSecond("connection refused\n\n"));

    assertTrue(failure.getMessage().contains("connection refused"), failure.getMessage());
  }

  @Test
  void theFirstErrorIsTheOneThatMatters() {
    String output =
        """
        pgbench (15.20)
        pgbench: error: client 3 script 0 aborted in command 3 query 0: ERROR:  unknown cluster 'c7'
        pgbench: error: Run was aborted; the above results are incomplete.
        """;

    assertEquals(
        "client 3 script 0 aborted in command 3 query 0: ERROR:  unknown cluster 'c7'",
        PgbenchReport.firstError(output));
  }

  @Test
  void theLogHoldsOneLatencyALine() {
    Stream<String> log =
        Stream.of(
            "0 1 534 0 1795300000 123456",
            "15 2 1701 0 1795300000 123999",
            "1 3 failed 0 1795300001 5",
            "");

    assertArrayEquals(new long[] {534, 1701}, PgbenchReport.latencyMicros(log).toArray());
  }
}
