package dev.muster.actors.runtime.kubernetes;

import dev.muster.actors.runtime.ReplicaOrder;
import dev.muster.journal.event.ReplicaId;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.metrics.v1beta1.PodMetrics;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The pods of one installation in some zones, by the Kubernetes API. Methods block, and throw an
 * {@link IOException} with one clear line where the API does not answer or refuses.
 */
final class Pods implements AutoCloseable {
  /** What the API may need beyond the grace period until a pod is gone. */
  private static final Duration BEYOND_GRACE = Duration.ofSeconds(30);

  /** Everything is looked at again this often, whatever news was lost. */
  private static final Duration RESYNC = Duration.ofMinutes(1);

  private final KubernetesClient client;
  private final KubernetesSettings settings;
  private final String namespace;
  private final List<String> zones;
  private final Pod template;

  Pods(KubernetesClient client, KubernetesSettings settings, List<String> zones) {
    this.client = client;
    this.settings = settings;
    this.namespace =
        settings.namespace().or(() -> Optional.ofNullable(client.getNamespace())).orElse("default");
    this.zones = List.copyOf(zones);
    this.template = settings.podTemplate().map(this::read).orElseGet(Pod::new);
  }

  /** The API says no for good: another attempt would be refused as well. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
      super(message);
    }
  }

  /**
   * Creates the pod, or finds that it is there.
   *
   * @throws RefusedException where the API does not accept it
   * @throws IOException where it may be there or not
   */
  Pod create(ReplicaOrder order) throws IOException, RefusedException {
    try {
      return client
          .pods()
          .inNamespace(namespace)
          .resource(ReplicaPod.of(order, template, settings))
          .create();
    } catch (KubernetesClientException failure) {
      boolean isRefusal = failure.getCode() >= 400 && failure.getCode() < 500;
      // A conflict is one of its own name: looked for again. Too many requests will be fewer.
      if (isRefusal && failure.getCode() != 409 && failure.getCode() != 429) {
        throw new RefusedException("Kubernetes refuses the pod: " + message(failure));
      }
      throw said(failure);
    }
  }

  Optional<Pod> find(ReplicaId id) throws IOException {
    return asked(() -> Optional.ofNullable(resource(id).get()));
  }

  /** Nothing of the replica is left when this returns. */
  void deleteAndAwait(ReplicaId id) throws IOException {
    Optional<Pod> pod = find(id);
    if (pod.isPresent()) {
      deleteAndAwait(pod.get());
    }
  }

  /**
   * This pod is gone when this returns, and no other was touched: another Muster may have made the
   * replica's next one by now.
   */
  void deleteAndAwait(Pod unwanted) throws IOException {
    ReplicaId id = ReplicaPod.id(unwanted);
    String uid = unwanted.getMetadata().getUid();
    Optional<Pod> present = find(id).filter(pod -> uid.equals(pod.getMetadata().getUid()));
    if (present.isEmpty()) {
      return;
    }
    try {
      resource(id).lockResourceVersion(present.get().getMetadata().getResourceVersion()).delete();
      Duration bound = settings.gracePeriod().plus(BEYOND_GRACE);
      resource(id)
          .waitUntilCondition(
              pod -> pod == null || !uid.equals(pod.getMetadata().getUid()),
              bound.toMillis(),
              TimeUnit.MILLISECONDS);
    } catch (KubernetesClientTimeoutException stillThere) {
      throw new IOException("its pod is still being deleted", stillThere);
    } catch (KubernetesClientException failure) {
      throw said(failure);
    }
  }

  List<Pod> all() throws IOException {
    List<Pod> ofAllZones = asked(() -> selected().list().getItems());
    return ofAllZones.stream().filter(pod -> zones.contains(ReplicaPod.zone(pod))).toList();
  }

  List<PodMetrics> metrics() throws IOException {
    return asked(
        () ->
            client
                .top()
                .pods()
                .inNamespace(namespace)
                .withLabels(ReplicaPod.labels(settings))
                .metrics()
                .getItems());
  }

  /** News of all pods, from now on, also of those that are there; started by the caller. */
  SharedIndexInformer<Pod> informer(ResourceEventHandler<Pod> handler) {
    SharedIndexInformer<Pod> informer = selected().runnableInformer(RESYNC.toMillis());
    informer.addEventHandler(handler);
    // The API may be away for a while: asked again, for ever.
    informer.exceptionHandler((isStarted, failure) -> true);
    return informer;
  }

  private FilterWatchListDeletable<Pod, PodList, PodResource> selected() {
    return client.pods().inNamespace(namespace).withLabels(ReplicaPod.labels(settings));
  }

  private PodResource resource(ReplicaId id) {
    return client.pods().inNamespace(namespace).withName(ReplicaPod.name(id, settings));
  }

  private static <T> T asked(Supplier<T> question) throws IOException {
    try {
      return question.get();
    } catch (KubernetesClientException failure) {
      throw said(failure);
    }
  }

  private static IOException said(KubernetesClientException failure) {
    return new IOException("the Kubernetes API: " + message(failure), failure);
  }

  /** The API's own words, where it has said something. */
  private static String message(KubernetesClientException failure) {
    return failure.getStatus() != null && failure.getStatus().getMessage() != null
        ? failure.getStatus().getMessage()
        : failure.getMessage();
  }

  private Pod read(Path file) {
    try (var in = Files.newInputStream(file)) {
      return client.getKubernetesSerialization().unmarshal(in, Pod.class);
    } catch (IOException | UncheckedIOException | IllegalArgumentException failure) {
      throw new IllegalArgumentException(
          "muster.runtime.kubernetes.pod-template: cannot read %s: %s"
              .formatted(file, failure.getMessage()),
          failure);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
