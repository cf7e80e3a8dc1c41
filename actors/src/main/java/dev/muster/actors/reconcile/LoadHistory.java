package dev.muster.actors.reconcile;

import dev.muster.journal.event.LoadFigures;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.Utilization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/**
 * How busy a cluster's replicas were, for as far back as a decision may look. Only a memory, and
 * never journaled: whoever comes to it without one waits until it is long enough again.
 *
 * @param samples of each replica that serves, the oldest first
 */
public record LoadHistory(Map<ReplicaId, List<Sample>> samples) {
  public static final LoadHistory NONE = new LoadHistory(Map.of());

  /** Fewer tell of no span of time. */
  static final int SAMPLES_MIN = 3;

  /**
   * One measurement.
   *
   * @param at when the cluster heard of it, by the cluster's own clock
   */
  public record Sample(Instant at, Utilization utilization) {}

  /** One replica over a span of time. */
  private record Span(List<Utilization> utilizations) {
    DoubleStream of(ToDoubleFunction<Utilization> figure) {
      return utilizations.stream().mapToDouble(figure);
    }
  }

  public LoadHistory {
    samples = Map.copyOf(samples);
  }

  /** The history with one more measurement, and without what is too old to count. */
  public LoadHistory with(
      ReplicaId replica, Utilization utilization, Instant now, LoadSettings settings) {
    List<Sample> old = samples.getOrDefault(replica, List.of());
    if (!old.isEmpty() && now.isBefore(old.getLast().at().plus(settings.sampleSpacing()))) {
      return this;
    }
    Instant from = now.minus(settings.longestWindow());
    List<Sample> kept = new ArrayList<>(old);
    // One that is older stays, and shows that the span is covered from its beginning.
    while (kept.size() > 1 && !kept.get(1).at().isAfter(from)) {
      kept.removeFirst();
    }
    kept.add(new Sample(now, utilization));
    Map<ReplicaId, List<Sample>> changed = new HashMap<>(samples);
    changed.put(replica, List.copyOf(kept));
    return new LoadHistory(changed);
  }

  /** Without one replica: it ended, or serves no more. */
  public LoadHistory without(ReplicaId replica) {
    if (!samples.containsKey(replica)) {
      return this;
    }
    Map<ReplicaId, List<Sample>> fewer = new HashMap<>(samples);
    fewer.remove(replica);
    return new LoadHistory(fewer);
  }

  /** What the busiest of some replicas used on average; only of those measured all the time. */
  LoadFigures average(List<ReplicaId> replicas, Instant now, Duration window) {
    return figures(replicas, now, window, values -> values.average().orElse(0));
  }

  /** The most that any of some replicas used; only of those measured all the time. */
  LoadFigures peak(List<ReplicaId> replicas, Instant now, Duration window) {
    return figures(replicas, now, window, values -> values.max().orElse(0));
  }

  private LoadFigures figures(
      List<ReplicaId> replicas,
      Instant now,
      Duration window,
      ToDoubleFunction<DoubleStream> reduction) {
    List<Span> spans =
        replicas.stream().flatMap(replica -> span(replica, now, window).stream()).toList();
    return new LoadFigures(
        window,
        spans.size(),
        percent(spans, Utilization::cpuFraction, reduction),
        percent(spans, Utilization::memoryFraction, reduction));
  }

  private static int percent(
      List<Span> spans,
      ToDoubleFunction<Utilization> figure,
      ToDoubleFunction<DoubleStream> reduction) {
    double busiest =
        spans.stream()
            .mapToDouble(span -> reduction.applyAsDouble(span.of(figure)))
            .max()
            .orElse(0);
    return (int) Math.round(Math.min(busiest, Integer.MAX_VALUE / 100.0) * 100);
  }

  private Optional<Span> span(ReplicaId replica, Instant now, Duration window) {
    List<Sample> all = samples.getOrDefault(replica, List.of());
    Instant from = now.minus(window);
    List<Sample> within = all.stream().filter(sample -> sample.at().isAfter(from)).toList();
    boolean covered =
        within.size() >= SAMPLES_MIN
            && !all.getFirst().at().isAfter(from)
            && !within.getLast().at().isBefore(now.minus(window.dividedBy(2)));
    return covered
        ? Optional.of(new Span(within.stream().map(Sample::utilization).toList()))
        : Optional.empty();
  }
}
