package dev.muster.actors.client;

import dev.muster.actors.watch.Watches;
import dev.muster.api.CatalogIncompleteException;
import dev.muster.api.Muster;
import dev.muster.api.MusterClient;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.Explanation;
import dev.muster.api.command.ReconfigurationHandle;
import dev.muster.api.command.ReconfigurationProgress;
import dev.muster.api.command.Rejection;
import dev.muster.api.command.Reply;
import dev.muster.api.watch.Change;
import dev.muster.api.watch.Watch;
import dev.muster.api.watch.WatchPosition;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.Origin;
import dev.muster.journal.state.EnvironmentState;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;

/** {@link MusterClient} over an actor system of its own, which ends with it. */
public final class RemoteMuster implements MusterClient {
  private static final String DISCONNECTED =
      "this client is no member of the cluster of nodes any more";

  private final ActorSystem<?> system;
  private final Muster muster;
  private final Watches watches;
  private final AskedExplanations explanations;

  /**
   * @param muster for everything but watches and explanations
   */
  public RemoteMuster(
      ActorSystem<?> system, Muster muster, Watches watches, AskedExplanations explanations) {
    this.system = system;
    this.muster = muster;
    this.watches = watches;
    this.explanations = explanations;
  }

  @Override
  public Flow.Publisher<Change> watch(Watch watch) {
    return watches.publisher(watch);
  }

  @Override
  public CompletionStage<WatchPosition> position() {
    return catalog().thenApply(Watches::position);
  }

  @Override
  public CompletionStage<Void> disconnected() {
    return system.getWhenTerminated().thenApply(done -> null);
  }

  @Override
  public void close() {
    CoordinatedShutdown.get(system)
        .runAll(CoordinatedShutdown.actorSystemTerminateReason())
        .toCompletableFuture()
        .join();
  }

  /**
   * Whoever waits when the client is cut off is told: nothing else would, for the machinery that
   * bounds his wait ends too.
   */
  private <T> CompletionStage<T> bounded(CompletionStage<T> asked) {
    CompletableFuture<T> answered = asked.toCompletableFuture().copy();
    disconnected()
        .thenRun(
            () -> answered.completeExceptionally(new CatalogIncompleteException(DISCONNECTED)));
    return answered;
  }

  private CompletionStage<Reply> reply(Supplier<CompletionStage<Reply>> ask) {
    if (disconnected().toCompletableFuture().isDone()) {
      return CompletableFuture.completedStage(
          new Reply.Refused(new Rejection.Unavailable(DISCONNECTED)));
    }
    CompletableFuture<Reply> answered = ask.get().toCompletableFuture().copy();
    disconnected()
        .thenRun(
            () -> answered.complete(new Reply.Refused(new Rejection.OutcomeUnknown(DISCONNECTED))));
    return answered;
  }

  @Override
  public CompletionStage<Reply> environment(EnvironmentCommand command, Origin origin) {
    return reply(() -> muster.environment(command, origin));
  }

  @Override
  public CompletionStage<Reply> cluster(ClusterId cluster, ClusterCommand command, Origin origin) {
    return reply(() -> muster.cluster(cluster, command, origin));
  }

  @Override
  public CompletionStage<ReconfigurationProgress> progress(
      ClusterId cluster,
      ReconfigurationHandle reconfiguration,
      Optional<ReconfigurationProgress> seen) {
    return bounded(muster.progress(cluster, reconfiguration, seen));
  }

  @Override
  public CompletionStage<Explanation> explain(EnvironmentCommand command, Origin origin) {
    return bounded(explanations.of(command, origin));
  }

  @Override
  public CompletionStage<Explanation> explain(
      ClusterId cluster, ClusterCommand command, Origin origin) {
    return bounded(explanations.of(cluster, command, origin));
  }

  @Override
  public CompletionStage<EnvironmentState> names() {
    return bounded(muster.names());
  }

  @Override
  public CompletionStage<CatalogSnapshot> catalog() {
    return bounded(muster.catalog());
  }

  @Override
  public CompletionStage<CatalogSnapshot> readable() {
    return bounded(muster.readable());
  }

  @Override
  public CompletionStage<CatalogSnapshot> atHand() {
    return bounded(muster.atHand());
  }
}
