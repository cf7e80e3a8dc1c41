package dev.muster.actors.runtime.kubernetes;

import dev.muster.actors.runtime.ReplicaOrder;
import dev.muster.actors.runtime.RunningReplica;
import dev.muster.actors.runtime.workload.WorkloadContract;
import dev.muster.api.size.ReplicaSize;
import dev.muster.journal.event.ReplicaId;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A replica as a pod, and back. Pure. */
final class ReplicaPod {
  static final String CONTAINER = "replica";

  private static final String CLUSTER = "muster.dev/cluster-id";
  private static final String REPLICA = "muster.dev/replica-id";
  private static final String INCARNATION = "muster.dev/incarnation";
  private static final String ZONE = "muster.dev/zone";
  private static final String SIZE = "muster.dev/size";
  private static final String REPLICA_NAME = "muster.dev/replica-name";

  /** Of the pod, which has no others than those it was given. */
  private static final String ALL_ADDRESSES = "0.0.0.0";

  private static final String PORT_NAME = "http";
  private static final long NANO_CORES_OF_A_MILLI_CORE = 1_000_000;

  private ReplicaPod() {}

  /** The one name that a pod of this replica can have. */
  static String name(ReplicaId id, KubernetesSettings settings) {
    return settings.installation() + "-replica-" + id.value();
  }

  /** By which the pods of an installation are found. */
  static Map<String, String> labels(KubernetesSettings settings) {
    return Map.of(
        "app.kubernetes.io/name", "muster-replica",
        "app.kubernetes.io/managed-by", "muster",
        "app.kubernetes.io/instance", settings.installation());
  }

  static ReplicaId id(Pod pod) {
    return new ReplicaId(label(pod, REPLICA));
  }

  static long incarnation(Pod pod) {
    return Long.parseLong(label(pod, INCARNATION));
  }

  static String zone(Pod pod) {
    return label(pod, ZONE);
  }

  static RunningReplica running(Pod pod) {
    return new RunningReplica(id(pod), incarnation(pod), zone(pod), 0);
  }

  private static String label(Pod pod, String name) {
    return pod.getMetadata().getLabels().get(name);
  }

  static Instant createdAt(Pod pod) {
    return Optional.ofNullable(pod.getMetadata().getCreationTimestamp())
        .map(Instant::parse)
        .orElseGet(Instant::now);
  }

  /** What its container may use. */
  static Optional<Long> memoryBytes(Pod pod) {
    return pod.getSpec().getContainers().stream()
        .filter(container -> CONTAINER.equals(container.getName()))
        .findFirst()
        .map(container -> container.getResources().getLimits().get("memory"))
        .map(quantity -> quantity.getNumericalAmount().longValue());
  }

  /** Something of it may run: it has not ended. */
  static boolean mayRun(Pod pod) {
    return PodEnd.of(pod).isEmpty();
  }

  /** It may go on running: it has not ended, and nobody is deleting it. */
  static boolean isWanted(Pod pod) {
    return mayRun(pod) && pod.getMetadata().getDeletionTimestamp() == null;
  }

  /**
   * The pod to create.
   *
   * @param template what it begins as: volumes, tolerations, a service account
   */
  static Pod of(ReplicaOrder order, Pod template, KubernetesSettings settings) {
    return new PodBuilder(template)
        .editOrNewMetadata()
        .withName(name(order.id(), settings))
        .addToLabels(labels(settings))
        .addToLabels(CLUSTER, order.id().cluster().value())
        .addToLabels(REPLICA, order.id().value())
        .addToLabels(INCARNATION, Long.toString(order.incarnation()))
        .addToLabels(ZONE, order.zone())
        .addToLabels(SIZE, order.size().name())
        // Its name may change while it runs: for people to read, not to select by.
        .addToAnnotations(REPLICA_NAME, order.name())
        .endMetadata()
        .editOrNewSpec()
        .withRestartPolicy("Never")
        .withTerminationGracePeriodSeconds(settings.gracePeriod().toSeconds())
        .addToNodeSelector(settings.zoneLabel(), order.zone())
        .withContainers(containers(order, template, settings))
        .endSpec()
        .build();
  }

  /** The template's own container of that name, if it has one, and its others as they are. */
  private static List<Container> containers(
      ReplicaOrder order, Pod template, KubernetesSettings settings) {
    List<Container> others = new ArrayList<>();
    Container begin = new Container();
    if (template.getSpec() != null) {
      for (Container container : template.getSpec().getContainers()) {
        if (CONTAINER.equals(container.getName())) {
          begin = container;
        } else {
          others.add(container);
        }
      }
    }
    others.addFirst(container(order, begin, settings));
    return others;
  }

  private static Container container(
      ReplicaOrder order, Container begin, KubernetesSettings settings) {
    Map<String, Quantity> resources = resources(order.size());
    return new ContainerBuilder(begin)
        .withName(CONTAINER)
        .withImage(settings.image())
        .withCommand(settings.command())
        .addAllToEnv(environment(order, settings))
        .withPorts()
        .addNewPort()
        .withName(PORT_NAME)
        .withContainerPort(settings.httpPort())
        .endPort()
        // The API tells what it printed last, where it fails.
        .withTerminationMessagePolicy("FallbackToLogsOnError")
        // A service over the pods of a cluster has those that serve.
        .withNewReadinessProbe()
        .withNewHttpGet()
        .withPath("/readyz")
        .withNewPort(PORT_NAME)
        .endHttpGet()
        .withPeriodSeconds(2)
        .endReadinessProbe()
        .withNewResources()
        .withRequests(resources)
        .withLimits(resources)
        .endResources()
        .build();
  }

  private static List<EnvVar> environment(ReplicaOrder order, KubernetesSettings settings) {
    Map<String, String> variables = new TreeMap<>(settings.environment());
    variables.putAll(
        WorkloadContract.environment(
            order,
            ALL_ADDRESSES,
            settings.httpPort(),
            order.size().totalMemoryBytes(),
            settings.gracePeriod()));
    return variables.entrySet().stream()
        .map(
            variable ->
                new EnvVarBuilder()
                    .withName(variable.getKey())
                    .withValue(variable.getValue())
                    .build())
        .toList();
  }

  /** Guaranteed, not shared: limits are requests. */
  static Map<String, Quantity> resources(ReplicaSize size) {
    Map<String, Quantity> resources = new TreeMap<>();
    resources.put("cpu", new Quantity(size.totalCpuNanoCores() / NANO_CORES_OF_A_MILLI_CORE + "m"));
    resources.put("memory", new Quantity(Long.toString(size.totalMemoryBytes())));
    if (size.diskBytes() > 0) {
      resources.put(
          "ephemeral-storage", new Quantity(Long.toString(size.processes() * size.diskBytes())));
    }
    return resources;
  }
}
