package dev.muster.deploy.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Reads what {@code pgbench} writes. */
final class PgbenchReport {
  private static final Pattern THROUGHPUT = Pattern.compile("(?m)^tps = ([0-9.]+) ");
  private static final Pattern TRANSACTIONS =
      Pattern.compile("(?m)^number of transactions actually processed: ([0-9]+)");
  private static final Pattern ERROR = Pattern.compile("(?m)^pgbench: error: (.*)$");
  private static final int LATENCY_FIELD = 2;

  private PgbenchReport() {}

  /**
   * Transactions a second, from the summary.
   *
   * @throws BenchException if the summary has no such line
   */
  static double transactionsPerSecond(String output) {
    return Double.parseDouble(find(THROUGHPUT, output));
  }

  static long transactions(String output) {
    return Long.parseLong(find(TRANSACTIONS, output));
  }

  /** What went wrong, in pgbench's words; the last line where it named no error. */
  static String firstError(String output) {
    Matcher matcher = ERROR.matcher(output);
    if (matcher.find()) {
      return matcher.group(1);
    }
    return output
        .lines()
        .filter(line -> !line.isBlank())
        .reduce((first, second) -> second)
        .orElse("no output");
  }

  /**
   * The latencies in a log of single transactions ({@code --log}), in microseconds. A line is
   * "client transaction latency script second microsecond"; the latency of a transaction that
   * failed is a word.
   */
  static LongStream latencyMicros(Stream<String> log) {
    return log.map(line -> line.split(" "))
        .filter(fields -> fields.length > LATENCY_FIELD && isNumber(fields[LATENCY_FIELD]))
        .mapToLong(fields -> Long.parseLong(fields[LATENCY_FIELD]));
  }

  private static boolean isNumber(String field) {
    return !field.isEmpty() && field.chars().allMatch(Character::isDigit);
  }

  private static String find(Pattern pattern, String output) {
    Matcher matcher = pattern.matcher(output);
    if (!matcher.find()) {
      throw new BenchException("pgbench's summary is not as expected: " + firstError(output));
    }
    return matcher.group(1);
  }
}
