package dev.muster.api.command;

import dev.muster.journal.event.OnTimeout;
import dev.muster.journal.event.ReconfigurationTarget;
import dev.muster.journal.event.ReplicaWait;
import dev.muster.journal.event.SizeRange;
import dev.muster.journal.state.MemoryAdvice;
import java.time.Instant;
import java.util.List;

/**
 * What a user should know about a statement that was carried out. States facts; the texts are in
 * {@code error}.
 */
public sealed interface Notice {
  /** {@code IF NOT EXISTS} met a cluster of that name. */
  record ClusterAlreadyExists(String name) implements Notice {}

  /** {@code IF EXISTS} met none of that name. */
  record ClusterDoesNotExist(String name) implements Notice {}

  record ReplicaAlreadyExists(String name) implements Notice {}

  record ReplicaDoesNotExist(String name) implements Notice {}

  /** All replicas were dropped and recreated: the cluster serves nothing until one has hydrated. */
  record ServingInterrupted(int replicas) implements Notice {}

  /**
   * Some replicas were dropped and recreated while others went on serving, as when a cluster
   * becomes managed whose replicas were not where they may be.
   */
  record ReplicasRecreated(int replicas) implements Notice {}

  /**
   * New replicas hydrate beside those that serve.
   *
   * @param retargeted whether a reconfiguration was under way already, to another target
   */
  record ReconfigurationStarted(
      ReconfigurationTarget target, Instant deadline, OnTimeout onTimeout, boolean retargeted)
      implements Notice {}

  /** The reconfiguration under way is the one that was asked for; its deadline is another now. */
  record ReconfigurationDeadlineChanged(Instant deadline, OnTimeout onTimeout) implements Notice {}

  /** What was asked for is what is realized: the reconfiguration under way was given up. */
  record ReconfigurationCancelled() implements Notice {}

  /** A size was given to a cluster whose size follows its load: it may be given another again. */
  record SizedByLoad(SizeRange range) implements Notice {}

  /**
   * A cluster became an unmanaged one while the replica of a hydration burst was the only one that
   * served: it stays, to be dropped by hand.
   */
  record BurstReplicaStays(String name) implements Notice {}

  /**
   * A cluster became an unmanaged one, and lost options with it that unmanaged clusters do not
   * have.
   *
   * @param options their names, one at least, in the order of the manual
   */
  record OptionsGivenUp(List<String> options) implements Notice {
    public OptionsGivenUp {
      options = List.copyOf(options);
    }
  }

  /**
   * A conversion's {@code WAIT} clause was not heeded: the replicas that did not fit were replaced
   * at once.
   */
  record WaitNotSupported() implements Notice {}

  /**
   * The last hydration says that replicas of a size will hardly have room, or leave most of it
   * unused.
   *
   * @param percent of the size's memory that the hydration took at most
   */
  record SizeDoesNotFit(String size, MemoryAdvice advice, long percent) implements Notice {}

  /** A replica is there and has no place: it is placed as soon as there is one. */
  record ReplicaWaits(String replica, ReplicaWait why) implements Notice {}

  /** A burst's replica is no larger than those that it shall help out while they hydrate. */
  record HydrationSizeNotLarger(String hydrationSize, String size) implements Notice {}

  /** Above this size an even spread over zones is best effort. */
  record ZoneSpreadNotGuaranteed(String size) implements Notice {}
}
