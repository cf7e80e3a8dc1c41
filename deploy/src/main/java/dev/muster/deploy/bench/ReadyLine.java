package dev.muster.deploy.bench;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code muster start} says when it serves.
 *
 * @param sqlPort port of the PostgreSQL protocol
 * @param httpPort port for health and metrics
 */
record ReadyLine(int sqlPort, int httpPort) {
  private static final Pattern FORMAT =
      Pattern.compile("muster ready: sql=\\S*:(?<sql>\\d+) http=\\S*:(?<http>\\d+)\\s*");

  /** Empty where the line is another. */
  static Optional<ReadyLine> parse(String line) {
    Matcher matcher = FORMAT.matcher(line);
    return matcher.matches()
        ? Optional.of(
            new ReadyLine(
                Integer.parseInt(matcher.group("sql")), Integer.parseInt(matcher.group("http"))))
        : Optional.empty();
  }
}
