package dev.muster.actors.entity;

import dev.muster.actors.cluster.ReportDecider;
import dev.muster.actors.decision.Decision;
import dev.muster.actors.replica.ReplicaReport;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ReconfigurationFinished;
import dev.muster.journal.event.ClusterEvent.ReplicaDropped;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * Reports that wait to be journaled. They wait for a moment, so that those that belong together
 * share a write, and ride along with the next command's write where one comes sooner: the state of
 * replicas never slows statements down.
 */
final class ReportBuffer {
  private final ActorContext<ClusterMessage> context;
  private final EntityRuntime runtime;
  private final List<ReplicaReport> waiting = new ArrayList<>(2);
  private boolean flushScheduled;

  ReportBuffer(ActorContext<ClusterMessage> context, EntityRuntime runtime) {
    this.context = context;
    this.runtime = runtime;
  }

  void add(ReplicaReport report) {
    waiting.add(report);
    if (!flushScheduled) {
      flushScheduled = true;
      context.scheduleOnce(
          runtime.settings().reportDelay(), context.getSelf(), new ClusterMessage.FlushReports());
    }
  }

  /** The moment is over: the next report starts another. */
  void flushed() {
    flushScheduled = false;
  }

  /** Hands over what waits; should its write be lost, it is to be added again. */
  List<ReplicaReport> take() {
    List<ReplicaReport> taken = List.copyOf(waiting);
    waiting.clear();
    return taken;
  }

  /** What the waiting reports add to the state. */
  Informed inform(ClusterState state) {
    if (waiting.isEmpty()) {
      return new Informed(state, List.of());
    }
    List<News> news = new ArrayList<>();
    ClusterState informed = state;
    for (ReplicaReport report : waiting) {
      Optional<ClusterEvent> event = ReportDecider.decide(informed, report);
      if (event.isPresent()) {
        Recorded<ClusterEvent> recorded =
            new Recorded<>(runtime.clock().next(), Origin.SYSTEM, event.get());
        informed = informed.evolve(recorded.at(), recorded.event());
        news.add(new News(report.id(), recorded));
      }
    }
    return new Informed(informed, news);
  }

  private static Stream<ReplicaId> dropped(ClusterEvent event) {
    if (event instanceof ReplicaDropped drop) {
      return Stream.of(drop.id());
    }
    return event instanceof ReconfigurationFinished cutOver
        ? cutOver.retired().stream()
        : Stream.of();
  }

  /** An event that a report gave rise to. */
  record News(ReplicaId about, Recorded<ClusterEvent> recorded) {}

  /** A state with the news in it, and the news. */
  record Informed(ClusterState state, List<News> news) {
    List<Recorded<ClusterEvent>> all() {
      return news.stream().map(News::recorded).toList();
    }

    /** The news that are still worth a record after a decision: not those of dropped replicas. */
    List<Recorded<ClusterEvent>> worthwhile(Decision.Accepted<ClusterEvent> decision) {
      if (news.isEmpty()) {
        return List.of();
      }
      Set<ReplicaId> dropped =
          decision.events().stream().flatMap(ReportBuffer::dropped).collect(Collectors.toSet());
      return news.stream()
          .filter(one -> !dropped.contains(one.about()))
          .map(News::recorded)
          .toList();
    }
  }
}
