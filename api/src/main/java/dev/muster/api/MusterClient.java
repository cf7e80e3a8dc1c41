package dev.muster.api;

import dev.muster.api.watch.Change;
import dev.muster.api.watch.Watch;
import dev.muster.api.watch.WatchPosition;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * Muster for a program of its own: a JVM that joins the cluster of nodes, holds nothing and decides
 * nothing. Whoever gets to be one is trusted: an {@code Origin} says in whose name it acts.
 */
public interface MusterClient extends Muster, AutoCloseable {
  /**
   * What happens, as it happens. Each subscriber has a watch of his own, and is told no faster than
   * he asks; what he has not asked for waits in the journal.
   *
   * <p>What holds, whichever nodes die, hand over or are restarted meanwhile: every change after
   * the beginning of the watch comes exactly once, those of one cluster in the order of their
   * numbers, with none left out, and the same for those of the environment. Between clusters no
   * order is promised; {@code recorded().at()} tells which came first. A watch from now on begins
   * after every change that was acknowledged before the subscription. Whoever keeps his {@code
   * WatchPosition} and goes on from it later is told again what he had not noted down: at least
   * once.
   *
   * <p>The watch of one cluster is complete when the cluster has been dropped. A watch fails with
   * {@code WatchEndedException} where the client is no member any more.
   */
  Flow.Publisher<Change> watch(Watch watch);

  /**
   * After everything that was acknowledged before this call: where a watch from now on begins. For
   * those who want to go on some day from where they have come to.
   */
  CompletionStage<WatchPosition> position();

  /**
   * Done when this client is no member any more: it was closed, or cut off from the nodes for
   * longer than they wait. It stays so; whoever needs it connects another.
   */
  CompletionStage<Void> disconnected();

  /** Leaves the cluster of nodes, and waits until it has left. */
  @Override
  void close();
}
