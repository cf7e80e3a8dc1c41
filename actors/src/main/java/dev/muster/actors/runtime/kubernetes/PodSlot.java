package dev.muster.actors.runtime.kubernetes;

import dev.muster.actors.runtime.ReplicaOrder;
import dev.muster.actors.runtime.RuntimeListener;
import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.actors.runtime.Steps;
import dev.muster.actors.runtime.workload.Silence;
import dev.muster.api.catalog.ReplicaObservation;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** One replica in the Kubernetes runtime. All that is done to it is done one after the other. */
final class PodSlot implements PodWatch.Listener {
  private final ReplicaId id;
  private final Pods pods;
  private final KubernetesSettings settings;
  private final Steps steps;

  /** Counts what was asked for: what is tried again must not undo what came after it. */
  private final AtomicLong latest = new AtomicLong();

  private volatile RuntimeListener listener;
  private volatile PodWatch current;

  PodSlot(ReplicaId id, Pods pods, KubernetesSettings settings) {
    this.id = id;
    this.pods = pods;
    this.settings = settings;
    this.steps = new Steps("replica " + id);
  }

  void find(RuntimeListener newListener) {
    long mine = latest.incrementAndGet();
    // What the API does not answer is not "it does not run": asked again until it is known.
    steps.addUntilDone(
        () -> {
          if (mine == latest.get() && !adopts(newListener)) {
            newListener.onSignal(lastEnd());
          }
        });
  }

  /** Of a pod that ended while nobody looked, its cause is still to be read. */
  private RuntimeSignal lastEnd() throws IOException {
    Optional<Pod> pod = pods.find(id);
    Optional<ReplicaFailure> failure = pod.flatMap(PodEnd::of);
    if (failure.isEmpty()) {
      return new RuntimeSignal.NotRunning(id);
    }
    pods.deleteAndAwait(pod.get());
    return new RuntimeSignal.Ended(
        id,
        ReplicaPod.incarnation(pod.get()),
        failure.get(),
        Optional.of(ReplicaPod.createdAt(pod.get())),
        PodEnd.at(pod.get()));
  }

  /** Tried until the API says something, unless it is asked for something else by then. */
  void start(ReplicaOrder order, RuntimeListener newListener) {
    long mine = latest.incrementAndGet();
    steps.addUntilDone(
        () -> {
          if (mine == latest.get() && !adopts(newListener)) {
            replace(order, newListener);
          }
        });
  }

  /** What has ended, or is ending, is gone before the next begins. */
  private void replace(ReplicaOrder order, RuntimeListener newListener) throws IOException {
    Optional<Pod> before = pods.find(id);
    if (before.filter(ReplicaPod::isWanted).isPresent()) {
      // Another Muster has made it since we looked.
      watch(before.get());
      return;
    }
    if (before.isPresent()) {
      pods.deleteAndAwait(before.get());
    }
    create(order, newListener);
  }

  private void create(ReplicaOrder order, RuntimeListener newListener) throws IOException {
    try {
      watch(pods.create(order));
    } catch (Pods.RefusedException refused) {
      newListener.onSignal(
          new RuntimeSignal.Ended(
              id,
              order.incarnation(),
              new ReplicaFailure(
                  ReplicaFailure.Kind.FAILED_TO_START, Optional.of(refused.getMessage()))));
    }
  }

  void stop(RuntimeListener newListener, Runnable afterwards) {
    latest.incrementAndGet();
    steps.addUntilDone(
        () -> {
          listener = newListener;
          unwatch();
          pods.deleteAndAwait(id);
          afterwards.run();
          newListener.onSignal(new RuntimeSignal.Stopped(id));
        });
  }

  void close() {
    steps.close();
    unwatch();
  }

  /** The API has news of the pod. */
  void onPod(Pod pod) {
    PodWatch watched = current;
    if (watched == null || !watched.watches(pod)) {
      return;
    }
    watched.see(pod);
    PodEnd.of(pod).ifPresent(failure -> end(watched, failure, endOf(watched)));
  }

  /** The API has the pod no more. */
  void onGone(Pod pod) {
    PodWatch watched = current;
    if (watched != null && watched.watches(pod)) {
      end(
          watched,
          PodEnd.of(pod)
              .orElseGet(
                  () ->
                      new ReplicaFailure(
                          ReplicaFailure.Kind.HOST_LOST,
                          Optional.of("its pod was deleted, and not by Muster"))),
          endOf(watched));
    }
  }

  /** What it uses, as the metrics of the installation have it. */
  void onConsumption(ReplicaObservation.Consumption consumption, Instant at) {
    PodWatch watched = current;
    if (watched != null) {
      observe(watched.testimony().observation(at, consumption));
    }
  }

  /** Whether it runs; then the listener hears of it from now on. */
  private boolean adopts(RuntimeListener newListener) throws IOException {
    listener = newListener;
    PodWatch watched = current;
    if (watched != null) {
      watched.testimony().repeatTo(newListener::onSignal);
      return true;
    }
    Optional<Pod> pod = pods.find(id).filter(ReplicaPod::isWanted);
    if (pod.isPresent()) {
      watch(pod.get());
    }
    return pod.isPresent();
  }

  private void watch(Pod pod) throws IOException {
    PodWatch watch = new PodWatch(pod, settings.httpPort(), settings.watch(), this);
    current = watch;
    watch.start();
    // What the informer had to say meanwhile was said to nobody.
    pods.find(id).filter(watch::watches).ifPresent(this::onPod);
  }

  private void unwatch() {
    PodWatch watched = current;
    current = null;
    if (watched != null) {
      watched.stop();
    }
  }

  private static Instant endOf(PodWatch watch) {
    return watch.endedAt().orElseGet(Instant::now);
  }

  /** Nothing of it runs any more when the end is told. */
  private void end(PodWatch watch, ReplicaFailure failure, Instant at) {
    steps.addUntilDone(
        () -> {
          if (current == watch) {
            pods.deleteAndAwait(watch.pod());
            unwatch();
            signal(
                new RuntimeSignal.Ended(
                    id,
                    watch.incarnation(),
                    failure,
                    Optional.of(watch.createdAt()),
                    Optional.of(at)));
          }
        });
  }

  @Override
  public void onSignal(PodWatch watch, RuntimeSignal signal) {
    if (current == watch) {
      signal(signal);
    }
  }

  @Override
  public void onProgress(PodWatch watch, ReplicaObservation observation) {
    if (current == watch) {
      observe(observation);
    }
  }

  @Override
  public void onSilence(PodWatch watch, Silence silence) {
    end(watch, silence.failure(), silence.since());
  }

  private void signal(RuntimeSignal signal) {
    RuntimeListener to = listener;
    if (to != null) {
      to.onSignal(signal);
    }
  }

  private void observe(ReplicaObservation observation) {
    RuntimeListener to = listener;
    if (to != null) {
      to.onObservation(observation);
    }
  }
}
