package dev.muster.actors.runtime.process;

import static dev.muster.actors.runtime.process.RuntimeBench.id;
import static dev.muster.actors.runtime.process.RuntimeBench.order;
import static dev.muster.actors.runtime.process.RuntimeBench.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.actors.testing.Heard;
import dev.muster.api.catalog.ReplicaObservation;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process runtime with real, small processes. */
final class ProcessRuntimeTest {
  private static final ReplicaId ID = id(1);

  @TempDir Path directory;
  private final Heard heard = new Heard();
  private final List<ProcessRuntime> made = new ArrayList<>();

  private ProcessRuntime runtime(String mode) {
    return runtime(settings(directory, mode));
  }

  private ProcessRuntime runtime(ProcessSettings settings) {
    ProcessRuntime runtime = new ProcessRuntime(settings);
    made.add(runtime);
    return runtime;
  }

  /** Leaves no process of this test's data directory behind, whatever the test did. */
  @AfterEach
  void killOwnProcesses() {
    made.forEach(ProcessRuntime::close);
    ReplicaStopper.stopAll(directory, Duration.ZERO);
  }

  private long pidOnceHydrated() throws InterruptedException {
    long pid = heard.next(RuntimeSignal.Started.class).processId();
    heard.next(RuntimeSignal.Hydrated.class);
    return pid;
  }

  private static void awaitEnd(long pid) throws Exception {
    var process = ProcessHandle.of(pid);
    if (process.isPresent()) {
      process.get().onExit().get(60, TimeUnit.SECONDS);
    }
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void aReplicaIsStartedSeenHydratedAndStopped() throws Exception {
    ProcessRuntime runtime = runtime("hydrates-when-told");
    runtime.start(order(ID, 1), heard);
    RuntimeSignal.Started started = heard.next(RuntimeSignal.Started.class);
    assertEquals(1, started.incarnation());
    Path own = directory.resolve("replicas").resolve(ID.value());
    assertEquals(1, heard.observations.poll(60, TimeUnit.SECONDS).objectsDone());
    Files.createFile(own.resolve("hydrate"));
    RuntimeSignal.Hydrated hydrated = heard.next(RuntimeSignal.Hydrated.class);
    assertEquals(2, hydrated.objects());
    assertEquals(5, hydrated.bytes());
    assertTrue(hydrated.peakMemoryBytes() > 1_000_000);
    assertEquals(Optional.of(256L << 20), hydrated.memoryLimitBytes());
    assertEquals(List.of(ID), runtime.inventory().stream().map(r -> r.id()).toList());

    runtime.stop(ID, heard);
    heard.next(RuntimeSignal.Stopped.class);
    assertTrue(runtime.inventory().isEmpty());
    awaitEnd(started.processId());
    assertFalse(Files.exists(own));
  }

  @Test
  void theWorkloadGetsItsContractAndNothingElse() throws Exception {
    ProcessRuntime runtime = runtime("normal");
    runtime.start(order(ID, 3), heard);
    Map<String, String> environment = ProcFs.musterEnvironment(pidOnceHydrated());
    assertEquals("u1", environment.get("MUSTER_CLUSTER_ID"));
    assertEquals("u1-1", environment.get("MUSTER_REPLICA_ID"));
    assertEquals("r1", environment.get("MUSTER_REPLICA_NAME"));
    assertEquals("az1", environment.get("MUSTER_ZONE"));
    assertEquals("25cc", environment.get("MUSTER_SIZE"));
    assertEquals("3", environment.get("MUSTER_INCARNATION"));
    assertEquals(Long.toString(256 << 20), environment.get("MUSTER_MEMORY_BYTES"));
    assertEquals("500000000", environment.get("MUSTER_CPU_NANO_CORES"));
    assertEquals("1000", environment.get("MUSTER_INTROSPECTION_INTERVAL_MILLIS"));
  }

  @Test
  void aKilledReplicaEndsWithItsSignalAndStartsAgain() throws Exception {
    ProcessRuntime runtime = runtime("normal");
    runtime.start(order(ID, 1), heard);
    kill(pidOnceHydrated());
    RuntimeSignal.Ended ended = heard.next(RuntimeSignal.Ended.class);
    assertEquals(1, ended.incarnation());
    assertEquals(ReplicaFailure.Kind.SIGNALED, ended.failure().kind());
    assertEquals(
        "SIGKILL; its last line: workload normal 1", ended.failure().detail().orElseThrow());

    runtime.start(order(ID, 2), heard);
    assertEquals(2, heard.next(RuntimeSignal.Started.class).incarnation());
  }

  @Test
  void anEndIsToldThoughItsRecordCannotBeDeleted() throws Exception {
    Path record = directory.resolve("replicas").resolve(ID.value()).resolve("process.properties");
    Files.createDirectories(record.resolve("in-the-way"));
    ProcessRuntime runtime = runtime("normal");
    runtime.start(order(ID, 1), heard);
    kill(pidOnceHydrated());
    heard.next(RuntimeSignal.Ended.class);

    runtime.start(order(ID, 2), heard);
    assertEquals(2, heard.next(RuntimeSignal.Started.class).incarnation());
  }

  @Test
  void aStopThatFailsIsTriedAgain() throws Exception {
    AtomicInteger looks = new AtomicInteger();
    AtomicInteger stops = new AtomicInteger();
    ProcessSlot slot =
        new ProcessSlot(
            ID,
            settings(directory, "normal"),
            new ProcessTable(directory),
            new Ports(26_000, 29_999),
            () -> {
              if (looks.incrementAndGet() == 1) {
                throw new IllegalStateException("not now");
              }
              return Optional.empty();
            });
    slot.stop(heard, stops::incrementAndGet);
    heard.next(RuntimeSignal.Stopped.class);
    assertEquals(2, looks.get());
    assertEquals(1, stops.get());
  }

  @Test
  void anExitTellsItsCodeAndTheLastLine() throws Exception {
    runtime("exits").start(order(ID, 1), heard);
    ReplicaFailure failure = heard.next(RuntimeSignal.Ended.class).failure();
    assertEquals(ReplicaFailure.Kind.EXITED, failure.kind());
    assertEquals("exit code 7; its last line: workload exits 1", failure.detail().orElseThrow());
  }

  @Test
  void aProgramThatIsNotThereFailsToStart() throws Exception {
    runtime(settings(directory, Duration.ZERO, List.of("/no/such/program")))
        .start(order(ID, 1), heard);
    assertEquals(
        ReplicaFailure.Kind.FAILED_TO_START,
        heard.next(RuntimeSignal.Ended.class).failure().kind());
  }

  @Test
  void whoDoesNotStopInTimeIsKilled() throws Exception {
    ProcessRuntime runtime =
        runtime(
            settings(directory, Duration.ofMillis(300), RuntimeBench.javaCommand("hangs-on-stop")));
    runtime.start(order(ID, 1), heard);
    long pid = pidOnceHydrated();
    runtime.stop(ID, heard);
    heard.next(RuntimeSignal.Stopped.class);
    awaitEnd(pid);
    assertTrue(runtime.inventory().isEmpty());
  }

  @Test
  void aReplicaThatAnswersNoLongerIsKilledAndHasFailed() throws Exception {
    ProcessRuntime runtime = runtime("normal");
    runtime.start(order(ID, 1), heard);
    long pid = heard.next(RuntimeSignal.Started.class).processId();
    Instant hydrated = heard.next(RuntimeSignal.Hydrated.class).occurredAt().orElseThrow();
    new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start().waitFor();
    RuntimeSignal.Ended ended = heard.next(RuntimeSignal.Ended.class);
    Instant told = Instant.now();
    assertEquals(ReplicaFailure.Kind.UNRESPONSIVE, ended.failure().kind());
    // It counts from the first of three questions, with two pauses between them.
    Instant since = ended.occurredAt().orElseThrow();
    Duration patience =
        RuntimeBench.LIVENESS_TIMEOUT.plus(RuntimeBench.LIVENESS_INTERVAL).multipliedBy(2);
    assertFalse(since.plus(patience).isAfter(told), since + ", " + told);
    assertFalse(since.isBefore(hydrated), since + ", " + hydrated);
    awaitEnd(pid);
    assertTrue(runtime.inventory().isEmpty());
  }

  @Test
  void aReplicaIsObservedAtItsOwnIntervalHoweverRarelyItIsAskedWhetherItLives() throws Exception {
    runtime(settings(directory, "normal", Duration.ofHours(1), Duration.ofMillis(200)))
        .start(order(ID, 1), heard);
    pidOnceHydrated();
    long measured = 0;
    while (measured < 3) {
      ReplicaObservation observation = heard.observations.poll(60, TimeUnit.SECONDS);
      assertNotNull(observation, "observed " + measured + " times");
      measured += observation.utilization().isPresent() ? 1 : 0;
    }
  }

  @Test
  void observationsTooCloseToMeasureAndQuestionsWithoutAPauseAreRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> settings(directory, "normal", Duration.ofSeconds(5), Duration.ofMillis(199)));
    assertThrows(
        IllegalArgumentException.class,
        () -> settings(directory, "normal", Duration.ZERO, Duration.ofSeconds(10)));
  }

  @Test
  void aWorkloadThatSaysItRanOutOfMemoryWasOomKilled() throws Exception {
    runtime("out-of-memory").start(order(ID, 1), heard);
    assertEquals(
        ReplicaFailure.Kind.OOM_KILLED, heard.next(RuntimeSignal.Ended.class).failure().kind());
  }

  /** By its control group where there is one, and by the runtime's own look where not. */
  @Test
  void aReplicaThatOutgrowsItsSizeIsOomKilled() throws Exception {
    runtime("grows").start(order(ID, 1), heard);
    heard.next(RuntimeSignal.Started.class);
    heard.next(RuntimeSignal.Hydrated.class);
    Files.createFile(directory.resolve("replicas").resolve(ID.value()).resolve("grow"));
    ReplicaFailure failure = heard.next(RuntimeSignal.Ended.class).failure();
    assertEquals(ReplicaFailure.Kind.OOM_KILLED, failure.kind());
  }

  @Test
  void whatIsAdoptedIsHeldToItsSizeToo() throws Exception {
    ProcessRuntime first = runtime("grows");
    first.start(order(ID, 1), heard);
    heard.next(RuntimeSignal.Started.class);
    heard.next(RuntimeSignal.Hydrated.class);
    first.close();
    runtime("grows").find(ID, heard);
    heard.next(RuntimeSignal.Started.class);
    heard.next(RuntimeSignal.Hydrated.class);
    Files.createFile(directory.resolve("replicas").resolve(ID.value()).resolve("grow"));
    assertEquals(
        ReplicaFailure.Kind.OOM_KILLED, heard.next(RuntimeSignal.Ended.class).failure().kind());
  }

  @Test
  void aJvmThatExitsForWantOfHeapWasOomKilled() throws Exception {
    runtime("fills-its-heap").start(order(ID, 1), heard);
    assertEquals(
        ReplicaFailure.Kind.OOM_KILLED, heard.next(RuntimeSignal.Ended.class).failure().kind());
  }

  @Test
  void aWorkloadThatNeverAnswersFailsToStart() throws Exception {
    runtime(settings(directory, "never-answers", Duration.ofMillis(500)))
        .start(order(ID, 1), heard);
    assertEquals(
        ReplicaFailure.Kind.FAILED_TO_START,
        heard.next(RuntimeSignal.Ended.class).failure().kind());
  }

  @Test
  void aStopBeforeTheFirstAnswerStopsToo() throws Exception {
    ProcessRuntime runtime = runtime("never-answers");
    runtime.start(order(ID, 1), heard);
    runtime.stop(ID, heard);
    heard.next(RuntimeSignal.Stopped.class);
    assertTrue(runtime.inventory().isEmpty());
  }

  @Test
  void memoryIsObserved() throws Exception {
    runtime("normal").start(order(ID, 1), heard);
    pidOnceHydrated();
    assertTrue(
        heard.observations.poll(60, TimeUnit.SECONDS).consumption().memoryBytes().orElseThrow()
            > 1_000_000);
  }

  @Test
  void howBusyAReplicaIsIsMeasuredAgainstItsSize() throws Exception {
    runtime("normal").start(order(ID, 1), heard);
    ReplicaObservation busy = heard.observations.poll(60, TimeUnit.SECONDS);
    while (busy.utilization().isEmpty()) {
      busy = heard.observations.poll(60, TimeUnit.SECONDS);
    }
    long residentBytes = busy.consumption().memoryBytes().orElseThrow();
    assertEquals(
        (double) residentBytes / (256 << 20), busy.utilization().get().memoryFraction(), 1e-9);
    assertEquals(
        busy.consumption().cpuNanoCores().orElseThrow() / 5e8,
        busy.utilization().get().cpuFraction(),
        1e-9);
  }

  @Test
  void theLogOfTheStartBeforeIsKept() throws Exception {
    ProcessRuntime runtime = runtime("exits");
    runtime.start(order(ID, 1), heard);
    heard.next(RuntimeSignal.Ended.class);
    runtime.start(order(ID, 2), heard);
    heard.next(RuntimeSignal.Ended.class);
    Path own = directory.resolve("replicas").resolve(ID.value());
    assertEquals("workload exits 1", Files.readString(own.resolve("output.log.1")).strip());
    assertEquals("workload exits 2", Files.readString(own.resolve("output.log")).strip());
  }
}
