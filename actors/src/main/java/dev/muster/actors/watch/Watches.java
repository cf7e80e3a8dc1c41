package dev.muster.actors.watch;

import dev.muster.actors.membership.MemberNames;
import dev.muster.actors.membership.NodeRole;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.watch.Change;
import dev.muster.api.watch.Watch;
import dev.muster.api.watch.WatchEndedException;
import dev.muster.api.watch.WatchPosition;
import dev.muster.journal.event.HybridTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.Supplier;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.AsPublisher;
import org.apache.pekko.stream.javadsl.JavaFlowSupport;
import org.apache.pekko.stream.javadsl.Source;

/** All watches of one JVM. Safe for use by many threads. */
public final class Watches {
  /** What is sent to a child of it may be large: {@code muster-cluster.conf} names it. */
  private static final String NAME = "muster-watches";

  private record Open(Watch watch, CompletableFuture<ActorRef<WatchMessage>> opened) {}

  private final ActorSystem<?> system;
  private final ActorRef<Open> parent;

  /**
   * @param catalog a complete one, no older than the call
   */
  public Watches(ActorSystem<?> system, Supplier<CompletionStage<CatalogSnapshot>> catalog) {
    this.system = system;
    this.parent =
        system.systemActorOf(
            parent(catalog, () -> desks(Cluster.get(system), ActorRefResolver.get(system))),
            NAME,
            Props.empty());
  }

  private static Behavior<Open> parent(
      Supplier<CompletionStage<CatalogSnapshot>> catalog,
      Supplier<Map<String, ActorRef<WatchMessage>>> desks) {
    return Behaviors.receive(
        (context, open) -> {
          open.opened()
              .complete(
                  context.spawnAnonymous(
                      ChangeWatch.create(open.watch(), catalog, desks, System::nanoTime)));
          return Behaviors.same();
        });
  }

  private static Map<String, ActorRef<WatchMessage>> desks(
      Cluster cluster, ActorRefResolver references) {
    Map<String, ActorRef<WatchMessage>> desks = new HashMap<>();
    for (Member member : cluster.state().getMembers()) {
      if (NodeRole.ENTITIES.isOf(member) && member.status().equals(MemberStatus.up())) {
        desks.put(
            MemberNames.of(member.uniqueAddress()),
            references.resolveActorRef(member.uniqueAddress().address() + ChangeDesk.PATH));
      }
    }
    return desks;
  }

  /** The time as some node has it, once one answers. */
  public static CompletionStage<HybridTime> time(ActorSystem<?> system, Duration within) {
    Map<String, ActorRef<WatchMessage>> desks =
        desks(Cluster.get(system), ActorRefResolver.get(system));
    CompletableFuture<HybridTime> time = new CompletableFuture<>();
    if (desks.isEmpty()) {
      time.completeExceptionally(new IllegalStateException("there is no node with entities"));
    }
    for (ActorRef<WatchMessage> desk : desks.values()) {
      AskPattern.<WatchMessage, WatchMessage>ask(
              desk,
              replyTo -> new WatchMessage.PositionsQuestion(0, replyTo),
              within,
              system.scheduler())
          .thenAccept(answer -> time.complete(((WatchMessage.Positions) answer).at()));
    }
    return time;
  }

  /** After all that is in a complete catalog. */
  public static WatchPosition position(CatalogSnapshot now) {
    return WatchStart.position(now);
  }

  /** A watch of his own for each subscriber. */
  public Flow.Publisher<Change> publisher(Watch watch) {
    return subscriber ->
        source(watch)
            .runWith(JavaFlowSupport.Sink.asPublisher(AsPublisher.WITHOUT_FANOUT), system)
            .subscribe(subscriber);
  }

  private Source<Change, NotUsed> source(Watch watch) {
    CompletableFuture<ActorRef<WatchMessage>> opened = new CompletableFuture<>();
    parent.tell(new Open(watch, opened));
    return Source.unfoldAsync(
            opened,
            watching ->
                watching
                    .thenCompose(this::next)
                    .thenApply(
                        changes ->
                            changes.isEmpty()
                                ? Optional
                                    .<Pair<CompletableFuture<ActorRef<WatchMessage>>, List<Change>>>
                                        empty()
                                : Optional.of(Pair.create(watching, changes))))
        .mapConcat(changes -> changes)
        .watchTermination(
            (used, done) -> {
              done.whenComplete(
                  (end, failure) ->
                      opened.thenAccept(watching -> watching.tell(new ChangeWatch.Stop())));
              return used;
            });
  }

  private CompletionStage<List<Change>> next(ActorRef<WatchMessage> watching) {
    CompletableFuture<List<Change>> reader = new CompletableFuture<>();
    if (system.getWhenTerminated().toCompletableFuture().isDone()) {
      reader.completeExceptionally(new WatchEndedException("this client is closed"));
    }
    watching.tell(new ChangeWatch.Next(reader));
    return reader;
  }
}
