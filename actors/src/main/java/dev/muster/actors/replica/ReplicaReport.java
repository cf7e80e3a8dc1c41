package dev.muster.actors.replica;

import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.Utilization;
import java.time.Duration;

/**
 * What a replica's supervisor tells the cluster. Level-based: the same report may come again, as
 * after a re-adoption, and the cluster journals only what is news.
 */
public sealed interface ReplicaReport {
  ReplicaId id();

  /** The process answers. Components as in {@code ClusterEvent.ReplicaStarted}. */
  record Started(ReplicaId id, long incarnation, String host, long processId)
      implements ReplicaReport {}

  /** The replica serves. Components as in {@code ClusterEvent.ReplicaHydrated}. */
  record Hydrated(
      ReplicaId id, long incarnation, Duration took, long objects, long bytes, long peakMemoryBytes)
      implements ReplicaReport {}

  /** It stopped serving; the supervisor is backing off and will start it again. */
  record Failed(ReplicaId id, long incarnation, ReplicaFailure failure, int consecutiveFailures)
      implements ReplicaReport {}

  /** How busy it is while it serves: a figure now and then, never journaled. */
  record Utilized(ReplicaId id, Utilization utilization) implements ReplicaReport {}

  /** It was told to stop, and has: nothing of it runs any more. */
  record Gone(ReplicaId id) implements ReplicaReport {}
}
