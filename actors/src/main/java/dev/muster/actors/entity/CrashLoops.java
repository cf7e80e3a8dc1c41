package dev.muster.actors.entity;

import dev.muster.actors.cluster.ReportDecider;
import dev.muster.actors.replica.ReplicaReport;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.ReplicaProgress;
import java.util.HashMap;
import java.util.Map;

/**
 * The latest failures of replicas in a crash loop, of which the journal does not hear: the catalog
 * shows them in place of the failure that was journaled last. No decision knows of them, and they
 * are forgotten with the entity.
 */
final class CrashLoops {
  private final Map<ReplicaId, Latest> latest = new HashMap<>(1);

  private record Latest(HybridTime at, ReplicaReport.Failed failed) {}

  void add(ReplicaReport.FailedAgain report, HybridTime at) {
    latest.put(report.id(), new Latest(at, report.failed()));
  }

  /** There is something else to say of it. */
  void forget(ReplicaId id) {
    latest.remove(id);
  }

  /** The state as the catalog is to show it. */
  ClusterState over(ClusterState.Live live) {
    if (latest.isEmpty()) {
      return live;
    }
    latest.keySet().removeIf(id -> !isFailed(live, id));
    ClusterState shown = live;
    for (Latest one : latest.values()) {
      ClusterState before = shown;
      shown =
          ReportDecider.decide(before, one.failed())
              .map(event -> before.evolve(one.at(), event))
              .orElse(before);
    }
    return shown;
  }

  private static boolean isFailed(ClusterState.Live live, ReplicaId id) {
    return live.replicas().stream()
        .anyMatch(
            replica ->
                replica.id().equals(id) && replica.progress() instanceof ReplicaProgress.Failed);
  }
}
