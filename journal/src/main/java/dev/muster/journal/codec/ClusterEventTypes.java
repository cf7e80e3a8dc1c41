package dev.muster.journal.codec;

import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.AutoScalingChanged;
import dev.muster.journal.event.ClusterEvent.AvailabilityZonesChanged;
import dev.muster.journal.event.ClusterEvent.BurstCaughtUp;
import dev.muster.journal.event.ClusterEvent.BurstEnded;
import dev.muster.journal.event.ClusterEvent.BurstResumed;
import dev.muster.journal.event.ClusterEvent.BurstStarted;
import dev.muster.journal.event.ClusterEvent.ClusterCreated;
import dev.muster.journal.event.ClusterEvent.ClusterDropped;
import dev.muster.journal.event.ClusterEvent.CommentChanged;
import dev.muster.journal.event.ClusterEvent.ConvertedToManaged;
import dev.muster.journal.event.ClusterEvent.ConvertedToUnmanaged;
import dev.muster.journal.event.ClusterEvent.ReconfigurationCancelled;
import dev.muster.journal.event.ClusterEvent.ReconfigurationFinished;
import dev.muster.journal.event.ClusterEvent.ReconfigurationRetargeted;
import dev.muster.journal.event.ClusterEvent.ReconfigurationStarted;
import dev.muster.journal.event.ClusterEvent.ReconfigurationTimedOut;
import dev.muster.journal.event.ClusterEvent.ReplicaAdded;
import dev.muster.journal.event.ClusterEvent.ReplicaDropped;
import dev.muster.journal.event.ClusterEvent.ReplicaFailed;
import dev.muster.journal.event.ClusterEvent.ReplicaHydrated;
import dev.muster.journal.event.ClusterEvent.ReplicaPlaced;
import dev.muster.journal.event.ClusterEvent.ReplicaRenamed;
import dev.muster.journal.event.ClusterEvent.ReplicaStarted;
import dev.muster.journal.event.ClusterEvent.ReplicaWaiting;
import dev.muster.journal.event.ClusterEvent.ReplicationFactorChanged;
import dev.muster.journal.event.ClusterEvent.ScalingDecided;
import dev.muster.journal.event.ClusterEvent.ScheduleChanged;
import dev.muster.journal.event.ClusterEvent.SettingsChanged;
import dev.muster.journal.event.ClusterEvent.SizeChanged;
import dev.muster.journal.event.ClusterEvent.SizeRangeChanged;
import java.util.List;

/** How the journal calls each {@link ClusterEvent}. An id is never changed once released. */
public final class ClusterEventTypes {
  public static final List<WireType> TABLE =
      List.of(
          // Version 2 knows of size ranges. Configurations of version 1 had none: nothing to
          // change.
          WireType.of(ClusterCreated.class, "cluster.created").then(old -> old),
          WireType.of(ClusterDropped.class, "cluster.dropped"),
          WireType.of(SizeChanged.class, "cluster.size-changed"),
          WireType.of(ReplicationFactorChanged.class, "cluster.replication-factor-changed"),
          WireType.of(AvailabilityZonesChanged.class, "cluster.availability-zones-changed"),
          WireType.of(SettingsChanged.class, "cluster.settings-changed"),
          WireType.of(ScheduleChanged.class, "cluster.schedule-changed"),
          WireType.of(AutoScalingChanged.class, "cluster.auto-scaling-changed"),
          WireType.of(SizeRangeChanged.class, "cluster.size-range-changed"),
          WireType.of(ConvertedToManaged.class, "cluster.converted-to-managed").then(old -> old),
          WireType.of(ConvertedToUnmanaged.class, "cluster.converted-to-unmanaged"),
          WireType.of(ReplicaAdded.class, "cluster.replica-added"),
          WireType.of(ReplicaDropped.class, "cluster.replica-dropped"),
          WireType.of(ReplicaWaiting.class, "cluster.replica-waiting"),
          WireType.of(ReplicaPlaced.class, "cluster.replica-placed"),
          WireType.of(ReplicaRenamed.class, "cluster.replica-renamed"),
          // Version 2 knows when it was provisioned, 3 when it answered, if anybody does.
          WireType.of(ReplicaStarted.class, "cluster.replica-started")
              .then(old -> old)
              .then(old -> old),
          // Version 2 knows the memory that it was given, 3 when it served, if anybody does.
          WireType.of(ReplicaHydrated.class, "cluster.replica-hydrated")
              .then(old -> old)
              .then(old -> old),
          // Version 2 knows since when it fails and when it is started again, 3 when it was
          // started and when it ended, if anybody does, and causes that nobody knows.
          WireType.of(ReplicaFailed.class, "cluster.replica-failed")
              .then(old -> old)
              .then(old -> old),
          WireType.of(ReconfigurationStarted.class, "cluster.reconfiguration-started"),
          WireType.of(ReconfigurationRetargeted.class, "cluster.reconfiguration-retargeted"),
          // Version 2 has a time for each replica that it retires or promotes.
          WireType.of(ReconfigurationFinished.class, "cluster.reconfiguration-finished")
              .then(old -> old.put("timesApart", false)),
          WireType.of(ReconfigurationTimedOut.class, "cluster.reconfiguration-timed-out"),
          WireType.of(ReconfigurationCancelled.class, "cluster.reconfiguration-cancelled"),
          WireType.of(BurstStarted.class, "cluster.burst-started"),
          WireType.of(BurstCaughtUp.class, "cluster.burst-caught-up"),
          WireType.of(BurstResumed.class, "cluster.burst-resumed"),
          WireType.of(BurstEnded.class, "cluster.burst-ended"),
          WireType.of(ScalingDecided.class, "cluster.scaling-decided"),
          WireType.of(CommentChanged.class, "cluster.comment-changed"));

  private ClusterEventTypes() {}
}
