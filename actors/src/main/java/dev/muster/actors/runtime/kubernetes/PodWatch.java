package dev.muster.actors.runtime.kubernetes;

import dev.muster.actors.runtime.Liveness;
import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.actors.runtime.workload.Probe;
import dev.muster.actors.runtime.workload.WatchSettings;
import dev.muster.actors.runtime.workload.WorkloadTimes;
import dev.muster.api.catalog.ReplicaObservation;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import io.fabric8.kubernetes.api.model.Pod;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Asks one pod, on a virtual thread, until it is told to end: does it answer, has it hydrated, is
 * it alive. That the pod itself has ended is not its business: the API tells that.
 */
final class PodWatch {
  private static final Duration FIRST_ANSWER_INTERVAL = Duration.ofMillis(100);

  private final ReplicaId id;
  private final long incarnation;
  private final Instant createdAt;
  private final int port;
  private final WatchSettings settings;
  private final Listener listener;
  private final CountDownLatch unwatched = new CountDownLatch(1);
  private volatile Pod pod;
  private volatile RuntimeSignal.Started answered;
  private volatile RuntimeSignal.Hydrated hydrated;
  private Probe.Hydration progress = Probe.Hydration.UNKNOWN;

  /** Hears what the watching thread sees. */
  interface Listener {
    void onSignal(PodWatch watch, RuntimeSignal signal);

    void onProgress(PodWatch watch, ReplicaObservation observation);

    /** It runs, as far as the API knows, and does not answer; it has served nobody since then. */
    void onSilence(PodWatch watch, ReplicaFailure failure, Instant since);
  }

  PodWatch(Pod pod, int port, WatchSettings settings, Listener listener) {
    this.id = ReplicaPod.id(pod);
    this.incarnation = ReplicaPod.incarnation(pod);
    this.createdAt = ReplicaPod.createdAt(pod);
    this.port = port;
    this.settings = settings;
    this.listener = listener;
    this.pod = pod;
  }

  void start() {
    Thread.ofVirtual().name("pod-" + id).start(this::watch);
  }

  void stop() {
    unwatched.countDown();
  }

  /** As the API has it now. */
  void see(Pod newest) {
    pod = newest;
  }

  boolean watches(Pod other) {
    return pod.getMetadata().getUid().equals(other.getMetadata().getUid());
  }

  Instant createdAt() {
    return createdAt;
  }

  /** As the API had it last. */
  Pod pod() {
    return pod;
  }

  /** As the API has it. */
  Optional<Instant> endedAt() {
    return PodEnd.at(pod);
  }

  long incarnation() {
    return incarnation;
  }

  /** What it has said of itself last. */
  Probe.Hydration progress() {
    return progress;
  }

  /** What a listener who comes late has missed. */
  void repeatTo(Consumer<RuntimeSignal> late) {
    if (answered != null) {
      late.accept(answered);
    }
    if (hydrated != null) {
      late.accept(hydrated);
    }
  }

  private void watch() {
    try {
      if (!hasAnswered()) {
        return;
      }
      Liveness liveness = Liveness.of(settings.livenessFailures());
      while (!liveness.isUnresponsive()) {
        Instant askedAt = Instant.now();
        Optional<Probe.Hydration> said = hydrated == null ? hydration() : Optional.empty();
        liveness =
            liveness.asked(askedAt, said.isPresent() || probe().map(Probe::isLive).orElse(false));
        if (isOver(pause(liveness))) {
          return;
        }
      }
      listener.onSilence(
          this,
          new ReplicaFailure(
              ReplicaFailure.Kind.UNRESPONSIVE,
              Optional.of(
                  "no answer to %d questions in a row".formatted(settings.livenessFailures()))),
          liveness.silentSince().orElseThrow());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration pause(Liveness liveness) {
    return hydrated == null && !liveness.isDoubtful()
        ? settings.hydrationInterval()
        : settings.livenessInterval();
  }

  private boolean isOver(Duration pause) throws InterruptedException {
    return unwatched.await(pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** A pod may wait long for a place and for its image; then it is tried anew, with the reason. */
  private boolean hasAnswered() throws InterruptedException {
    Instant deadline = Instant.now().plus(settings.startTimeout());
    while (true) {
      Optional<Probe> probe = probe().filter(Probe::isLive);
      if (probe.isPresent()) {
        sayThatItAnswered(probe.get().hydration().orElse(Probe.Hydration.UNKNOWN));
        return true;
      }
      if (Instant.now().isAfter(deadline)) {
        listener.onSilence(
            this,
            new ReplicaFailure(
                ReplicaFailure.Kind.FAILED_TO_START,
                Optional.of(
                    "no answer within %d s%s"
                        .formatted(
                            settings.startTimeout().toSeconds(),
                            PodEnd.waitsFor(pod).map(reason -> "; " + reason).orElse("")))),
            Instant.now());
        return false;
      }
      if (isOver(FIRST_ANSWER_INTERVAL)) {
        return false;
      }
    }
  }

  private void sayThatItAnswered(Probe.Hydration said) {
    Instant at = times().answeredAt(said, Instant.now());
    answered =
        new RuntimeSignal.Started(id, incarnation, 0, Optional.of(createdAt), Optional.of(at));
    listener.onSignal(this, answered);
  }

  private WorkloadTimes times() {
    return new WorkloadTimes(createdAt, true);
  }

  private Optional<Probe.Hydration> hydration() {
    Optional<Probe.Hydration> said = probe().flatMap(Probe::hydration);
    said.ifPresent(
        hydration -> {
          progress = hydration;
          Instant now = Instant.now();
          listener.onProgress(
              this,
              ReplicaObservation.progress(
                  id, now, hydration.objectsDone(), hydration.objectsTotal(), hydration.bytes()));
          if (hydration.hydrated()) {
            hydrated = hydrated(hydration, now);
            listener.onSignal(this, hydrated);
          }
        });
    return said;
  }

  private RuntimeSignal.Hydrated hydrated(Probe.Hydration said, Instant now) {
    return new RuntimeSignal.Hydrated(
        id,
        incarnation,
        times().took(said, now),
        said.objectsTotal(),
        said.bytes(),
        said.peakMemoryBytes(),
        ReplicaPod.memoryBytes(pod),
        Optional.of(times().hydratedAt(said, now)));
  }

  /** None as long as the pod has no address. */
  private Optional<Probe> probe() {
    return Optional.ofNullable(pod.getStatus())
        .map(status -> status.getPodIP())
        .filter(address -> !address.isBlank())
        .map(
            address -> new Probe(new InetSocketAddress(address, port), settings.livenessTimeout()));
  }
}
