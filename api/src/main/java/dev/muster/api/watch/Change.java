package dev.muster.api.watch;

import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.Recorded;

/**
 * Something that happened, durable before anybody is told: an event of the journal, with when it
 * happened and who caused it.
 */
public sealed interface Change {
  /**
   * Within the history of its cluster, or of the environment; the first is 1, and none is left out.
   */
  long sequenceNumber();

  /** An event with its time and origin. Times ascend along every causal chain. */
  Recorded<?> recorded();

  /** To a cluster. */
  record OfCluster(ClusterId cluster, long sequenceNumber, Recorded<ClusterEvent> recorded)
      implements Change {}

  /** To the environment: names, owners, roles, zones; and the beginnings and ends of clusters. */
  record OfEnvironment(long sequenceNumber, Recorded<EnvironmentEvent> recorded)
      implements Change {}
}
