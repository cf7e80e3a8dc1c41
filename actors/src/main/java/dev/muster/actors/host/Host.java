package dev.muster.actors.host;

import dev.muster.actors.runtime.ReplicaRuntime;
import dev.muster.actors.runtime.RuntimeListener;
import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.api.catalog.CatalogStore;
import dev.muster.api.catalog.ReplicaObservation;
import dev.muster.journal.event.ReplicaId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;

/**
 * The agent that runs the replicas of one zone on this node. Registers itself under its zone, and
 * refuses what it has no room for.
 *
 * <p>Where its node is being stopped it says so to the supervisors of other nodes, and from then on
 * answers nothing: they find their replicas again when it is back.
 */
public final class Host {
  private final ReplicaRuntime runtime;
  private final CatalogStore catalog;
  private final HostRoom room;
  private final Map<ReplicaId, Told> ends = new ConcurrentHashMap<>();

  /** Of other nodes; those of this one end with it. */
  private final Map<ReplicaId, ActorRef<RuntimeSignal>> supervisors = new ConcurrentHashMap<>();

  /** The node is being stopped. Said by {@link ZoneHosts} alone. */
  record Leave(CompletableFuture<Void> done) {}

  private Host(ReplicaRuntime runtime, CatalogStore catalog, HostRoom room) {
    this.runtime = runtime;
    this.catalog = catalog;
    this.room = room;
  }

  static ServiceKey<HostCommand> key(String zone) {
    return ServiceKey.create(HostCommand.class, "muster-host-" + zone);
  }

  /** A host with room for everything. */
  public static Behavior<HostCommand> create(
      String zone, ReplicaRuntime runtime, CatalogStore catalog) {
    return create(zone, runtime, catalog, HostRoom.unbounded());
  }

  /** The host; stopping it leaves its replicas running. */
  public static Behavior<HostCommand> create(
      String zone, ReplicaRuntime runtime, CatalogStore catalog, HostRoom room) {
    // One command that fails must not take the zone's host away from all its replicas.
    return Behaviors.<Object>supervise(hosting(zone, new Host(runtime, catalog, room)))
        .onFailure(SupervisorStrategy.resume())
        .narrow();
  }

  private static Behavior<Object> hosting(String zone, Host host) {
    return Behaviors.setup(
        context -> {
          ActorRef<Receptionist.Command> receptionist = context.getSystem().receptionist();
          ActorRef<HostCommand> self = context.getSelf().narrow();
          receptionist.tell(Receptionist.register(key(zone), self));
          return Behaviors.receive(Object.class)
              .onMessage(
                  HostCommand.class,
                  command -> {
                    host.carryOut(command);
                    return Behaviors.same();
                  })
              .onMessage(
                  Leave.class,
                  leave -> {
                    receptionist.tell(Receptionist.deregister(key(zone), self));
                    host.sayGoodbye();
                    leave.done().complete(null);
                    return Behaviors.ignore();
                  })
              .build();
        });
  }

  private void carryOut(HostCommand command) {
    switch (command) {
      case HostCommand.Find find -> runtime.find(find.id(), listener(find.id(), find.signals()));
      case HostCommand.Start start -> start(start);
      case HostCommand.Stop stop -> runtime.stop(stop.id(), listener(stop.id(), stop.signals()));
    }
  }

  private RuntimeListener listener(ReplicaId id, ActorRef<RuntimeSignal> supervisor) {
    if (supervisor.path().address().hasGlobalScope()) {
      supervisors.put(id, supervisor);
    }
    return new Forwarding(supervisor);
  }

  private void sayGoodbye() {
    supervisors.forEach((id, supervisor) -> supervisor.tell(new RuntimeSignal.Leaving(id)));
  }

  private void start(HostCommand.Start start) {
    Told told = ends.get(start.order().id());
    if (told != null && told.answers(start)) {
      start.signals().tell(told.end());
    } else if (!start.refusable() || room.isKnown()) {
      Optional<String> refusal = room.take(start.order(), start.refusable());
      if (refusal.isPresent()) {
        start
            .signals()
            .tell(
                new RuntimeSignal.NoRoom(
                    start.order().id(), start.order().incarnation(), refusal.get()));
      } else {
        runtime.start(start.order(), listener(start.order().id(), start.signals()));
      }
    }
    // Else it is asked again, when it is known what runs here.
  }

  /**
   * The end of a replica, as its supervisor was told. Whoever asks again for what has ended already
   * did not hear of it, or not in time: no incarnation runs twice. Another supervisor may count
   * from less.
   */
  private record Told(RuntimeSignal.Ended end, ActorRef<RuntimeSignal> supervisor) {
    boolean answers(HostCommand.Start start) {
      return supervisor.equals(start.signals()) && start.order().incarnation() <= end.incarnation();
    }
  }

  /** Signals go to the supervisor, observations to the catalog, and how busy it is to both. */
  private final class Forwarding implements RuntimeListener {
    private final ActorRef<RuntimeSignal> signals;

    Forwarding(ActorRef<RuntimeSignal> signals) {
      this.signals = signals;
    }

    @Override
    public void onSignal(RuntimeSignal signal) {
      if (signal instanceof RuntimeSignal.Ended ended) {
        catalog.withdraw(ended.id());
        ends.put(ended.id(), new Told(ended, signals));
      } else if (signal instanceof RuntimeSignal.Stopped) {
        catalog.withdraw(signal.id());
        ends.remove(signal.id());
        room.release(signal.id());
        supervisors.remove(signal.id());
      }
      signals.tell(signal);
    }

    @Override
    public void onObservation(ReplicaObservation observation) {
      catalog.publish(observation);
      observation
          .utilization()
          .ifPresent(figure -> signals.tell(new RuntimeSignal.Utilized(observation.id(), figure)));
    }
  }
}
