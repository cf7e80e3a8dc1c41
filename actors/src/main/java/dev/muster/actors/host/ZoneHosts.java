package dev.muster.actors.host;

import dev.muster.actors.runtime.ReplicaRuntime;
import dev.muster.actors.runtime.RunningReplica;
import dev.muster.actors.runtime.RuntimeListener;
import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.api.catalog.CatalogStore;
import dev.muster.api.catalog.ReplicaObservation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * The hosts of this node, one for each zone that it plays: a child for each zone in service.
 *
 * <p>A zone that is taken out of service is lost as a zone is lost: its host is gone at once, as
 * its supervisors see, and what ran in it ends. Level-based: whatever was said last is so in the
 * end.
 */
public final class ZoneHosts extends AbstractBehavior<ZoneHosts.Command> {
  private final int node;
  private final List<String> zones;
  private final ReplicaRuntime runtime;
  private final CatalogStore catalog;
  private final HostRoom room;
  private final Map<String, ActorRef<HostCommand>> hosts = new HashMap<>();
  private Set<String> zonesOut = Set.of();

  /** What it understands. */
  public sealed interface Command {}

  /** Exactly these zones are out of service. */
  public record Out(Set<String> zones) implements Command {}

  /**
   * The node is being stopped.
   *
   * @param done when all hosts have told the supervisors of other nodes, and do nothing any more
   */
  public record Leave(CompletableFuture<Void> done) implements Command {}

  private record Emptied(String zone) implements Command {}

  /**
   * The hosts of the zones.
   *
   * @param node the number of this node
   * @param room what they have to give
   */
  public static Behavior<Command> create(
      int node, List<String> zones, ReplicaRuntime runtime, CatalogStore catalog, HostRoom room) {
    return Behaviors.setup(context -> new ZoneHosts(context, node, zones, runtime, catalog, room));
  }

  private ZoneHosts(
      ActorContext<Command> context,
      int node,
      List<String> zones,
      ReplicaRuntime runtime,
      CatalogStore catalog,
      HostRoom room) {
    super(context);
    this.node = node;
    this.zones = List.copyOf(zones);
    this.runtime = runtime;
    this.catalog = catalog;
    this.room = room;
    align();
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Out.class, this::onOut)
        .onMessage(Emptied.class, this::onEmptied)
        .onMessage(Leave.class, this::onLeave)
        .onSignal(Terminated.class, this::onTerminated)
        .build();
  }

  private Behavior<Command> onOut(Out out) {
    zonesOut = out.zones();
    align();
    return this;
  }

  /** No zone's host begins any more. */
  private Behavior<Command> onLeave(Leave leave) {
    List<CompletableFuture<Void>> goodbyes = new ArrayList<>();
    for (ActorRef<HostCommand> host : hosts.values()) {
      CompletableFuture<Void> goodbye = new CompletableFuture<>();
      goodbyes.add(goodbye);
      host.<Object>unsafeUpcast().tell(new Host.Leave(goodbye));
    }
    CompletableFuture.allOf(goodbyes.toArray(CompletableFuture[]::new))
        .thenRun(() -> leave.done().complete(null));
    return Behaviors.ignore();
  }

  /** Starts the hosts of the zones in service, and ends those of the others. */
  private void align() {
    for (String zone : zones) {
      ActorRef<HostCommand> host = hosts.get(zone);
      if (!zonesOut.contains(zone) && host == null) {
        ActorRef<HostCommand> started =
            getContext()
                .spawn(
                    Host.create(zone, runtime, catalog, room),
                    HostNames.actorName(HostNames.of(zone, node)));
        getContext().watch(started);
        hosts.put(zone, started);
      } else if (zonesOut.contains(zone) && host != null) {
        getContext().getLog().warn("zone {} is out of service: what runs in it ends", zone);
        getContext().stop(host);
      }
    }
  }

  /** The next host of the zone begins where nothing of the last one runs any more. */
  private Behavior<Command> onTerminated(Terminated terminated) {
    zones.stream()
        .filter(zone -> terminated.getRef().equals(hosts.get(zone)))
        .findFirst()
        .ifPresent(this::empty);
    return this;
  }

  private void empty(String zone) {
    CompletableFuture<Void> emptied =
        CompletableFuture.supplyAsync(
                runtime::inventory, task -> Thread.ofVirtual().name("inventory").start(task))
            .thenCompose(running -> stopAll(zone, running));
    getContext().pipeToSelf(emptied, (done, failure) -> new Emptied(zone));
  }

  private CompletableFuture<Void> stopAll(String zone, List<RunningReplica> running) {
    List<CompletableFuture<Void>> stops = new ArrayList<>();
    for (RunningReplica replica : running) {
      if (replica.zone().equals(zone)) {
        Stop stop = new Stop(new CompletableFuture<>());
        runtime.stop(replica.id(), stop);
        catalog.withdraw(replica.id());
        stops.add(stop.done());
      }
    }
    return CompletableFuture.allOf(stops.toArray(CompletableFuture[]::new));
  }

  private Behavior<Command> onEmptied(Emptied emptied) {
    hosts.remove(emptied.zone());
    room.releaseAll(emptied.zone());
    align();
    return this;
  }

  /** Nobody else listens to a replica that is lost. */
  private record Stop(CompletableFuture<Void> done) implements RuntimeListener {
    @Override
    public void onSignal(RuntimeSignal signal) {
      if (signal instanceof RuntimeSignal.Stopped) {
        done.complete(null);
      }
    }

    @Override
    public void onObservation(ReplicaObservation observation) {
      // Not worth showing any more.
    }
  }
}
