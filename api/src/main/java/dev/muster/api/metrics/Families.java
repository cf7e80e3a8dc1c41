package dev.muster.api.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;

/** How the metrics of Muster's that are counted are made: without exemplars, in plain buckets. */
record Families(PrometheusRegistry registry) {
  private static final double NANOS_PER_SECOND = 1e9;

  Counter counter(String name, String help, String... labels) {
    return Counter.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .withoutExemplars()
        .register(registry);
  }

  /**
   * @param boundsSeconds of its buckets, ascending
   */
  Histogram histogram(String name, String help, double[] boundsSeconds, String... labels) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .classicOnly()
        .classicUpperBounds(boundsSeconds)
        .withoutExemplars()
        .register(registry);
  }

  static double seconds(long nanos) {
    return nanos / NANOS_PER_SECOND;
  }

  static double seconds(Duration duration) {
    return seconds(duration.toNanos());
  }
}
