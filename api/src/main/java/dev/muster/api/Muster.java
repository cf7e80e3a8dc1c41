package dev.muster.api;

import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.Explanation;
import dev.muster.api.command.ReconfigurationHandle;
import dev.muster.api.command.ReconfigurationProgress;
import dev.muster.api.command.Reply;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.Origin;
import dev.muster.journal.state.EnvironmentState;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The client that every front door uses. Safe for use by many threads.
 *
 * <p>A stage completes with a {@link Reply} for everything that the machinery foresees, failures of
 * the journal and time-outs included; it completes exceptionally only by a defect.
 */
public interface Muster {
  /** Asks the environment; done when its events are durable and every reader sees their effect. */
  CompletionStage<Reply> environment(EnvironmentCommand command, Origin origin);

  /** Asks one cluster; done when its events are durable and every reader sees their effect. */
  CompletionStage<Reply> cluster(ClusterId cluster, ClusterCommand command, Origin origin);

  /**
   * Looks how far a reconfiguration is. Completes once that differs from what was seen, or after a
   * moment with the same: whoever waits for the end asks again and again, and stops asking when it
   * does not want to know any more. That costs the reconfiguration nothing.
   *
   * @param seen the answer to the question before; empty at first
   */
  CompletionStage<ReconfigurationProgress> progress(
      ClusterId cluster,
      ReconfigurationHandle reconfiguration,
      Optional<ReconfigurationProgress> seen);

  /** What a command to the environment would do now; nothing is done. */
  CompletionStage<Explanation> explain(EnvironmentCommand command, Origin origin);

  /** What a command to a cluster would do now; nothing is done. */
  CompletionStage<Explanation> explain(ClusterId cluster, ClusterCommand command, Origin origin);

  /**
   * Names, owners and roles, no older than every change acknowledged before the call (invariant 9).
   */
  CompletionStage<EnvironmentState> names();

  /**
   * The state of everything, no older than every change acknowledged before the call (invariant 9).
   * Fails with {@link CatalogIncompleteException} when some cluster's state cannot be had within
   * the bound, and at once when it cannot be read at all.
   */
  CompletionStage<CatalogSnapshot> catalog();

  /**
   * The same, but that it does not fail for clusters that cannot be read at all: they are {@link
   * CatalogSnapshot#damaged}. Whoever needs the state of one asks {@link
   * CatalogSnapshot#requireReadable}, of all {@link CatalogSnapshot#requireWhole}: what is missing
   * here is not gone.
   */
  CompletionStage<CatalogSnapshot> readable();

  /**
   * What can be had of it without waiting for clusters to start or to move: what is in it is no
   * older than the call, and what is not may be there all the same. Empty where not even that can
   * be had soon.
   */
  CompletionStage<CatalogSnapshot> atHand();
}
