package dev.muster.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.deploy.workload.WorkloadProcess;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Replicas as real processes: they come back when they die, and they outlive Muster. */
class ReplicaSurvivalIT {
  /** Every start that a status history tells of, and every end. */
  private static final String HISTORY =
      "SELECT h.replica_id, h.status, h.reason, h.occurred_at FROM"
          + " mz_internal.mz_cluster_replica_status_history h JOIN mz_catalog.mz_cluster_replicas r"
          + " ON r.id = h.replica_id JOIN mz_catalog.mz_clusters c ON c.id = r.cluster_id WHERE"
          + " c.name = 'prod' ORDER BY h.occurred_at, h.replica_id, h.status";

  @RegisterExtension static final Harness HARNESS = new Harness();

  private static RunningMuster muster;

  @BeforeAll
  static void start() {
    muster = HARNESS.aMuster().withRuntime("process").start();
  }

  /** Each test leaves it serving, or dropped. */
  @BeforeEach
  void aClusterThatServes() throws SQLException {
    muster.sql("CREATE CLUSTER IF NOT EXISTS prod (SIZE = '25cc', REPLICATION FACTOR = 2)");
    muster.awaitServing("prod");
  }

  @Test
  void everyReplicaComesBackWhenAllAreKilled() throws SQLException {
    List<WorkloadProcess> killed = processes();
    killed.forEach(WorkloadProcess::kill9);
    Await.until(
        "each killed process has a successor",
        () -> {
          List<WorkloadProcess> now = processes();
          return ids(now).equals(ids(killed))
              && now.stream()
                  .allMatch(one -> one.incarnation() > incarnation(killed, one.replicaId()));
        });
    muster.awaitServing("prod");
    for (String replica : idsOf("prod")) {
      awaitKilledAndBack(replica);
    }
  }

  private static void awaitKilledAndBack(String replica) {
    Await.until(
        "the history tells that " + replica + " was killed and came back",
        () ->
            lastStates(replica)
                .equals(
                    List.of(
                        "backing-off|signaled", "provisioning|signaled", "hydrating|", "online|")));
  }

  /** The latest, in the order in which they happened. */
  private static List<String> lastStates(String replica) throws SQLException {
    List<String> all =
        muster.sql(
            "SELECT state, coalesce(reason, '') FROM"
                + " mz_internal.mz_cluster_replica_status_history WHERE replica_id = '"
                + replica
                + "' ORDER BY occurred_at, consecutive_failures NULLS LAST");
    return all.subList(Math.max(0, all.size() - 4), all.size());
  }

  @Test
  void replicasOutliveAKilledMusterAndAreAdopted() throws SQLException {
    List<WorkloadProcess> before = processes();
    List<String> history = muster.sql(HISTORY);
    muster.kill9();
    assertEquals(before, processes(), "a replica died with Muster");
    muster.start();
    muster.awaitServing("prod");
    assertEquals(before, processes(), "a replica was restarted");
    assertEquals(history, muster.sql(HISTORY), "what did not happen was recorded");
    // Another process waits for them, so that how they end is known although they are adopted.
    everyReplicaComesBackWhenAllAreKilled();
  }

  @Test
  void replicasOutliveACleanStopAndAreAdopted() throws SQLException {
    List<WorkloadProcess> before = processes();
    List<String> history = muster.sql(HISTORY);
    assertEquals(0, muster.terminate(), "exit code");
    assertEquals(before, processes(), "a replica ended with Muster");
    muster.start();
    muster.awaitServing("prod");
    assertEquals(before, processes(), "a replica was restarted");
    assertEquals(history, muster.sql(HISTORY), "what did not happen was recorded");
  }

  @Test
  void processesOfAClusterDroppedJustBeforeTheCrashAreRemoved() throws SQLException {
    List<String> dropped = idsOf("prod");
    muster.sql("DROP CLUSTER prod");
    muster.kill9();
    muster.start();
    Await.until(
        "no process of the dropped cluster is left",
        () ->
            muster.replicaProcesses().stream().noneMatch(one -> dropped.contains(one.replicaId())));
    assertEquals(
        List.of(), muster.sql("SELECT name FROM mz_catalog.mz_clusters WHERE name = 'prod'"));
  }

  @Test
  void aReplicaThatDiedWhileMusterWasDownIsStartedAgain() throws SQLException {
    List<WorkloadProcess> before = processes();
    WorkloadProcess victim = before.getFirst();
    muster.kill9();
    victim.kill9();
    Await.until("it is dead", () -> !processes().contains(victim));
    muster.start();
    Await.until("all replicas run", () -> ids(processes()).equals(ids(before)));
    muster.awaitServing("prod");
    WorkloadProcess survivor = before.getLast();
    assertTrue(processes().contains(survivor), "the healthy one was restarted too");
    awaitKilledAndBack(victim.replicaId());
  }

  private List<WorkloadProcess> processes() {
    return muster.replicaProcesses().stream()
        .sorted(
            Comparator.comparing(WorkloadProcess::replicaId).thenComparing(WorkloadProcess::pid))
        .toList();
  }

  private List<String> idsOf(String cluster) throws SQLException {
    return muster.sql(
        "SELECT r.id FROM mz_catalog.mz_cluster_replicas r JOIN mz_catalog.mz_clusters c ON c.id ="
            + " r.cluster_id WHERE c.name = '"
            + cluster
            + "'");
  }

  private static List<String> ids(List<WorkloadProcess> processes) {
    return processes.stream().map(WorkloadProcess::replicaId).toList();
  }

  private static long incarnation(List<WorkloadProcess> processes, String replicaId) {
    return processes.stream()
        .filter(one -> one.replicaId().equals(replicaId))
        .mapToLong(WorkloadProcess::incarnation)
        .findFirst()
        .orElseThrow();
  }
}
