package dev.muster.actors.runtime.kubernetes;

import static dev.muster.actors.runtime.kubernetes.KubernetesBench.id;
import static dev.muster.actors.runtime.kubernetes.KubernetesBench.order;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.api.catalog.ReplicaObservation.Consumption;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetricsBuilder;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PodMeterTest {
  private static final Pod POD =
      ReplicaPod.of(order(id(1), 1), new Pod(), KubernetesBench.settings(8080));

  private static PodMetrics metrics(String container) {
    return new PodMetricsBuilder()
        .addNewContainer()
        .withName(container)
        .addToUsage("cpu", new Quantity("250m"))
        .addToUsage("memory", new Quantity("2Gi"))
        .endContainer()
        .build();
  }

  @Test
  void whatItUsesStandsBesideWhatItWasGiven() {
    assertEquals(
        Optional.of(
            new Consumption(
                Optional.of(2L << 30),
                Optional.of(8L << 30),
                Optional.of(250_000_000L),
                Optional.of(1_000_000_000L),
                Optional.empty())),
        PodMeter.consumption(POD, metrics("replica")));
  }

  @Test
  void whatIsNotTheReplicaIsNotCounted() {
    assertEquals(Optional.empty(), PodMeter.consumption(POD, metrics("helper")));
  }
}
