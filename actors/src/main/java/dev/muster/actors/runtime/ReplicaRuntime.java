package dev.muster.actors.runtime;

import dev.muster.actors.placement.Demand;
import dev.muster.journal.event.ReplicaId;
import java.util.List;

/**
 * Runs the replicas of one node, whatever their zone. Safe for use by many threads.
 *
 * <p>{@link #find}, {@link #start} and {@link #stop} return at once and are carried out one after
 * the other for each replica, in the order of the calls; their outcome comes as signals. The
 * listener given last gets everything about its replica, until the replica ends or is stopped.
 */
public interface ReplicaRuntime extends AutoCloseable {
  /** As in {@code --runtime}. */
  String name();

  /** What a replica takes of the host that runs it so. */
  default Demand demand() {
    return Demand.NOMINAL;
  }

  /**
   * All that runs for this node now, whoever started it: this object, or one before it that was
   * killed. Complete for whatever was started before the call. May block on I/O.
   */
  List<RunningReplica> inventory();

  /**
   * Adopts the replica where it runs: {@link RuntimeSignal.Started}, and so on. Where it runs no
   * more and the runtime knows how it ended, {@link RuntimeSignal.Ended}, also where that was said
   * before; else {@link RuntimeSignal.NotRunning}.
   */
  void find(ReplicaId id, RuntimeListener listener);

  /** Starts the replica, unless it runs already: then as {@link #find}. Never runs one twice. */
  void start(ReplicaOrder order, RuntimeListener listener);

  /**
   * Stops the replica and everything of it, gracefully and then by force. {@link
   * RuntimeSignal.Stopped} comes when nothing of it runs any more, at once when nothing did.
   */
  void stop(ReplicaId id, RuntimeListener listener);

  /** Stops watching, and leaves running what runs outside this JVM. */
  @Override
  void close();
}
