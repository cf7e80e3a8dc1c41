package dev.muster.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A disk without space: a clear error, nothing lost, and work goes on once there is space again.
 * Needs the right to mount.
 */
class FullDiskIT {
  private static final int STATEMENTS_MAX = 20_000;

  @RegisterExtension final Harness harness = new Harness();

  private Path disk;
  private boolean isMounted;

  @BeforeEach
  void mountASmallDisk() {
    disk = harness.folder();
    Program.Result mounted =
        Program.run(
            List.of("mount", "-t", "tmpfs", "-o", "size=48m", "muster-full-disk", disk.toString()),
            Map.of(),
            "");
    isMounted = mounted.exitCode() == 0;
    if (!isMounted) {
      Needs.skip("it needs the right to mount a small tmpfs (root): " + mounted.error());
    }
  }

  @AfterEach
  void unmount() {
    if (isMounted) {
      // Lazily: Muster, which has files there, is ended by the harness, after this.
      Program.run(List.of("umount", "-l", disk.toString()), Map.of(), "").succeeded();
    }
  }

  @Test
  void aFullDiskRefusesStatementsAndLosesNothing() throws Exception {
    RunningMuster muster =
        harness.aMuster().withRuntime("simulated").withDataDirectory(disk.resolve("data")).start();
    muster.sql("CREATE CLUSTER before (SIZE = '1', REPLICATION FACTOR = 1)");
    Path ballast = disk.resolve("ballast");
    fill(ballast);

    List<String> acknowledged = new ArrayList<>();
    SQLException refusal = createUntilRefused(muster, acknowledged);
    String refused = "full" + acknowledged.size();
    assertEquals("53100", refusal.getSQLState(), refusal::getMessage);
    assertTrue(muster.isAlive(), "Muster gave up");

    Files.delete(ballast);
    Await.until(
        "statements are taken again",
        () -> {
          muster.sql("CREATE CLUSTER IF NOT EXISTS after (SIZE = '1', REPLICATION FACTOR = 1)");
          return true;
        });
    checkClusters(muster, acknowledged, refused);
    muster.kill9();
    muster.start();
    checkClusters(muster, acknowledged, refused);
  }

  private static void checkClusters(RunningMuster muster, List<String> acknowledged, String refused)
      throws SQLException {
    List<String> expected = new ArrayList<>(acknowledged);
    expected.add("after");
    expected.add("before");
    expected.sort(String::compareTo);
    List<String> actual =
        new ArrayList<>(
            muster.sql("SELECT name FROM mz_clusters WHERE id LIKE 'u%' AND name <> 'quickstart'"));
    actual.sort(String::compareTo);
    assertEquals(expected, actual, "the refused one is " + refused);
  }

  private static SQLException createUntilRefused(RunningMuster muster, List<String> acknowledged)
      throws SQLException {
    try (var connection = muster.connect()) {
      for (int i = 0; i < STATEMENTS_MAX; i++) {
        String name = "full" + i;
        try {
          RunningMuster.sql(
              connection, "CREATE CLUSTER " + name + " (SIZE = '1', REPLICATION FACTOR = 0)");
          acknowledged.add(name);
        } catch (SQLException refusal) {
          return refusal;
        }
      }
    }
    throw new AssertionError(STATEMENTS_MAX + " statements found room on a full disk");
  }

  private static void fill(Path file) {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(file)) {
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertTrue(String.valueOf(full.getMessage()).contains("No space left"), full::toString);
    }
  }
}
