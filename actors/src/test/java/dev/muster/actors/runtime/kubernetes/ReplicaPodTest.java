package dev.muster.actors.runtime.kubernetes;

import static dev.muster.actors.runtime.kubernetes.KubernetesBench.id;
import static dev.muster.actors.runtime.kubernetes.KubernetesBench.order;
import static dev.muster.actors.runtime.kubernetes.KubernetesBench.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.actors.runtime.RunningReplica;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ReplicaPodTest {
  private static final KubernetesSettings SETTINGS = settings(8080);

  private static Pod pod(Pod template) {
    return ReplicaPod.of(order(id(7), 3), template, SETTINGS);
  }

  @Test
  void aPodTellsWhoseItIs() {
    Pod pod = pod(new Pod());
    assertEquals("muster-replica-u1-7", pod.getMetadata().getName());
    assertEquals(new RunningReplica(id(7), 3, "az1", 0), ReplicaPod.running(pod));
    assertTrue(
        pod.getMetadata()
            .getLabels()
            .entrySet()
            .containsAll(ReplicaPod.labels(SETTINGS).entrySet()));
    assertEquals("u1", pod.getMetadata().getLabels().get("muster.dev/cluster-id"));
  }

  @Test
  void itGetsAllThatItsSizeStandsForAndNoMore() {
    Container container = pod(new Pod()).getSpec().getContainers().getFirst();
    Map<String, Quantity> given = container.getResources().getLimits();
    assertEquals(new Quantity("1"), given.get("cpu"), "two processes of half a core");
    assertEquals(new Quantity("8Gi"), given.get("memory"));
    assertEquals(new Quantity("16Gi"), given.get("ephemeral-storage"));
    assertEquals(given, container.getResources().getRequests());
    assertEquals(Optional.of(8L << 30), ReplicaPod.memoryBytes(pod(new Pod())));
  }

  @Test
  void itRunsInItsZoneAndKubernetesNeverStartsItAnew() {
    Pod pod = pod(new Pod());
    assertEquals(Map.of("topology.kubernetes.io/zone", "az1"), pod.getSpec().getNodeSelector());
    assertEquals("Never", pod.getSpec().getRestartPolicy());
  }

  @Test
  void theWorkloadContractIsItsEnvironment() {
    Map<String, String> environment =
        pod(new Pod()).getSpec().getContainers().getFirst().getEnv().stream()
            .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
    assertEquals("u1-7", environment.get("MUSTER_REPLICA_ID"));
    assertEquals("3", environment.get("MUSTER_INCARNATION"));
    assertEquals("8080", environment.get("MUSTER_HTTP_PORT"));
    assertEquals("0.0.0.0", environment.get("MUSTER_HTTP_HOST"));
    assertEquals(Long.toString(8L << 30), environment.get("MUSTER_MEMORY_BYTES"));
    assertEquals("1", environment.get("EXTRA"));
  }

  @Test
  void whatTheTemplateSaysOfOtherThingsStays() {
    Pod template =
        new PodBuilder()
            .withNewMetadata()
            .addToLabels("team", "data")
            .endMetadata()
            .withNewSpec()
            .withServiceAccountName("quiet")
            .addToNodeSelector("disk", "nvme")
            .addNewContainer()
            .withName("helper")
            .withImage("helper:1")
            .endContainer()
            .addNewContainer()
            .withName("replica")
            .withImage("ours")
            .withWorkingDir("/srv/replica")
            .endContainer()
            .endSpec()
            .build();
    Pod pod = pod(template);
    assertEquals("data", pod.getMetadata().getLabels().get("team"));
    assertEquals("quiet", pod.getSpec().getServiceAccountName());
    assertEquals("nvme", pod.getSpec().getNodeSelector().get("disk"));
    assertEquals(
        List.of("replica", "helper"),
        pod.getSpec().getContainers().stream().map(Container::getName).toList());
    Container replica = pod.getSpec().getContainers().getFirst();
    assertEquals("/srv/replica", replica.getWorkingDir());
    assertEquals("registry.example.com/replica:1", replica.getImage());
  }

  @Test
  void anInstallationsNameMustFitInNamesAndLabels() {
    var refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> settings(1, "Not A Label", KubernetesBench.WATCH, Optional.empty()));
    assertTrue(refused.getMessage().contains("Not A Label"), refused.getMessage());
  }
}
