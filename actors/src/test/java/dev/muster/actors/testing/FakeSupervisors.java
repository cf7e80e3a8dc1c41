package dev.muster.actors.testing;

import dev.muster.actors.replica.ReplicaReport;
import dev.muster.actors.replica.ReplicaSupervisors;
import dev.muster.actors.replica.SupervisorCommand;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.Replica;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Supervisors whose replicas start and hydrate at once, and that remember who was asked for. */
public final class FakeSupervisors implements ReplicaSupervisors {
  private final Map<ReplicaId, ActorRef<ReplicaReport>> running = new ConcurrentHashMap<>();
  private final Map<ReplicaId, ActorRef<SupervisorCommand>> actors = new ConcurrentHashMap<>();

  @Override
  public Behavior<SupervisorCommand> create(Replica replica, ActorRef<ReplicaReport> reports) {
    ReplicaId id = replica.id();
    return Behaviors.setup(
        context -> {
          running.put(id, reports);
          actors.put(id, context.getSelf());
          long incarnation = replica.progress().incarnation() + 1;
          reports.tell(new ReplicaReport.Started(id, incarnation, "fake", 0));
          reports.tell(new ReplicaReport.Hydrated(id, incarnation, Duration.ZERO, 1, 1, 1));
          return Behaviors.receiveMessage(
              message -> {
                if (message instanceof Die) {
                  return Behaviors.stopped();
                }
                if (message instanceof Crash) {
                  throw new IllegalStateException("a defect, for the test");
                }
                running.remove(id);
                actors.remove(id);
                reports.tell(new ReplicaReport.Gone(id));
                return Behaviors.stopped();
              });
        });
  }

  /** The replicas that were asked for and not stopped. */
  public Set<ReplicaId> running() {
    return Set.copyOf(running.keySet());
  }

  public void report(ReplicaReport report) {
    running.get(report.id()).tell(report);
  }

  /** The supervisor stops without having been told to. */
  public void kill(ReplicaId id) {
    actors.remove(id).tell(new Die());
  }

  /** The supervisor has a defect. */
  public void crash(ReplicaId id) {
    actors.remove(id).tell(new Crash());
  }

  private record Crash() implements SupervisorCommand {}

  private record Die() implements SupervisorCommand {}
}
