package dev.muster.actors.runtime.kubernetes;

import dev.muster.actors.runtime.ReplicaOrder;
import dev.muster.actors.runtime.ReplicaRuntime;
import dev.muster.actors.runtime.RunningReplica;
import dev.muster.actors.runtime.RuntimeListener;
import dev.muster.journal.event.ReplicaId;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Runs replicas as pods, as this package's description says. */
public final class KubernetesRuntime implements ReplicaRuntime {
  private static final int TRIES_OF_ONE_QUESTION = 2;

  private final KubernetesSettings settings;
  private final Pods pods;
  private final SharedIndexInformer<Pod> informer;
  private final PodMeter meter;
  private final Map<ReplicaId, PodSlot> slots = new ConcurrentHashMap<>();

  /**
   * Begins to listen to the API, which need not answer yet.
   *
   * @param zones whose pods are this node's
   * @param client closed with the runtime
   */
  public KubernetesRuntime(
      KubernetesSettings settings, List<String> zones, KubernetesClient client) {
    this.settings = settings;
    this.pods = new Pods(client, settings, zones);
    this.informer = pods.informer(new News());
    this.meter = new PodMeter(pods, settings.metricsInterval());
    informer.start();
    meter.start(this::slots, informer.getIndexer()::list);
  }

  /**
   * A client of the installation in which Muster runs, else of the current kubeconfig. It tries
   * little by itself: what is not answered is asked again by who wants to know, as long as somebody
   * does.
   */
  public static KubernetesClient client() {
    return client(Config.autoConfigure(null));
  }

  static KubernetesClient client(Config config) {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(config).withRequestRetryBackoffLimit(TRIES_OF_ONE_QUESTION).build())
        .build();
  }

  /** Each pod's news go to its replica's slot, where somebody has asked for that replica. */
  private final class News implements ResourceEventHandler<Pod> {
    @Override
    public void onAdd(Pod pod) {
      tell(pod, slot -> slot.onPod(pod));
    }

    @Override
    public void onUpdate(Pod before, Pod pod) {
      tell(pod, slot -> slot.onPod(pod));
    }

    @Override
    public void onDelete(Pod pod, boolean isLastStateUnknown) {
      tell(pod, slot -> slot.onGone(pod));
    }

    private void tell(Pod pod, Consumer<PodSlot> news) {
      PodSlot slot = slots.get(ReplicaPod.id(pod));
      if (slot != null) {
        news.accept(slot);
      }
    }
  }

  @Override
  public String name() {
    return "kubernetes";
  }

  @Override
  public List<RunningReplica> inventory() {
    try {
      return pods.all().stream().filter(ReplicaPod::mayRun).map(ReplicaPod::running).toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void find(ReplicaId id, RuntimeListener listener) {
    slot(id).find(listener);
  }

  @Override
  public void start(ReplicaOrder order, RuntimeListener listener) {
    slot(order.id()).start(order, listener);
  }

  @Override
  public void stop(ReplicaId id, RuntimeListener listener) {
    slot(id).stop(listener, () -> slots.remove(id));
  }

  @Override
  public void close() {
    meter.close();
    informer.stop();
    slots.values().forEach(PodSlot::close);
    pods.close();
  }

  private PodSlot slot(ReplicaId id) {
    return slots.computeIfAbsent(id, ignored -> new PodSlot(id, pods, settings));
  }

  private Map<ReplicaId, PodSlot> slots() {
    return slots;
  }
}
