package dev.muster.actors.runtime.process;

import dev.muster.actors.runtime.ReplicaOrder;
import dev.muster.actors.runtime.RuntimeListener;
import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.actors.runtime.Steps;
import dev.muster.actors.runtime.workload.ExitCause;
import dev.muster.api.catalog.ReplicaObservation;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * One replica in the process runtime. All that is done to it is done one after the other, each step
 * on a virtual thread, so that a step may block.
 */
final class ProcessSlot implements Running.Watch {
  private static final System.Logger LOG = System.getLogger(ProcessSlot.class.getName());
  private static final Duration AFTER_KILL = Duration.ofSeconds(30);

  /** A hung process is given a moment to stop by itself, not the whole grace period. */
  private static final Duration HUNG_GRACE = Duration.ofSeconds(1);

  private final ReplicaId id;
  private final ProcessSettings settings;
  private final ProcessTable table;
  private final Ports ports;
  private final Supplier<Optional<ReplicaProcess>> leftBehind;
  private final Steps steps;
  private volatile RuntimeListener listener;
  private volatile Running current;

  ProcessSlot(
      ReplicaId id,
      ProcessSettings settings,
      ProcessTable table,
      Ports ports,
      Supplier<Optional<ReplicaProcess>> leftBehind) {
    this.id = id;
    this.settings = settings;
    this.table = table;
    this.ports = ports;
    this.leftBehind = leftBehind;
    this.steps = new Steps("replica " + id);
  }

  void find(RuntimeListener newListener) {
    steps.add(
        () -> {
          if (!adopts(newListener)) {
            newListener.onSignal(
                lastEnd()
                    .<RuntimeSignal>map(ended -> ended)
                    .orElse(new RuntimeSignal.NotRunning(id)));
          }
        });
  }

  /** How what ran last has ended, where its waiter wrote that down. */
  private Optional<RuntimeSignal.Ended> lastEnd() {
    ReplicaFiles files = table.files(id);
    OptionalLong incarnation = files.lastEnded();
    if (incarnation.isEmpty()) {
      return Optional.empty();
    }
    boolean kernelWasShortOfMemory =
        table.groups().existing(id).filter(group -> group.oomKills() > 0).isPresent();
    return files
        .end(incarnation.getAsLong())
        .map(
            end ->
                new RuntimeSignal.Ended(
                    id,
                    incarnation.getAsLong(),
                    ExitCause.of(
                        end.code().orElseThrow(), false, kernelWasShortOfMemory, files.lastLine()),
                    files
                        .read()
                        .filter(process -> process.incarnation() == incarnation.getAsLong())
                        .map(ReplicaProcess::startedAt),
                    Optional.of(end.at())));
  }

  void start(ReplicaOrder order, RuntimeListener newListener) {
    steps.add(
        () -> {
          if (!adopts(newListener)) {
            spawn(order);
          }
        });
  }

  void stop(RuntimeListener newListener, Runnable afterwards) {
    steps.addUntilDone(
        () -> {
          listener = newListener;
          if (current == null) {
            // Kept, because what was left behind is found only once.
            current = adoptable().map(this::adopted).orElse(null);
          }
          Running running = current;
          if (running != null) {
            end(running, settings.gracePeriod());
          }
          killRemnants();
          deleteFiles();
          afterwards.run();
          newListener.onSignal(new RuntimeSignal.Stopped(id));
        });
  }

  /** Left-over files harm nobody. */
  private void deleteFiles() {
    try {
      table.files(id).delete();
    } catch (IOException | UncheckedIOException e) {
      LOG.log(Level.WARNING, "cannot delete the files of replica {0}: {1}", id, e);
    }
  }

  /** A record of a process that has ended harms nobody either: it is of no process that runs. */
  private void forgetProcess() {
    try {
      table.files(id).forgetProcess();
    } catch (IOException | UncheckedIOException e) {
      LOG.log(Level.WARNING, "cannot forget the process of replica {0}: {1}", id, e);
    }
  }

  /** One that is left over is removed before the next start. */
  private void removeGroup(Running running) {
    try {
      if (running.group.isPresent()) {
        running.group.get().remove();
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "cannot remove the control group of replica {0}: {1}", id, e);
    }
  }

  /** The replica itself has ended, and that is to be told whatever becomes of these. */
  private void killRemnants() {
    try {
      table.killRemnants(id);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "cannot end what replica {0} had started: {1}", id, e);
    }
  }

  void close() {
    steps.close();
    Running running = current;
    if (running != null) {
      running.stopWatching();
    }
  }

  /** Whether it runs; then the listener hears of it from now on. */
  private boolean adopts(RuntimeListener newListener) {
    listener = newListener;
    Running running = current;
    if (running != null) {
      running.repeatTo(newListener::onSignal);
      return true;
    }
    Optional<ReplicaProcess> process = adoptable();
    process.ifPresent(found -> watch(adopted(found)));
    return process.isPresent();
  }

  private Optional<ReplicaProcess> adoptable() {
    return table.recorded(id).or(leftBehind);
  }

  private Running adopted(ReplicaProcess process) {
    ports.adopt(process.port());
    return new Running(
        process, Optional.empty(), table.groups().existing(id), table, settings, this);
  }

  private void watch(Running running) {
    current = running;
    running.startWatching();
  }

  private void spawn(ReplicaOrder order) throws InterruptedException {
    int port = 0;
    try {
      if (table.files(id).read().isPresent()) {
        // It ended unwatched; what it had started may still be there.
        table.killRemnants(id);
      }
      table.files(id).prepare();
      port = ports.take();
      Optional<ControlGroup> group =
          table.groups().create(id, WorkloadEnvironment.memoryBytes(order, settings));
      Instant startedAt = Instant.now();
      Process waiter = builder(order, port, group).start();
      ReplicaProcess process = identify(order, port, workloadOf(waiter), startedAt);
      watch(new Running(process, Optional.of(waiter), group, table, settings, this));
      table.files(id).write(process);
    } catch (IOException | RuntimeException e) {
      if (current == null) {
        ports.release(port);
        signal(
            new RuntimeSignal.Ended(
                id,
                order.incarnation(),
                new ReplicaFailure(
                    ReplicaFailure.Kind.FAILED_TO_START,
                    Optional.of(String.valueOf(e.getMessage())))));
      } else {
        // It runs, and is found by its environment when need be.
        LOG.log(Level.WARNING, "cannot record the process of replica {0}: {1}", id, e);
      }
    }
  }

  private ProcessBuilder builder(ReplicaOrder order, int port, Optional<ControlGroup> group) {
    ReplicaFiles files = table.files(id);
    List<String> workload =
        group.map(own -> own.entering(settings.command())).orElseGet(settings::command);
    ProcessBuilder builder =
        new ProcessBuilder(
            Waiter.command(table.marker(), files.endOf(order.incarnation()), workload));
    var environment =
        WorkloadEnvironment.of(order, port, table.marker(), settings, System.getenv());
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().remove(ReplicaProcess.DATA_DIRECTORY);
    return builder
        .directory(files.directory().toFile())
        .redirectInput(new File("/dev/null"))
        .redirectError(ProcessBuilder.Redirect.appendTo(files.log().toFile()));
  }

  /** What the waiter has to say before it waits. */
  private static long workloadOf(Process waiter) throws IOException, InterruptedException {
    try (BufferedReader output = waiter.inputReader(StandardCharsets.US_ASCII)) {
      String pid = output.readLine();
      if (pid == null) {
        throw new IOException("the workload was not started: exit code " + waiter.waitFor());
      }
      return Long.parseLong(pid);
    }
  }

  /** One that has ended already, and was waited for, has no start that anybody could tell. */
  private ReplicaProcess identify(ReplicaOrder order, int port, long pid, Instant startedAt) {
    long startTicks = ProcFs.stat(pid).map(ProcFs.Stat::startTicks).orElse(-1L);
    return new ReplicaProcess(
        id,
        order.incarnation(),
        order.zone(),
        port,
        pid,
        startTicks,
        table.bootId(),
        startedAt,
        WorkloadEnvironment.memoryBytes(order, settings),
        order.size().cpuNanoCores());
  }

  /** Ends the process, if it has not ended, and everything that it started. */
  private void end(Running running, Duration grace) throws InterruptedException {
    running.stopWatching();
    table.terminate(running.process);
    if (!running.ended(grace)) {
      table.kill(running.process);
      if (!running.ended(AFTER_KILL)) {
        throw new IllegalStateException("process " + running.process.pid() + " survives SIGKILL");
      }
    }
    killRemnants();
    removeGroup(running);
    ports.release(running.process.port());
    current = null;
  }

  @Override
  public void onSignal(Running running, RuntimeSignal signal) {
    if (current == running) {
      signal(signal);
    }
  }

  @Override
  public void onObservation(Running running, ReplicaObservation observation) {
    RuntimeListener to = listener;
    if (current == running && to != null) {
      to.onObservation(observation);
    }
  }

  @Override
  public void onEnd(Running running, ReplicaFailure failure, Instant at) {
    steps.addUntilDone(
        () -> {
          if (current == running && !steps.isClosed()) {
            end(running, HUNG_GRACE);
            forgetProcess();
            signal(
                new RuntimeSignal.Ended(
                    id,
                    running.process.incarnation(),
                    failure,
                    Optional.of(running.process.startedAt()),
                    Optional.of(at)));
          }
        });
  }

  private void signal(RuntimeSignal signal) {
    RuntimeListener to = listener;
    if (to != null) {
      to.onSignal(signal);
    }
  }
}
