package dev.muster.actors.runtime.process;

import static dev.muster.actors.runtime.process.RuntimeBench.id;
import static dev.muster.actors.runtime.process.RuntimeBench.order;
import static dev.muster.actors.runtime.process.RuntimeBench.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.actors.runtime.RunningReplica;
import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.actors.testing.Heard;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Muster that was killed leaves behind, and what the next one makes of it. */
final class AdoptionTest {
  private static final ReplicaId ID = id(1);
  private static final long HUP_INT_QUIT_TERM = 0x4007;

  @TempDir Path directory;
  @TempDir Path otherDirectory;
  private final Heard heard = new Heard();
  private final List<ProcessRuntime> made = new ArrayList<>();

  private ProcessRuntime runtime(Path dataDirectory, String mode) {
    ProcessRuntime runtime = new ProcessRuntime(settings(dataDirectory, mode));
    made.add(runtime);
    return runtime;
  }

  @AfterEach
  void killOwnProcesses() {
    made.forEach(ProcessRuntime::close);
    ReplicaStopper.stopAll(directory, Duration.ZERO);
    ReplicaStopper.stopAll(otherDirectory, Duration.ZERO);
  }

  /** Runs a replica, and forgets the runtime as a SIGKILL would: nothing of it acts any more. */
  private long leftBehind(String mode) throws InterruptedException {
    ProcessRuntime before = runtime(directory, mode);
    Heard heardBefore = new Heard();
    before.start(order(ID, 5), heardBefore);
    long pid = heardBefore.next(RuntimeSignal.Started.class).processId();
    heardBefore.next(RuntimeSignal.Hydrated.class);
    before.close();
    return pid;
  }

  private Path record() {
    return directory.resolve("replicas").resolve(ID.value()).resolve("process.properties");
  }

  private static boolean lives(long pid) {
    return ProcFs.stat(pid).filter(stat -> !stat.ended()).isPresent();
  }

  private static void awaitEnd(long pid) throws Exception {
    var process = ProcessHandle.of(pid);
    if (process.isPresent()) {
      process.get().onExit().get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void aRunningReplicaIsAdoptedWithItsIncarnation() throws Exception {
    long pid = leftBehind("normal");
    ProcessRuntime after = runtime(directory, "normal");
    RunningReplica found = after.inventory().get(0);
    assertEquals(new RunningReplica(ID, 5, "az1", pid, found.takes()), found);
    assertEquals(after.demand().of(order(ID, 5).size()), found.takes());
    assertEquals(1, after.inventory().size());
    after.find(ID, heard);
    assertStarted(pid);
    heard.next(RuntimeSignal.Hydrated.class);
  }

  /** As the incarnation that was left behind, and when that began. */
  private void assertStarted(long pid) throws InterruptedException {
    RuntimeSignal.Started started = heard.next(RuntimeSignal.Started.class);
    assertEquals(5, started.incarnation());
    assertEquals(pid, started.processId());
    Instant began = started.processStartedAt().orElseThrow();
    assertFalse(began.isAfter(started.occurredAt().orElseThrow()));
  }

  @Test
  void aHydrationThatNobodyWatchedIsToldAsItsReplicaSaysItWas() throws Exception {
    ProcessRuntime before = runtime(directory, "hydrates-when-told");
    Heard heardBefore = new Heard();
    before.start(order(ID, 5), heardBefore);
    heardBefore.next(RuntimeSignal.Started.class);
    before.close();
    Instant began = ReplicaFiles.of(directory, ID).read().orElseThrow().startedAt();
    Path told = Files.createFile(record().resolveSibling("hydrate"));
    Instant then = began.plusMillis(10).truncatedTo(ChronoUnit.MILLIS);
    Files.setLastModifiedTime(told, FileTime.from(then));
    runtime(directory, "hydrates-when-told").find(ID, heard);
    heard.next(RuntimeSignal.Started.class);
    RuntimeSignal.Hydrated hydrated = heard.next(RuntimeSignal.Hydrated.class);
    assertEquals(Optional.of(then), hydrated.occurredAt());
    assertEquals(Duration.between(began, then), hydrated.took());
  }

  @Test
  void anOrderToStartWhatRunsAdoptsIt() throws Exception {
    long pid = leftBehind("normal");
    ProcessRuntime after = runtime(directory, "normal");
    after.start(order(ID, 6), heard);
    assertStarted(pid);
    assertEquals(1, after.inventory().size());
  }

  private void adopt(String mode) throws InterruptedException {
    runtime(directory, mode).find(ID, heard);
    heard.next(RuntimeSignal.Started.class);
    heard.next(RuntimeSignal.Hydrated.class);
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
  }

  private static long waiterOf(long pid) {
    return ProcFs.stat(pid).orElseThrow().parent();
  }

  private RuntimeSignal.Ended endsWith(ReplicaFailure.Kind kind, String detail) throws Exception {
    RuntimeSignal.Ended ended = heard.next(RuntimeSignal.Ended.class);
    assertEquals(kind, ended.failure().kind());
    assertTrue(ended.failure().detail().orElseThrow().startsWith(detail), ended::toString);
    assertEquals(5, ended.incarnation());
    return ended;
  }

  @Test
  void anAdoptedReplicaThatIsKilledEndsWithItsSignal() throws Exception {
    long pid = leftBehind("normal");
    adopt("normal");
    kill(pid);
    RuntimeSignal.Ended ended = endsWith(ReplicaFailure.Kind.SIGNALED, "SIGKILL");
    assertEquals(ReplicaFiles.of(directory, ID).end(5).map(ReplicaEnd::at), ended.occurredAt());
  }

  @Test
  void anAdoptedReplicaThatExitsEndsWithItsCode() throws Exception {
    leftBehind("exits-when-told");
    adopt("exits-when-told");
    Files.createFile(record().resolveSibling("exit"));
    endsWith(ReplicaFailure.Kind.EXITED, "exit code 7");
  }

  @Test
  void howAReplicaEndedWhileNobodyWatchedIsToldOnceItIsLookedFor() throws Exception {
    long pid = leftBehind("normal");
    long waiter = waiterOf(pid);
    kill(pid);
    awaitEnd(waiter);
    runtime(directory, "normal").find(ID, heard);
    RuntimeSignal.Ended ended = endsWith(ReplicaFailure.Kind.SIGNALED, "SIGKILL");
    assertTrue(ended.processStartedAt().orElseThrow().isBefore(ended.occurredAt().orElseThrow()));
  }

  @Test
  void aWaiterThatIsKilledTakesNothingWithItAndTheEndIsUnknown() throws Exception {
    ProcessRuntime runtime = runtime(directory, "normal");
    runtime.start(order(ID, 5), heard);
    long pid = heard.next(RuntimeSignal.Started.class).processId();
    heard.next(RuntimeSignal.Hydrated.class);
    long waiter = waiterOf(pid);
    kill(waiter);
    awaitEnd(waiter);
    assertTrue(lives(pid));
    assertEquals(1, runtime.inventory().size());
    kill(pid);
    endsWith(ReplicaFailure.Kind.UNKNOWN, "it ended while nobody was its parent");
  }

  /** What became of the waiter is not what became of the replica. */
  @Test
  void aWaiterThatIsKilledBeforeItSaysHowItsReplicaEndedLeavesTheEndUnknown() throws Exception {
    ProcessRuntime runtime = runtime(directory, "normal");
    runtime.start(order(ID, 5), heard);
    long pid = heard.next(RuntimeSignal.Started.class).processId();
    heard.next(RuntimeSignal.Hydrated.class);
    long waiter = waiterOf(pid);
    new ProcessBuilder("kill", "-STOP", Long.toString(waiter)).start().waitFor();
    kill(pid);
    kill(waiter);
    endsWith(ReplicaFailure.Kind.UNKNOWN, "it ended while nobody was its parent");
  }

  @Test
  void anAdoptedReplicaWithoutAWaiterEndsAsUnknown() throws Exception {
    long pid = leftBehind("normal");
    long waiter = waiterOf(pid);
    kill(waiter);
    awaitEnd(waiter);
    adopt("normal");
    kill(pid);
    endsWith(ReplicaFailure.Kind.UNKNOWN, "it ended while nobody was its parent");
  }

  /** What ends a session, or a machine, is meant for the replica: the waiter sees it through. */
  @Test
  void aWaiterIsEndedByNothingButItsReplicasEnd() throws Exception {
    long pid = leftBehind("normal");
    long waiter = waiterOf(pid);
    for (String signal : List.of("-HUP", "-INT", "-QUIT", "-TERM")) {
      new ProcessBuilder("kill", signal, Long.toString(waiter)).start().waitFor();
    }
    adopt("normal");
    assertTrue(lives(waiter));
    new ProcessBuilder("kill", "-TERM", Long.toString(pid)).start().waitFor();
    endsWith(ReplicaFailure.Kind.SIGNALED, "SIGTERM");
    awaitEnd(waiter);
    assertFalse(lives(waiter));
  }

  @Test
  void neitherAWaiterNorItsWorkloadIgnoresASignal() throws Exception {
    long pid = leftBehind("normal");
    // Whoever started this test may have made it ignore some: those are inherited, and no more.
    long heeded = HUP_INT_QUIT_TERM & ~ignoredBy(ProcessHandle.current().pid());
    assertEquals(0, ignoredBy(waiterOf(pid)) & heeded);
    assertEquals(0, ignoredBy(pid) & heeded);
  }

  /** The signals, as bits. */
  private static long ignoredBy(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .map(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anAdoptedReplicaIsStopped() throws Exception {
    long pid = leftBehind("normal");
    long waiter = waiterOf(pid);
    ProcessRuntime after = runtime(directory, "normal");
    after.stop(ID, heard);
    heard.next(RuntimeSignal.Stopped.class);
    awaitEnd(pid);
    awaitEnd(waiter);
    assertFalse(Files.exists(record().getParent()));
    assertTrue(after.inventory().isEmpty());
  }

  @Test
  void aReplicaThatWasNotRecordedBeforeTheCrashIsFound() throws Exception {
    long pid = leftBehind("normal");
    Files.delete(record());
    ProcessRuntime after = runtime(directory, "normal");
    after.start(order(ID, 6), heard);
    assertStarted(pid);
  }

  @Test
  void aHalfWrittenRecordIsAsGoodAsNone() throws Exception {
    long pid = leftBehind("normal");
    Files.writeString(record(), "process-id=");
    runtime(directory, "normal").find(ID, heard);
    assertEquals(pid, heard.next(RuntimeSignal.Started.class).processId());
  }

  @Test
  void aRecycledProcessIdIsNeverTouched() throws Exception {
    Process stranger = new ProcessBuilder("sleep", "1000").start();
    try {
      recordStranger(stranger.pid(), ProcFs.stat(stranger.pid()).orElseThrow().startTicks() - 1);
      ProcessRuntime runtime = runtime(directory, "normal");
      runtime.find(ID, heard);
      heard.next(RuntimeSignal.NotRunning.class);
      runtime.stop(ID, heard);
      heard.next(RuntimeSignal.Stopped.class);
      assertTrue(stranger.isAlive());
    } finally {
      stranger.destroyForcibly().waitFor();
    }
  }

  @Test
  void aStrangerThatStartedInTheSameTickIsNeverTouched() throws Exception {
    Process stranger = new ProcessBuilder("sleep", "1000").start();
    try {
      recordStranger(stranger.pid(), ProcFs.stat(stranger.pid()).orElseThrow().startTicks());
      ProcessRuntime runtime = runtime(directory, "normal");
      runtime.stop(ID, heard);
      heard.next(RuntimeSignal.Stopped.class);
      assertTrue(stranger.isAlive());
    } finally {
      stranger.destroyForcibly().waitFor();
    }
  }

  private void recordStranger(long pid, long startTicks) throws IOException {
    ReplicaFiles files = ReplicaFiles.of(directory, ID);
    files.prepare();
    files.write(
        new ReplicaProcess(
            ID,
            5,
            "az1",
            26_000,
            pid,
            startTicks,
            ProcFs.bootId(),
            ProcFs.instant(startTicks),
            0,
            0));
  }

  @Test
  void aRecordOfAnEarlierBootIsOfNoProcess() throws Exception {
    long pid = leftBehind("normal");
    ProcessTable table = new ProcessTable(directory);
    ReplicaProcess process = table.recorded(ID).orElseThrow();
    assertTrue(table.isAlive(process));
    assertFalse(
        table.isAlive(
            new ReplicaProcess(
                ID,
                5,
                "az1",
                process.port(),
                pid,
                process.startTicks(),
                "earlier boot",
                process.startedAt(),
                0,
                0)));
  }

  @Test
  void twoDataDirectoriesDoNotTouchEachOther() throws Exception {
    long pid = leftBehind("normal");
    ProcessRuntime other = runtime(otherDirectory, "normal");
    assertTrue(other.inventory().isEmpty());
    other.find(ID, heard);
    heard.next(RuntimeSignal.NotRunning.class);
    other.start(order(ID, 1), heard);
    long otherPid = heard.next(RuntimeSignal.Started.class).processId();
    heard.next(RuntimeSignal.Hydrated.class);
    other.stop(ID, heard);
    heard.next(RuntimeSignal.Stopped.class);
    awaitEnd(otherPid);
    assertTrue(lives(pid));
    assertEquals(0, ReplicaStopper.stopAll(otherDirectory, Duration.ZERO));
    assertTrue(lives(pid));
  }

  @Test
  void allReplicasOfADataDirectoryCanBeStoppedWithoutItsMuster() throws Exception {
    long pid = leftBehind("normal");
    assertEquals(1, ReplicaStopper.stopAll(directory, Duration.ofSeconds(20)));
    awaitEnd(pid);
    assertTrue(runtime(directory, "normal").inventory().isEmpty());
  }

  @Test
  void whatAReplicaStartedItselfEndsWithIt() throws Exception {
    leftBehind("has-a-child");
    Path child = record().resolveSibling("child");
    long childPid = Long.parseLong(Files.readString(child));
    assertTrue(lives(childPid));
    ProcessRuntime after = runtime(directory, "has-a-child");
    assertEquals(1, after.inventory().size());
    after.stop(ID, heard);
    heard.next(RuntimeSignal.Stopped.class);
    awaitEnd(childPid);
    assertFalse(lives(childPid));
  }
}
