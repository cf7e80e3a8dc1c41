package dev.muster.actors.runtime.kubernetes;

import dev.muster.api.catalog.ReplicaObservation;
import dev.muster.journal.event.ReplicaId;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.ContainerMetrics;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks at intervals what all pods use: one question for all, to the metrics API, which an
 * installation may lack. Then nothing is known of it, and load scaling has nothing to go by.
 */
final class PodMeter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PodMeter.class);
  private static final BigDecimal NANO = BigDecimal.valueOf(1_000_000_000L);

  private final Pods pods;
  private final Duration interval;
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean isSilent;

  PodMeter(Pods pods, Duration interval) {
    this.pods = pods;
    this.interval = interval;
  }

  /**
   * From now on.
   *
   * @param slots who is told
   * @param known the pods as the informer has them, with their limits
   */
  void start(Supplier<Map<ReplicaId, PodSlot>> slots, Supplier<List<Pod>> known) {
    Thread.ofVirtual()
        .name("pod-metrics")
        .start(
            () -> {
              try {
                while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
                  measure(slots.get(), known.get());
                }
              } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
              }
            });
  }

  private void measure(Map<ReplicaId, PodSlot> slots, List<Pod> known) {
    try {
      Map<String, PodMetrics> metrics =
          slots.isEmpty()
              ? Map.of()
              : pods.metrics().stream()
                  .collect(
                      Collectors.toMap(
                          each -> each.getMetadata().getName(),
                          Function.identity(),
                          (one, other) -> other));
      for (Pod pod : known) {
        PodSlot slot = slots.get(ReplicaPod.id(pod));
        PodMetrics used = metrics.get(pod.getMetadata().getName());
        if (slot != null && used != null) {
          consumption(pod, used).ifPresent(each -> slot.onConsumption(each, Instant.now()));
        }
      }
      isSilent = false;
    } catch (IOException | RuntimeException failure) {
      if (!isSilent) {
        LOG.warn("what pods use cannot be asked: {}", failure.getMessage());
      }
      isSilent = true;
    }
  }

  static Optional<ReplicaObservation.Consumption> consumption(Pod pod, PodMetrics metrics) {
    Map<String, Quantity> limits =
        pod.getSpec().getContainers().stream()
            .filter(container -> ReplicaPod.CONTAINER.equals(container.getName()))
            .findFirst()
            .map(Container::getResources)
            .map(resources -> resources.getLimits())
            .orElse(Map.of());
    return metrics.getContainers().stream()
        .filter(container -> ReplicaPod.CONTAINER.equals(container.getName()))
        .findFirst()
        .map(ContainerMetrics::getUsage)
        .map(
            usage ->
                new ReplicaObservation.Consumption(
                    bytes(usage),
                    bytes(limits),
                    nanoCores(usage),
                    nanoCores(limits),
                    Optional.empty()));
  }

  private static Optional<Long> bytes(Map<String, Quantity> quantities) {
    return amount(quantities, "memory").map(BigDecimal::longValue);
  }

  private static Optional<Long> nanoCores(Map<String, Quantity> quantities) {
    return amount(quantities, "cpu").map(cores -> cores.multiply(NANO).longValue());
  }

  private static Optional<BigDecimal> amount(Map<String, Quantity> quantities, String name) {
    return Optional.ofNullable(quantities.get(name)).map(Quantity::getNumericalAmount);
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
