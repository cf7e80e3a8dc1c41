package dev.muster.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A replica that needs more memory than its size gives, again and again, as SQL tells it. */
class CrashLoopIT {
  /** A shell that fills a variable beyond the least that any size gives. */
  private static final String SETTINGS =
      """
      muster.runtime.process.command = ["sh", "-c", "x=$(yes | head -c 600000000); sleep 1000"]
      muster.replica.backoff-min = 20 ms
      muster.replica.backoff-max = 50 ms
      muster.environment.default-cluster.replication-factor = 0
      """;

  private static final String STATUS =
      "SELECT status, reason, state FROM mz_internal.mz_cluster_replica_statuses";

  @RegisterExtension final Harness harness = new Harness();

  @Test
  void aReplicaThatOutgrowsItsSizeIsOomKilledAndItsCrashLoopIsVisibleInFewRows()
      throws IOException, SQLException {
    Path configuration = Files.writeString(harness.folder().resolve("hungry.conf"), SETTINGS);
    RunningMuster muster =
        harness.aMuster().withRuntime("process").with("--config", configuration.toString()).start();
    muster.sql("CREATE CLUSTER hungry (SIZE = '25cc')");
    Await.until(
        "the crash loop is in the statuses",
        () -> muster.sql(STATUS).equals(List.of("offline|oom-killed|crash-looping")));
    List<String> told =
        muster.sql(
            "SELECT reason, consecutive_failures FROM"
                + " mz_internal.mz_cluster_replica_status_history"
                + " WHERE state IN ('backing-off', 'crash-looping') ORDER BY occurred_at");
    assertEquals("oom-killed|1", told.getFirst());
    assertEquals("oom-killed|5", told.get(4));
    assertTrue(told.size() <= 10, told::toString);
    // Each of them is told with its own start, whether or not anything came of that.
    assertEquals(
        List.of("0"),
        muster.sql(
            "SELECT count(*) FILTER (WHERE state = 'provisioning') - count(*) FILTER"
                + " (WHERE state IN ('backing-off', 'crash-looping')) FROM"
                + " mz_internal.mz_cluster_replica_status_history"));
    muster.sql("DROP CLUSTER hungry");
    Await.until("nothing of it runs", () -> muster.replicaProcesses().isEmpty());
  }
}
