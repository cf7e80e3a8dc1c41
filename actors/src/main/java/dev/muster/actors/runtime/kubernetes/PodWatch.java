package dev.muster.actors.runtime.kubernetes;

import dev.muster.actors.runtime.Liveness;
import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.actors.runtime.workload.Probe;
import dev.muster.actors.runtime.workload.Silence;
import dev.muster.actors.runtime.workload.Testimony;
import dev.muster.actors.runtime.workload.WatchSettings;
import dev.muster.actors.runtime.workload.WorkloadTimes;
import dev.muster.api.catalog.ReplicaObservation;
import dev.muster.api.catalog.ReplicaObservation.Consumption;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import io.fabric8.kubernetes.api.model.Pod;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

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
  private final Testimony testimony;
  private final CountDownLatch unwatched = new CountDownLatch(1);
  private volatile Pod pod;

  /** Hears what the watching thread sees. */
  interface Listener {
    void onSignal(PodWatch watch, RuntimeSignal signal);

    void onProgress(PodWatch watch, ReplicaObservation observation);

    /** It runs, as far as the API knows. */
    void onSilence(PodWatch watch, Silence silence);
  }

  PodWatch(Pod pod, int port, WatchSettings settings, Listener listener) {
    this.id = ReplicaPod.id(pod);
    this.incarnation = ReplicaPod.incarnation(pod);
    this.createdAt = ReplicaPod.createdAt(pod);
    this.testimony = new Testimony(id, incarnation, 0, new WorkloadTimes(createdAt, true));
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

  /** What it has said of itself. */
  Testimony testimony() {
    return testimony;
  }

  private void watch() {
    try {
      if (!hasAnswered()) {
        return;
      }
      Liveness liveness = Liveness.of(settings.livenessFailures());
      while (!liveness.isUnresponsive()) {
        Instant askedAt = Instant.now();
        Optional<Probe.Hydration> said = testimony.hasHydrated() ? Optional.empty() : hydration();
        liveness =
            liveness.asked(askedAt, said.isPresent() || probe().map(Probe::isLive).orElse(false));
        if (isOver(pause(liveness))) {
          return;
        }
      }
      listener.onSilence(this, Silence.unresponsive(liveness));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration pause(Liveness liveness) {
    return !testimony.hasHydrated() && !liveness.isDoubtful()
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
        Probe.Hydration said = probe.get().hydration().orElse(Probe.Hydration.UNKNOWN);
        listener.onSignal(this, testimony.answers(said, Instant.now()));
        return true;
      }
      if (Instant.now().isAfter(deadline)) {
        listener.onSilence(
            this,
            Silence.unanswered(
                ReplicaFailure.Kind.FAILED_TO_START,
                settings.startTimeout(),
                PodEnd.waitsFor(pod),
                Instant.now()));
        return false;
      }
      if (isOver(FIRST_ANSWER_INTERVAL)) {
        return false;
      }
    }
  }

  private Optional<Probe.Hydration> hydration() {
    Optional<Probe.Hydration> said = probe().flatMap(Probe::hydration);
    said.ifPresent(
        hydration -> {
          testimony.says(hydration);
          Instant now = Instant.now();
          listener.onProgress(this, testimony.observation(now, Consumption.UNKNOWN));
          if (hydration.hydrated()) {
            listener.onSignal(this, testimony.hydrates(0, ReplicaPod.memoryBytes(pod), now));
          }
        });
    return said;
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
