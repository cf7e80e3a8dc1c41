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

  private final Set<String> heldBackSizes = ConcurrentHashMap.newKeySet();
  private final Map<ReplicaId, Long> heldBack = new ConcurrentHashMap<>();
  private final Set<ReplicaId> let = ConcurrentHashMap.newKeySet();

  @Override
  public Behavior<SupervisorCommand> create(Replica replica, ActorRef<ReplicaReport> reports) {
    ReplicaId id = replica.id();
    return Behaviors.setup(
        context -> {
          actors.put(id, context.getSelf());
          long incarnation = replica.progress().incarnation() + 1;
          boolean held = heldBackSizes.contains(replica.size()) && !let.contains(id);
          if (held) {
            heldBack.put(id, incarnation);
          }
          reports.tell(new ReplicaReport.Started(id, incarnation, "fake", 0));
          running.put(id, reports); // from here on a test may let it go
          if (!held) {
            hydrate(id, incarnation);
          }
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

  private void hydrate(ReplicaId id, long incarnation) {
    ActorRef<ReplicaReport> reports = running.get(id);
    if (reports != null) {
      reports.tell(new ReplicaReport.Hydrated(id, incarnation, Duration.ZERO, 1, 1, 1));
    }
  }

  /** Replicas of this size hydrate only once they are let go. */
  public void holdBack(String size) {
    heldBackSizes.add(size);
  }

  /** A replica that was held back hydrates. */
  public void letGo(ReplicaId id) {
    let.add(id);
    Long incarnation = heldBack.remove(id);
    if (incarnation != null) {
      hydrate(id, incarnation);
    }
  }

  /** All hydrate that were held back. */
  public void letGo() {
    heldBackSizes.clear();
    Set.copyOf(heldBack.keySet()).forEach(this::letGo);
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
