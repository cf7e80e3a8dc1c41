package dev.muster.api.metrics;

import dev.muster.api.http.MetricsPage;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.DoubleSupplier;

/** All that one node measures. Safe for use by many threads. */
public final class Metrics implements MetricsPage {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Families families = new Families(registry);
  private final ExpositionFormats formats = ExpositionFormats.init();
  private final StatementMetrics statements = new StatementMetrics(families);
  private final EntityMetrics entities = new EntityMetrics(families);
  private final AtomicBoolean jvmWatched = new AtomicBoolean();

  /** What happens to statements. */
  public StatementMetrics statements() {
    return statements;
  }

  /** What happens to entities, and what they journal. */
  public EntityMetrics entities() {
    return entities;
  }

  /**
   * The Java virtual machine's: memory, garbage collections, threads, processor time. Added with
   * the first scrape: to find them takes a moment that a start need not wait for.
   */
  private void watchJvm() {
    if (!jvmWatched.getAndSet(true)) {
      JvmMetrics.builder().register(registry);
    }
  }

  /** Adds what version this is. */
  public void version(String version) {
    Info.builder()
        .name("muster_build_info")
        .help("Which Muster this is; always 1.")
        .labelNames("version")
        .register(registry)
        .addLabelValues(version);
  }

  /** Adds what can be read off the state of this node's entities. */
  public void watch(CatalogMetrics catalog) {
    registry.register(catalog);
  }

  /** Adds the connections of clients through a door: {@code external} or {@code internal}. */
  public void watchConnections(DoubleSupplier external, DoubleSupplier internal) {
    GaugeWithCallback.builder()
        .name("muster_sql_connections")
        .help("Connections of SQL clients, those that are starting up included.")
        .labelNames("door")
        .callback(
            callback -> {
              callback.call(external.getAsDouble(), "external");
              callback.call(internal.getAsDouble(), "internal");
            })
        .register(registry);
  }

  /** Adds the size of the journal's file. */
  public void watchJournalBytes(DoubleSupplier bytes) {
    gauge(
        "muster_journal_size_bytes",
        "Size of the embedded journal's file, without what is still in its log.",
        bytes);
  }

  /** Adds how far the times of events are ahead of this machine's clock. */
  public void watchClock(DoubleSupplier aheadSeconds) {
    gauge(
        "muster_clock_ahead_seconds",
        "How far the times that events are given are ahead of this machine's clock: more than a"
            + " moment after it was set back, until it has caught up.",
        aheadSeconds);
  }

  /** Adds whether {@code /ready} says yes. */
  public void watchReadiness(DoubleSupplier ready) {
    gauge("muster_ready", "1 where this node can serve, as GET /ready says; else 0.", ready);
  }

  /**
   * Adds what of the journal cannot be read.
   *
   * @param history 1 where the last reading of the past failed, else 0
   */
  public void watchUnreadable(
      DoubleSupplier clusters, DoubleSupplier environment, DoubleSupplier history) {
    GaugeWithCallback.builder()
        .name("muster_unreadable_entities")
        .help("Entities of this node whose journal cannot be read now: they serve nothing.")
        .labelNames("entity")
        .callback(
            callback -> {
              callback.call(clusters.getAsDouble(), "cluster");
              callback.call(environment.getAsDouble(), "environment");
            })
        .register(registry);
    gauge(
        "muster_history_unreadable",
        "1 where the past could not be read when it was last asked for, here; else 0.",
        history);
  }

  private void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  @Override
  public Rendered render(String accepted) {
    watchJvm();
    ExpositionFormatWriter writer = formats.findWriter(accepted);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      writer.write(text, registry.scrape());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return new Rendered(writer.getContentType(), text.toByteArray());
  }
}
