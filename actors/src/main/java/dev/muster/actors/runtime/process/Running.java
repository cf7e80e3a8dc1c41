package dev.muster.actors.runtime.process;

import dev.muster.actors.runtime.Liveness;
import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.actors.runtime.workload.ExitCause;
import dev.muster.actors.runtime.workload.Probe;
import dev.muster.actors.runtime.workload.Silence;
import dev.muster.actors.runtime.workload.Testimony;
import dev.muster.actors.runtime.workload.WorkloadTimes;
import dev.muster.api.catalog.ReplicaObservation;
import dev.muster.journal.event.ReplicaFailure;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A replica's process that runs, watched by one virtual thread. The end of one that this Muster has
 * started wakes the thread; an adopted one is looked at five times a second.
 */
final class Running {
  private static final System.Logger LOG = System.getLogger(Running.class.getName());
  private static final Duration FIRST_ANSWER_INTERVAL = Duration.ofMillis(50);
  private static final long ADOPTED_INTERVAL_MILLIS = 200;

  /**
   * Processor time is counted in hundredths of a second: over less than this it says nothing. An
   * observation that comes a little early still measures.
   */
  private static final long MEASURABLE_MILLIS =
      ProcessSettings.SHORTEST_OBSERVATION_INTERVAL.toMillis() * 3 / 4;

  final ReplicaProcess process;
  final Optional<ControlGroup> group;
  private final ProcessTable table;
  private final ProcessSettings settings;
  private final Probe probe;
  private final boolean child;
  private final ProcessEnd end;
  private final long oomKillsBefore;
  private final Watch watch;
  private final Testimony testimony;
  private volatile boolean unwatched;
  private volatile Optional<ReplicaFailure> outgrown = Optional.empty();
  private Instant observedAt = Instant.MIN;
  private long observedCpuTicks = -1;

  /** Hears what the watching thread sees; the end comes last, and once. */
  interface Watch {
    void onSignal(Running running, RuntimeSignal signal);

    void onObservation(Running running, ReplicaObservation observation);

    /** Ended by itself at that instant, or hung since then, and still there. */
    void onEnd(Running running, ReplicaFailure failure, Instant at);
  }

  /** One just started, whose waiter is our child, or an adopted one, where it is not. */
  Running(
      ReplicaProcess process,
      Optional<Process> waiter,
      Optional<ControlGroup> group,
      ProcessTable table,
      ProcessSettings settings,
      Watch watch) {
    this.process = process;
    this.group = group;
    this.table = table;
    this.settings = settings;
    this.watch = watch;
    this.probe =
        new Probe(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), process.port()),
            settings.watch().livenessTimeout());
    this.child = waiter.isPresent();
    this.testimony =
        new Testimony(
            process.id(),
            process.incarnation(),
            process.pid(),
            new WorkloadTimes(process.startedAt(), child));
    this.oomKillsBefore = ProcFs.oomKills();
    this.end = new ProcessEnd(process, waiter, table);
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
    testimony.repeatTo(listener);
  }

  private void watchGuarded() {
    try {
      Optional<Silence> silence = watchUntilEnd();
      if (unwatched) {
        return;
      }
      if (silence.isPresent()) {
        watch.onEnd(this, silence.get().failure(), silence.get().since());
      } else {
        watch.onEnd(this, exitCause(), end.join().at());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // Better the watch begins anew than that nobody watches.
      LOG.log(Level.ERROR, "the watch over replica " + process.id() + " failed", e);
      startWatchingAfter(settings.watch().livenessInterval());
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

  /** Empty when the process ended. */
  private Optional<Silence> watchUntilEnd() throws InterruptedException {
    // Counted from now for an adopted process too: a busy one is not to be hurried to its death.
    Instant firstAskedAt = Instant.now();
    Instant deadline = firstAskedAt.plus(settings.watch().startTimeout());
    Optional<Probe.Hydration> answer = answer();
    while (answer.isEmpty()) {
      if (ended(FIRST_ANSWER_INTERVAL) || unwatched) {
        return Optional.empty();
      }
      if (Instant.now().isAfter(deadline)) {
        return Optional.of(unanswered(firstAskedAt));
      }
      answer = answer();
    }
    watch.onSignal(this, testimony.answers(answer.get(), Instant.now()));
    return watchHydration();
  }

  /** One that never answered was starting until it was given up; an adopted one had served. */
  private Silence unanswered(Instant firstAskedAt) {
    return Silence.unanswered(
        child ? ReplicaFailure.Kind.FAILED_TO_START : ReplicaFailure.Kind.UNRESPONSIVE,
        settings.watch().startTimeout(),
        Optional.empty(),
        child ? Instant.now() : firstAskedAt);
  }

  /**
   * What it says of its hydration, which may be nothing, once it answers. A stranger on the
   * replica's port, which says so, is no answer.
   */
  private Optional<Probe.Hydration> answer() {
    return probe.isLive()
        ? Optional.of(probe.hydration().orElse(Probe.Hydration.UNKNOWN))
            .filter(said -> said.replicaId().map(process.id().value()::equals).orElse(true))
        : Optional.empty();
  }

  private Optional<Silence> watchHydration() throws InterruptedException {
    Liveness liveness = Liveness.of(settings.watch().livenessFailures());
    while (!liveness.isUnresponsive()) {
      if (unwatched) {
        return Optional.empty();
      }
      Instant askedAt = Instant.now();
      Optional<Probe.Hydration> answer = probe.hydration();
      answer.ifPresent(testimony::says);
      if (testimony.progress().hydrated()) {
        RuntimeSignal.Hydrated hydrated =
            testimony.hydrates(peakMemoryBytes(), known(process.memoryBytes()), Instant.now());
        observe();
        watch.onSignal(this, hydrated);
        return watchLiveness();
      }
      observeAtTimes(Duration.ofSeconds(1));
      liveness = liveness.asked(askedAt, answer.isPresent() || probe.isLive());
      if (ended(
          liveness.isDoubtful()
              ? settings.watch().livenessInterval()
              : settings.watch().hydrationInterval())) {
        return Optional.empty();
      }
    }
    return Optional.of(Silence.unresponsive(liveness));
  }

  /** How busy it is and whether it answers are looked at each at its own interval. */
  private Optional<Silence> watchLiveness() throws InterruptedException {
    Liveness liveness = Liveness.of(settings.watch().livenessFailures());
    Cadence questions = new Cadence(settings.watch().livenessInterval(), System.nanoTime());
    Cadence observations = new Cadence(settings.observationInterval(), System.nanoTime());
    while (!liveness.isUnresponsive()) {
      if (ended(shorter(questions, observations)) || unwatched) {
        return Optional.empty();
      }
      // Before the question, which may go unanswered for long.
      if (observations.isDue(System.nanoTime())) {
        observations = observations.done(System.nanoTime());
        observe();
      }
      if (questions.isDue(System.nanoTime())) {
        liveness = liveness.asked(Instant.now(), probe.isLive());
        questions = questions.done(System.nanoTime());
        boundLog();
      }
    }
    return Optional.of(Silence.unresponsive(liveness));
  }

  private static Duration shorter(Cadence one, Cadence other) {
    long nowNanos = System.nanoTime();
    Duration first = one.left(nowNanos);
    Duration second = other.left(nowNanos);
    return first.compareTo(second) < 0 ? first : second;
  }

  /** Waits; returns early, and true, when the process has ended. */
  boolean ended(Duration atMost) throws InterruptedException {
    long endNanos = System.nanoTime() + atMost.toNanos();
    while (!end.isKnown() && !end.look()) {
      // Rounded up: whoever comes a little early finds nothing due, and comes again at once.
      long leftMillis = (endNanos - System.nanoTime() + 999_999) / 1_000_000;
      if (leftMillis <= 0) {
        return false;
      }
      end.await(Math.min(leftMillis, mostMillis()));
      endWhatHasOutgrown();
    }
    return true;
  }

  /** For how long nothing needs to be looked at. */
  private long mostMillis() {
    long most = end.isTold() ? Long.MAX_VALUE : ADOPTED_INTERVAL_MILLIS;
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
    return Math.max(ofProcess, ofGroup);
  }

  private ReplicaFailure exitCause() {
    if (outgrown.isPresent()) {
      return outgrown.get();
    }
    Optional<String> lastLine = table.files(process.id()).lastLine();
    boolean kernelWasShortOfMemory =
        group.map(own -> own.oomKills() > 0).orElseGet(() -> ProcFs.oomKills() > oomKillsBefore);
    return end.join()
        .code()
        .map(code -> ExitCause.of(code, testimony.hasAnswered(), kernelWasShortOfMemory, lastLine))
        .orElseGet(() -> ExitCause.unknown(kernelWasShortOfMemory, lastLine));
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
                  testimony.observation(
                      now,
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
