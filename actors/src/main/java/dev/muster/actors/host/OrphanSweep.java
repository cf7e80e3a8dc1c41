package dev.muster.actors.host;

import dev.muster.actors.runtime.ReplicaRuntime;
import dev.muster.actors.runtime.RunningReplica;
import dev.muster.actors.runtime.RuntimeListener;
import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.api.Muster;
import dev.muster.api.catalog.ReplicaObservation;
import dev.muster.journal.event.ReplicaId;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Stops what runs on this node and no cluster asks for (invariant 4): once after the start, and
 * then at intervals. What is down and keeps its room counts as if it ran.
 *
 * <p><b>Why it never stops what somebody wants.</b> It takes the inventory of the runtime first,
 * and only then reads a complete catalog. A replica in the inventory was started after the event
 * that added it was durable, and its cluster publishes an event before it acts on it; so a catalog
 * read later either has the replica, or the replica was dropped in between. Dropped is for ever:
 * ids are not used twice. What is started after the inventory is not in it, and is left alone. The
 * other order would be wrong: a replica added between the catalog and the inventory would look
 * unwanted.
 *
 * <p>A catalog that is not complete stops nothing: the next sweep tries again.
 */
public final class OrphanSweep {
  private OrphanSweep() {}

  /** What the sweep understands; all of it comes from itself. */
  public sealed interface Command {}

  private record Sweep() implements Command {}

  private record Swept(List<ReplicaId> orphans) implements Command {}

  private record Hindered(Throwable cause) implements Command {}

  /**
   * Sweeps now, and then {@code interval} after the end of each sweep.
   *
   * @param node the number of this node
   * @param room that orphans give back
   */
  public static Behavior<Command> create(
      int node, ReplicaRuntime runtime, HostRoom room, Muster muster, Duration interval) {
    return Behaviors.setup(
        context -> {
          context.getSelf().tell(new Sweep());
          return Behaviors.receiveMessage(
              command -> {
                onCommand(context, command, node, runtime, room, muster, interval);
                return Behaviors.same();
              });
        });
  }

  private static void onCommand(
      ActorContext<Command> context,
      Command command,
      int node,
      ReplicaRuntime runtime,
      HostRoom room,
      Muster muster,
      Duration interval) {
    switch (command) {
      case Sweep ignored ->
          context.pipeToSelf(
              orphans(node, runtime, room, muster),
              (orphans, failure) -> failure == null ? new Swept(orphans) : new Hindered(failure));
      case Swept swept -> {
        for (ReplicaId orphan : swept.orphans()) {
          context.getLog().info("replica {} runs and no cluster asks for it: stopping it", orphan);
          runtime.stop(orphan, new Release(room));
        }
        context.scheduleOnce(interval, context.getSelf(), new Sweep());
      }
      case Hindered hindered -> {
        context.getLog().info("no sweep for orphans now: {}", hindered.cause().getMessage());
        context.scheduleOnce(interval, context.getSelf(), new Sweep());
      }
    }
  }

  /**
   * The inventory may block, so that it has a thread of its own; then, and not before, the rest.
   */
  private static CompletionStage<List<ReplicaId>> orphans(
      int node, ReplicaRuntime runtime, HostRoom room, Muster muster) {
    CompletableFuture<List<RunningReplica>> inventory =
        CompletableFuture.supplyAsync(
            () -> Stream.concat(runtime.inventory().stream(), room.kept().stream()).toList(),
            task -> Thread.ofVirtual().name("inventory").start(task));
    return inventory.thenCompose(
        running ->
            running.isEmpty()
                ? CompletableFuture.completedStage(List.of())
                : muster.catalog().thenApply(catalog -> Orphans.of(running, catalog, node)));
  }

  /** Nobody supervises an orphan. */
  private record Release(HostRoom room) implements RuntimeListener {
    @Override
    public void onSignal(RuntimeSignal signal) {
      if (signal instanceof RuntimeSignal.Stopped) {
        room.release(signal.id());
      }
    }

    @Override
    public void onObservation(ReplicaObservation observation) {
      // Not worth showing any more.
    }
  }
}
