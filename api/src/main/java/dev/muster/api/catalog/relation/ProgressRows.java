package dev.muster.api.catalog.relation;

import dev.muster.api.catalog.ReplicaState;
import dev.muster.journal.state.MemoryAdvice;
import dev.muster.journal.state.Replica;
import dev.muster.journal.state.ReplicaProgress;
import dev.muster.journal.state.ReplicaProgress.Failed;
import dev.muster.journal.state.ReplicaProgress.Hydrating;
import dev.muster.journal.state.ReplicaProgress.Hydration;
import dev.muster.journal.state.ReplicaProgress.Online;
import dev.muster.journal.state.ReplicaProgress.Pending;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The last columns of {@link BaseTable#REPLICA}: how far it is, why it fails, how it hydrated. */
final class ProgressRows {
  private ProgressRows() {}

  static List<Object> columns(Replica replica) {
    ReplicaProgress progress = replica.progress();
    return switch (progress) {
      case Pending ignored -> columns(replica, 0, null, null);
      case Hydrating hydrating -> columns(replica, hydrating.consecutiveFailures(), null, null);
      case Online online ->
          columns(replica, online.consecutiveFailures(), null, online.hydration().orElse(null));
      case Failed failed -> columns(replica, failed.consecutiveFailures(), failed, null);
    };
  }

  private static List<Object> columns(
      Replica replica, int failures, Failed failed, Hydration hydration) {
    List<Object> columns =
        new ArrayList<>(
            Arrays.asList(
                ReplicaState.of(replica.progress()).text(),
                failed == null ? null : failed.failure().detail().orElse(null),
                (long) failures,
                failed == null ? null : failed.failingSince().orElse(null),
                failed == null ? null : failed.restartAt().orElse(null)));
    columns.addAll(hydration == null ? Collections.nCopies(3, null) : columns(hydration));
    columns.add(
        MemoryAdvice.of(
                hydration == null ? 0 : hydration.peakMemoryBytes(),
                hydration == null ? 0 : hydration.memoryLimitBytes(),
                replica.lacksMemory())
            .map(MemoryAdvice::text)
            .orElse(null));
    return columns;
  }

  private static List<Object> columns(Hydration hydration) {
    return List.of(
        hydration.took().toNanos() / 1_000,
        hydration.peakMemoryBytes(),
        hydration.memoryLimitBytes());
  }
}
