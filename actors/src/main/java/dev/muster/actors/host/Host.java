package dev.muster.actors.host;

import dev.muster.actors.runtime.ReplicaRuntime;
import dev.muster.actors.runtime.RuntimeListener;
import dev.muster.actors.runtime.RuntimeSignal;
import dev.muster.api.catalog.CatalogStore;
import dev.muster.api.catalog.ReplicaObservation;
import dev.muster.journal.event.ReplicaId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;

/** The agent that runs the replicas of one zone on this node. Registers itself under its zone. */
public final class Host {
  private Host() {}

  static ServiceKey<HostCommand> key(String zone) {
    return ServiceKey.create(HostCommand.class, "muster-host-" + zone);
  }

  /** The host; stopping it leaves its replicas running. */
  public static Behavior<HostCommand> create(
      String zone, ReplicaRuntime runtime, CatalogStore catalog) {
    // One command that fails must not take the zone's host away from all its replicas.
    return Behaviors.supervise(hosting(zone, runtime, catalog))
        .onFailure(SupervisorStrategy.resume());
  }

  private static Behavior<HostCommand> hosting(
      String zone, ReplicaRuntime runtime, CatalogStore catalog) {
    return Behaviors.setup(
        context -> {
          context
              .getSystem()
              .receptionist()
              .tell(Receptionist.register(key(zone), context.getSelf()));
          Map<ReplicaId, Told> ends = new ConcurrentHashMap<>();
          return Behaviors.receiveMessage(
              command -> {
                carryOut(command, runtime, catalog, ends);
                return Behaviors.same();
              });
        });
  }

  private static void carryOut(
      HostCommand command,
      ReplicaRuntime runtime,
      CatalogStore catalog,
      Map<ReplicaId, Told> ends) {
    switch (command) {
      case HostCommand.Find find ->
          runtime.find(find.id(), new Forwarding(find.signals(), catalog, ends));
      case HostCommand.Start start -> {
        Told told = ends.get(start.order().id());
        if (told != null && told.answers(start)) {
          start.signals().tell(told.end());
        } else {
          runtime.start(start.order(), new Forwarding(start.signals(), catalog, ends));
        }
      }
      case HostCommand.Stop stop ->
          runtime.stop(stop.id(), new Forwarding(stop.signals(), catalog, ends));
    }
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
  private record Forwarding(
      ActorRef<RuntimeSignal> signals, CatalogStore catalog, Map<ReplicaId, Told> ends)
      implements RuntimeListener {
    @Override
    public void onSignal(RuntimeSignal signal) {
      if (signal instanceof RuntimeSignal.Ended ended) {
        catalog.withdraw(ended.id());
        ends.put(ended.id(), new Told(ended, signals));
      } else if (signal instanceof RuntimeSignal.Stopped) {
        catalog.withdraw(signal.id());
        ends.remove(signal.id());
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
