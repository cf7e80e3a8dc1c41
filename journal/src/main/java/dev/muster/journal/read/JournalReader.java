package dev.muster.journal.read;

import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.Recorded;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Reads what the entities have journaled. Safe for use by many threads.
 *
 * <p>A stage fails where the journal cannot be read: damaged, or written by a newer version.
 */
public interface JournalReader {
  /**
   * The events of one cluster.
   *
   * @param fromSequenceNumber the first wanted; the first ever is 1
   * @param toSequenceNumber the last wanted; {@link Long#MAX_VALUE} for all
   */
  CompletionStage<List<Sequenced<ClusterEvent>>> cluster(
      ClusterId id, long fromSequenceNumber, long toSequenceNumber);

  /** The events of the environment, likewise. */
  CompletionStage<List<Sequenced<EnvironmentEvent>>> environment(
      long fromSequenceNumber, long toSequenceNumber);

  /**
   * The events of one cluster from a number on, as far as an instant needs them: all that are not
   * later, and the first that is, which tells how long it stayed so. Where it is no dearer, more.
   */
  default CompletionStage<List<Sequenced<ClusterEvent>>> clusterUntil(
      ClusterId id, long fromSequenceNumber, Instant instant) {
    return cluster(id, fromSequenceNumber, Long.MAX_VALUE);
  }

  /** The events of the environment, likewise. */
  default CompletionStage<List<Sequenced<EnvironmentEvent>>> environmentUntil(
      long fromSequenceNumber, Instant instant) {
    return environment(fromSequenceNumber, Long.MAX_VALUE);
  }

  /** An event and its number within its entity's history. */
  record Sequenced<E>(long sequenceNumber, Recorded<E> recorded) {}
}
