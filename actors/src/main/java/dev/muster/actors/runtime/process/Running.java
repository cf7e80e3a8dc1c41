package dev.muster.actors.runtime.process;

import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.api.catalog.ReplicaObservation;
import dev.muster.journal.event.ReplicaFailure;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A replica's process that runs, watched by one virtual thread. The end of an own child wakes the
 * thread; an adopted process is looked at five times a second.
 */
final class Running {
  private static final System.Logger LOG = System.getLogger(Running.class.getName());
  private static final Duration FIRST_ANSWER_INTERVAL = Duration.ofMillis(50);
  private static final long ADOPTED_INTERVAL_MILLIS = 200;

  /** Processor time is counted in hundredths of a second: over less than this it says nothing. */
  private static final long MEASURABLE_MILLIS = 200;

  final ReplicaProcess process;
  final Optional<ControlGroup> group;
  private final ProcessTable table;
  private final ProcessSettings settings;
  private final Probe probe;
  private final boolean child;
  private final long oomKillsBefore;
  private final Watch watch;
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private volatile boolean answered;
  private volatile RuntimeSignal.Hydrated hydrated;
  private volatile boolean unwatched;
  private volatile Optional<ReplicaFailure> outgrown = Optional.empty();
  private Instant observedAt = Instant.MIN;
  private long observedCpuTicks = -1;
  private Probe.Hydration progress = new Probe.Hydration(0, 0, 0, 0, false, Optional.empty());

  /** Hears what the watching thread sees; the end comes last, and once. */
  interface Watch {
    void onSignal(Running running, RuntimeSignal signal);

    void onObservation(Running running, ReplicaObservation observation);

    /** Ended by itself, or found hung and still there. */
    void onEnd(Running running, ReplicaFailure failure);
  }

  /** A child just spawned, or an adopted process where {@code spawned} is empty. */
  Running(
      ReplicaProcess process,
      Optional<Process> spawned,
      Optional<ControlGroup> group,
      ProcessTable table,
      ProcessSettings settings,
      Watch watch) {
    this.process = process;
    this.group = group;
    this.table = table;
    this.settings = settings;
    this.watch = watch;
    this.probe = new Probe(process.port(), settings.livenessTimeout());
    this.child = spawned.isPresent();
    this.oomKillsBefore = ProcFs.oomKills();
    spawned.ifPresent(p -> p.onExit().thenAccept(ended -> exit.complete(ended.exitValue())));
  }

  void startWatching() {
    Thread.ofVirtual().name("replica-" + process.id()).start(this::watchGuarded);
  }

  /** The process keeps running. */
  void stopWatching() {
    unwatched = true;
  }

  /** What a listener who comes late has missed. */
  void repeatTo(Consumer<RuntimeSignal> listener) {
    if (answered) {
      listener.accept(started());
    }
    RuntimeSignal.Hydrated last = hydrated;
    if (last != null) {
      listener.accept(last);
    }
  }

  private RuntimeSignal.Started started() {
    return new RuntimeSignal.Started(process.id(), process.incarnation(), process.pid());
  }

  private void watchGuarded() {
    try {
      Optional<ReplicaFailure> failure = watchUntilEnd();
      if (!unwatched) {
        watch.onEnd(this, failure.orElseGet(this::exitCause));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // Better the watch begins anew than that nobody watches.
      LOG.log(Level.ERROR, "the watch over replica " + process.id() + " failed", e);
      startWatchingAfter(settings.livenessInterval());
    }
  }

  private void startWatchingAfter(Duration pause) {
    try {
      ended(pause);
      startWatching();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Empty when the process ended; a failure when it runs and does not answer. */
  private Optional<ReplicaFailure> watchUntilEnd() throws InterruptedException {
    // Counted from now for an adopted process too: a busy one is not to be hurried to its death.
    Instant deadline = Instant.now().plus(settings.startTimeout());
    while (!answers()) {
      if (ended(FIRST_ANSWER_INTERVAL) || unwatched) {
        return Optional.empty();
      }
      if (Instant.now().isAfter(deadline)) {
        return Optional.of(
            new ReplicaFailure(
                child ? ReplicaFailure.Kind.FAILED_TO_START : ReplicaFailure.Kind.UNRESPONSIVE,
                Optional.of("no answer within " + settings.startTimeout().toSeconds() + " s")));
      }
    }
    answered = true;
    watch.onSignal(this, started());
    return watchHydration();
  }

  /** A stranger on the replica's port, which says so, is no answer. */
  private boolean answers() {
    return probe.isLive()
        && probe
            .hydration()
            .flatMap(Probe.Hydration::replicaId)
            .map(process.id().value()::equals)
            .orElse(true);
  }

  private Optional<ReplicaFailure> watchHydration() throws InterruptedException {
    int missed = 0;
    while (missed < settings.livenessFailures()) {
      if (unwatched) {
        return Optional.empty();
      }
      Optional<Probe.Hydration> answer = probe.hydration();
      answer.ifPresent(hydration -> progress = hydration);
      if (progress.hydrated()) {
        hydrated =
            new RuntimeSignal.Hydrated(
                process.id(),
                process.incarnation(),
                Duration.between(process.startedAt(), Instant.now()),
                progress.objectsTotal(),
                progress.bytes(),
                peakMemoryBytes(),
                known(process.memoryBytes()));
        observe();
        watch.onSignal(this, hydrated);
        return watchLiveness();
      }
      observeAtTimes(Duration.ofSeconds(1));
      missed = answer.isPresent() || probe.isLive() ? 0 : missed + 1;
      if (ended(missed == 0 ? settings.hydrationInterval() : settings.livenessInterval())) {
        return Optional.empty();
      }
    }
    return Optional.of(unresponsive());
  }

  private Optional<ReplicaFailure> watchLiveness() throws InterruptedException {
    int missed = 0;
    while (missed < settings.livenessFailures()) {
      if (ended(settings.livenessInterval()) || unwatched) {
        return Optional.empty();
      }
      missed = probe.isLive() ? 0 : missed + 1;
      observeAtTimes(settings.observationInterval());
      boundLog();
    }
    return Optional.of(unresponsive());
  }

  private ReplicaFailure unresponsive() {
    return new ReplicaFailure(
        ReplicaFailure.Kind.UNRESPONSIVE,
        Optional.of("/livez did not answer " + settings.livenessFailures() + " times in a row"));
  }

  /** Waits; returns early, and true, when the process has ended. */
  boolean ended(Duration atMost) throws InterruptedException {
    long endNanos = System.nanoTime() + atMost.toNanos();
    while (!exit.isDone()) {
      long leftMillis = (endNanos - System.nanoTime()) / 1_000_000;
      if (!child && !table.isAlive(process)) {
        exit.complete(-1);
      } else if (leftMillis <= 0) {
        return false;
      } else {
        await(Math.min(leftMillis, mostMillis()));
        endWhatHasOutgrown();
      }
    }
    return true;
  }

  /** For how long nothing needs to be looked at. */
  private long mostMillis() {
    long most = child ? Long.MAX_VALUE : ADOPTED_INTERVAL_MILLIS;
    return group.isPresent() ? most : Math.min(most, settings.memoryWatchInterval().toMillis());
  }

  /** Where the kernel does not hold it to its memory, it may run into this wall a moment late. */
  private void endWhatHasOutgrown() {
    if (group.isPresent() || process.memoryBytes() <= 0 || outgrown.isPresent()) {
      return;
    }
    long bytes = ProcFs.unreclaimableBytes(process.pid());
    if (bytes > process.memoryBytes()) {
      outgrown =
          Optional.of(
              new ReplicaFailure(
                  ReplicaFailure.Kind.OOM_KILLED,
                  Optional.of(
                      "it used %d MiB of memory; its size gives it %d MiB"
                          .formatted(bytes >> 20, process.memoryBytes() >> 20))));
      table.kill(process);
    }
  }

  private long peakMemoryBytes() {
    long ofProcess = ProcFs.peakResidentBytes(process.pid()).orElse(0L);
    long ofGroup = group.flatMap(ControlGroup::peakBytes).orElse(0L);
    return Math.max(progress.peakMemoryBytes(), Math.max(ofProcess, ofGroup));
  }

  private void await(long millis) throws InterruptedException {
    try {
      exit.get(Math.max(millis, 1), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // The caller looks again.
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private ReplicaFailure exitCause() {
    if (outgrown.isPresent()) {
      return outgrown.get();
    }
    Optional<String> lastLine = table.files(process.id()).lastLine();
    boolean kernelWasShortOfMemory =
        group.map(own -> own.oomKills() > 0).orElseGet(() -> ProcFs.oomKills() > oomKillsBefore);
    return child
        ? ExitCause.of(exit.join(), answered, kernelWasShortOfMemory, lastLine)
        : ExitCause.unknown(kernelWasShortOfMemory, lastLine);
  }

  private void observeAtTimes(Duration interval) {
    if (observedCpuTicks < 0 || !Instant.now().isBefore(observedAt.plus(interval))) {
      observe();
    }
  }

  private void observe() {
    Instant now = Instant.now();
    ProcFs.stat(process.pid())
        .ifPresent(
            stat -> {
              watch.onObservation(
                  this,
                  new ReplicaObservation(
                      process.id(),
                      now,
                      progress.objectsDone(),
                      progress.objectsTotal(),
                      progress.bytes(),
                      new ReplicaObservation.Consumption(
                          ProcFs.residentBytes(process.pid()),
                          known(process.memoryBytes()),
                          cpuNanoCores(stat, now),
                          known(process.cpuNanoCores()),
                          Optional.empty())));
              observedAt = now;
              observedCpuTicks = stat.cpuTicks();
            });
  }

  private static Optional<Long> known(long limit) {
    return Optional.of(limit).filter(amount -> amount > 0);
  }

  private Optional<Long> cpuNanoCores(ProcFs.Stat stat, Instant now) {
    long sinceMillis = observedCpuTicks < 0 ? 0 : Duration.between(observedAt, now).toMillis();
    if (sinceMillis < MEASURABLE_MILLIS) {
      return Optional.empty();
    }
    double usedSeconds = (double) (stat.cpuTicks() - observedCpuTicks) / ProcFs.TICKS_PER_SECOND;
    return Optional.of((long) (usedSeconds * 1e9 * 1000 / sinceMillis));
  }

  private void boundLog() {
    try {
      table.files(process.id()).boundLog(settings.logBytes());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "cannot bound the log of replica {0}: {1}", process.id(), e);
    }
  }
}
