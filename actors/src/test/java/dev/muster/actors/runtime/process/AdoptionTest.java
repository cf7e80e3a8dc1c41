package dev.muster.actors.runtime.process;

import static dev.muster.actors.runtime.process.RuntimeBench.id;
import static dev.muster.actors.runtime.process.RuntimeBench.order;
import static dev.muster.actors.runtime.process.RuntimeBench.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.actors.runtime.RunningReplica;
import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.actors.runtime.process.RuntimeBench.Heard;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a Muster that was killed leaves behind, and what the next one makes of it. */
final class AdoptionTest {
  private static final ReplicaId ID = id(1);

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
    assertEquals(List.of(new RunningReplica(ID, 5, "az1", pid)), after.inventory());
    after.find(ID, heard);
    assertEquals(new RuntimeSignal.Started(ID, 5, pid), heard.next(RuntimeSignal.Started.class));
    heard.next(RuntimeSignal.Hydrated.class);
  }

  @Test
  void anOrderToStartWhatRunsAdoptsIt() throws Exception {
    long pid = leftBehind("normal");
    ProcessRuntime after = runtime(directory, "normal");
    after.start(order(ID, 6), heard);
    assertEquals(new RuntimeSignal.Started(ID, 5, pid), heard.next(RuntimeSignal.Started.class));
    assertEquals(1, after.inventory().size());
  }

  @Test
  void anAdoptedReplicaThatIsKilledIsSeenToEnd() throws Exception {
    long pid = leftBehind("normal");
    runtime(directory, "normal").find(ID, heard);
    heard.next(RuntimeSignal.Started.class);
    heard.next(RuntimeSignal.Hydrated.class);
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    RuntimeSignal.Ended ended = heard.next(RuntimeSignal.Ended.class);
    assertEquals(ReplicaFailure.Kind.EXITED, ended.failure().kind());
    assertEquals(5, ended.incarnation());
  }

  @Test
  void anAdoptedReplicaIsStopped() throws Exception {
    long pid = leftBehind("normal");
    ProcessRuntime after = runtime(directory, "normal");
    after.stop(ID, heard);
    heard.next(RuntimeSignal.Stopped.class);
    awaitEnd(pid);
    assertTrue(after.inventory().isEmpty());
  }

  @Test
  void aReplicaThatWasNotRecordedBeforeTheCrashIsFound() throws Exception {
    long pid = leftBehind("normal");
    Files.delete(record());
    ProcessRuntime after = runtime(directory, "normal");
    after.start(order(ID, 6), heard);
    assertEquals(new RuntimeSignal.Started(ID, 5, pid), heard.next(RuntimeSignal.Started.class));
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
