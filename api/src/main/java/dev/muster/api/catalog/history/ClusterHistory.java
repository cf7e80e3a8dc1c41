package dev.muster.api.catalog.history;

import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ClusterDropped;
import dev.muster.journal.event.ClusterEvent.ReconfigurationFinished;
import dev.muster.journal.event.ClusterEvent.ReplicaAdded;
import dev.muster.journal.event.ClusterEvent.ReplicaDropped;
import dev.muster.journal.event.ClusterEvent.ReplicaFailed;
import dev.muster.journal.event.ClusterEvent.ReplicaHydrated;
import dev.muster.journal.event.ClusterEvent.ReplicaPlaced;
import dev.muster.journal.event.ClusterEvent.ReplicaRenamed;
import dev.muster.journal.event.ClusterEvent.ReplicaStarted;
import dev.muster.journal.event.ClusterEvent.ReplicaWaiting;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.read.JournalReader.Sequenced;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** How far one cluster's journal has been read, and its replicas that were not yet dropped. */
final class ClusterHistory {
  private final ClusterId id;
  private final Map<ReplicaId, ReplicaLife> running = new HashMap<>();
  private final ScalingHistory scalings;
  private long readTo;
  private boolean ended;

  ClusterHistory(ClusterId id) {
    this.id = id;
    this.scalings = new ScalingHistory(id);
  }

  long readTo() {
    return readTo;
  }

  /** Nothing can follow. */
  boolean ended() {
    return ended;
  }

  void end() {
    ended = true;
  }

  void apply(Sequenced<ClusterEvent> sequenced, HistoryRows rows) {
    readTo = sequenced.sequenceNumber();
    HybridTime time = sequenced.recorded().at();
    Instant at = time.instant();
    switch (sequenced.recorded().event()) {
      case ReplicaAdded added -> {
        ReplicaLife life = new ReplicaLife(id, added, at);
        running.put(added.id(), life);
        replica(added.id(), null, rows);
        rows.names().add(life.nameRow(at, null));
        life.placing(time, rows);
      }
      case ReplicaWaiting waiting -> running.get(waiting.id()).waiting(waiting.why(), time, rows);
      case ReplicaPlaced placed -> running.get(placed.id()).placing(time, rows);
      case ReplicaRenamed renamed ->
          renamed(renamed.id(), renamed.oldName(), renamed.newName(), at, rows);
      case ReplicaDropped dropped -> dropped(dropped.id(), time, rows);
      case ReconfigurationFinished finished -> cutOver(finished, time, rows);
      case ReplicaStarted started -> running.get(started.id()).started(started, time, rows);
      case ReplicaHydrated hydrated -> running.get(hydrated.id()).hydrated(hydrated, time, rows);
      case ReplicaFailed failed -> running.get(failed.id()).failed(failed, time, rows);
      case ClusterDropped ignored -> ended = true;
      // Of no consequence to replicas: what the cluster is.
      case ClusterEvent.ClusterCreated ignored -> {}
      case ClusterEvent.SizeChanged ignored -> {}
      case ClusterEvent.ReplicationFactorChanged ignored -> {}
      case ClusterEvent.AvailabilityZonesChanged ignored -> {}
      case ClusterEvent.SettingsChanged ignored -> {}
      case ClusterEvent.ScheduleChanged ignored -> {}
      case ClusterEvent.AutoScalingChanged ignored -> {}
      case ClusterEvent.ConvertedToManaged ignored -> {}
      case ClusterEvent.ConvertedToUnmanaged ignored -> {}
      case ClusterEvent.CommentChanged ignored -> {}
      case ClusterEvent.SizeRangeChanged ignored -> {}
      case ClusterEvent.BurstStarted started -> rows.scalings().add(scalings.started(at, started));
      case ClusterEvent.BurstCaughtUp ignored -> rows.scalings().add(scalings.caughtUp(at));
      case ClusterEvent.BurstResumed ignored -> rows.scalings().add(scalings.resumed(at));
      case ClusterEvent.BurstEnded ended -> rows.scalings().add(scalings.ended(at, ended));
      case ClusterEvent.ScalingDecided decided ->
          rows.scalings().add(scalings.decided(at, decided));
      case ClusterEvent.ReconfigurationStarted ignored -> {}
      case ClusterEvent.ReconfigurationRetargeted ignored -> {}
      case ClusterEvent.ReconfigurationTimedOut ignored -> {}
      case ClusterEvent.ReconfigurationCancelled ignored -> {}
    }
  }

  private void cutOver(ReconfigurationFinished finished, HybridTime time, HistoryRows rows) {
    Instant at = time.instant();
    finished.retired().forEach(id -> dropped(id, time, rows));
    finished.promoted().forEach(one -> renamed(one.id(), one.oldName(), one.newName(), at, rows));
  }

  private void renamed(ReplicaId id, String oldName, String newName, Instant at, HistoryRows rows) {
    ReplicaLife life = running.get(id);
    life.named(newName);
    replica(id, null, rows);
    rows.names().add(life.nameRow(at, oldName));
  }

  private void dropped(ReplicaId id, HybridTime time, HistoryRows rows) {
    replica(id, time.instant(), rows);
    running.remove(id).dropped(time, rows);
  }

  private void replica(ReplicaId replica, Instant droppedAt, HistoryRows rows) {
    rows.replicas().put(replica.value(), running.get(replica).row(droppedAt));
  }
}
