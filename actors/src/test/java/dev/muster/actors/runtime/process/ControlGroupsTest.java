package dev.muster.actors.runtime.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.muster.journal.event.ReplicaId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Control groups, on a folder with the files that the kernel would show; and real ones if any. */
final class ControlGroupsTest {
  private static final ReplicaId ID = new ReplicaId("u1-1");

  @TempDir Path folder;
  private Path process;
  private Path own;

  @BeforeEach
  void showWhatTheKernelWould() throws IOException {
    process = Files.createDirectory(folder.resolve("self"));
    own = Files.createDirectories(folder.resolve("cgroup/system.slice/muster.service"));
    Files.writeString(
        process.resolve("mountinfo"),
        "24 21 0:21 / /proc rw - proc proc rw\n"
            + "31 24 0:27 / %s rw,nosuid - cgroup2 cgroup2 rw\n"
                .formatted(folder.resolve("cgroup")));
    Files.writeString(
        process.resolve("cgroup"), "4:memory:/elsewhere\n0::/system.slice/muster.service\n");
    Files.writeString(own.resolve("cgroup.controllers"), "cpu io memory pids\n");
    Files.writeString(own.resolve("cgroup.subtree_control"), "");
    Files.writeString(own.resolve("cgroup.procs"), ProcessHandle.current().pid() + "\n");
  }

  private ControlGroups open(String setting) {
    return ControlGroups.open(setting, process, "/data");
  }

  @Test
  void aDelegatedGroupIsVacatedAndGivesEachReplicaOneWithItsLimit() throws IOException {
    ControlGroups groups = open("auto");
    assertTrue(groups.areUsable());
    assertEquals(
        Long.toString(ProcessHandle.current().pid()),
        Files.readString(own.resolve("muster/cgroup.procs")));
    assertEquals("+memory", Files.readString(own.resolve("cgroup.subtree_control")));
    ControlGroup group = groups.create(ID, 256 << 20).orElseThrow();
    assertEquals(own, group.directory().getParent());
    assertEquals("268435456", Files.readString(group.directory().resolve("memory.max")));
    assertEquals(group, groups.existing(ID).orElseThrow());
  }

  @Test
  void aGroupWithOtherProcessesInItIsLeftAlone() throws IOException {
    Files.writeString(own.resolve("cgroup.procs"), ProcessHandle.current().pid() + "\n1\n");
    assertFalse(open("auto").areUsable());
    assertFalse(Files.exists(own.resolve("muster")));
  }

  @Test
  void aGroupWithoutTheMemoryControllerIsOfNoUse() throws IOException {
    Files.writeString(own.resolve("cgroup.controllers"), "hugetlb\n");
    assertFalse(open("auto").areUsable());
    assertFalse(open(own.toString()).areUsable());
  }

  @Test
  void aNamedGroupIsUsedAsItIs() throws IOException {
    Files.writeString(own.resolve("cgroup.procs"), "");
    assertTrue(open(own.toString()).areUsable());
    assertFalse(Files.exists(own.resolve("muster")));
  }

  @Test
  void offMeansNone() {
    ControlGroups groups = open("off");
    assertEquals(Optional.empty(), groups.create(ID, 1));
    assertEquals(Optional.empty(), groups.existing(ID));
  }

  @Test
  void aGroupTellsKillsPeakAndProcessorTime() throws IOException {
    ControlGroup group = open("auto").create(ID, 1).orElseThrow();
    assertEquals(0, group.oomKills());
    assertEquals(Optional.empty(), group.peakBytes());
    Files.writeString(
        group.directory().resolve("memory.events"), "low 0\nmax 7\noom 1\noom_kill 1\n");
    Files.writeString(group.directory().resolve("memory.peak"), "4711\n");
    Files.writeString(group.directory().resolve("cpu.stat"), "usage_usec 42\nuser_usec 40\n");
    assertEquals(1, group.oomKills());
    assertEquals(Optional.of(4711L), group.peakBytes());
    assertEquals(Optional.of(42L), group.cpuMicros());
  }

  @Test
  void aCommandEntersItsGroupBeforeItRuns() throws Exception {
    ControlGroup group = open("auto").create(ID, 1).orElseThrow();
    Process child = new ProcessBuilder(group.entering(List.of("echo", "it", "runs"))).start();
    assertEquals("it runs", new String(child.getInputStream().readAllBytes(), UTF_8).strip());
    assertEquals(0, child.waitFor());
    assertEquals("0", Files.readString(group.directory().resolve("cgroup.procs")).strip());
  }

  /** The kernel's own, where this test may have one; most machines that build give none. */
  @Test
  void theKernelHoldsAReplicaToItsMemory() throws Exception {
    ControlGroups groups = ControlGroups.open("auto", Path.of("/proc/self"), folder.toString());
    assumeTrue(groups.areUsable(), "no control group of version 2 with a memory controller here");
    ControlGroup group = groups.create(ID, 16 << 20).orElseThrow();
    Process hungry =
        new ProcessBuilder(group.entering(List.of("sh", "-c", "x=$(yes | head -c 100000000)")))
            .start();
    hungry.waitFor();
    assertTrue(group.oomKills() > 0);
    group.remove();
  }
}
