package dev.muster.api.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One scrape's lines. */
final class Scrape {
  private final List<String> lines;

  private Scrape(List<String> lines) {
    this.lines = lines;
  }

  static Scrape of(Metrics metrics) {
    return new Scrape(
        new String(metrics.render(null).body(), StandardCharsets.UTF_8).lines().toList());
  }

  /** Checks the value of a series as it is written, labels in alphabetical order. */
  Scrape has(String series, double value) {
    List<String> found =
        lines.stream()
            .filter(line -> line.startsWith(series + " "))
            .map(line -> line.substring(series.length() + 1))
            .toList();
    assertEquals(1, found.size(), () -> series + " in\n" + String.join("\n", lines));
    assertEquals(value, Double.parseDouble(found.getFirst()), 1e-9, series);
    return this;
  }

  Scrape hasNo(String name) {
    assertTrue(
        lines.stream().noneMatch(line -> line.startsWith(name)),
        () -> name + " in\n" + String.join("\n", lines));
    return this;
  }

  /** The names of Muster's own metrics that have been described. */
  Set<String> names() {
    return lines.stream()
        .filter(line -> line.startsWith("# TYPE muster_"))
        .map(line -> line.split(" ")[2])
        .collect(Collectors.toSet());
  }
}
