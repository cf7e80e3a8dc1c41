package dev.muster.actors.simulation;

import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What survives everything: the events of each entity, and the states that they fold into. */
final class Journal {
  private static final ClusterState ABSENT = new ClusterState.Absent();

  private final Plant plant;
  private final Books books;
  private final History<EnvironmentEvent, EnvironmentState> environment;
  private final Map<ClusterId, History<ClusterEvent, ClusterState>> clusters = new TreeMap<>();
  private final Map<ClusterId, ClusterState> states = new HashMap<>();
  private HybridTime latest = HybridTime.ZERO;
  private long eventCount;

  /**
   * @param books are kept of every event
   */
  Journal(Plant plant, Books books) {
    this.plant = plant;
    this.books = books;
    this.environment =
        new History<>(
            EnvironmentState.EMPTY,
            (state, recorded) -> state.evolve(recorded.at(), recorded.event()),
            plant);
  }

  /** The time of the latest event, which every start shows to its clock. */
  HybridTime latest() {
    return latest;
  }

  /**
   * Writes, all or nothing.
   *
   * @param lastSequenceNumber the number of events that the writer knows of
   */
  void append(long lastSequenceNumber, List<Recorded<EnvironmentEvent>> events) {
    stamped(environment.events(), lastSequenceNumber, events, "environment");
    environment.append(events, books::journaled);
  }

  void append(ClusterId id, long lastSequenceNumber, List<Recorded<ClusterEvent>> events) {
    History<ClusterEvent, ClusterState> history =
        clusters.computeIfAbsent(
            id,
            ignored ->
                new History<>(
                    ABSENT,
                    (state, recorded) -> state.evolve(recorded.at(), recorded.event()),
                    plant));
    stamped(history.events(), lastSequenceNumber, events, id.value());
    history.append(events, (before, recorded, after) -> books.journaled(before, recorded, after));
    states.put(id, history.state());
  }

  /** On one node each event follows all before it, so that their times ascend and are unique. */
  private <E> void stamped(
      List<Recorded<E>> before, long lastSequenceNumber, List<Recorded<E>> events, String who) {
    Violation.unless(
        before.size() == lastSequenceNumber,
        2,
        () -> who + " has two writers: one knows " + lastSequenceNumber + " of " + before.size());
    for (Recorded<E> recorded : events) {
      Violation.unless(
          recorded.at().compareTo(latest) > 0,
          10,
          () -> who + " goes back in time, before " + latest + ", with " + recorded);
      latest = recorded.at();
    }
    eventCount += events.size();
  }

  long eventCount() {
    return eventCount;
  }

  EnvironmentState environmentState() {
    return environment.state();
  }

  ClusterState state(ClusterId id) {
    return states.getOrDefault(id, ABSENT);
  }

  Map<ClusterId, ClusterState> states() {
    return states;
  }

  List<Recorded<EnvironmentEvent>> environment() {
    return environment.events();
  }

  List<Recorded<ClusterEvent>> cluster(ClusterId id) {
    return clusters.containsKey(id) ? clusters.get(id).events() : List.of();
  }

  History.Recovery<EnvironmentEvent, EnvironmentState> recoverEnvironment() {
    return environment.recover();
  }

  History.Recovery<ClusterEvent, ClusterState> recover(ClusterId id) {
    return clusters.containsKey(id)
        ? clusters.get(id).recover()
        : new History.Recovery<>(ABSENT, List.of(), 0);
  }

  /** Everything, in a stable order. */
  String text() {
    StringBuilder text = new StringBuilder();
    environment().forEach(recorded -> text.append(recorded).append('\n'));
    clusters.forEach(
        (id, history) ->
            history
                .events()
                .forEach(recorded -> text.append(id).append(' ').append(recorded).append('\n')));
    return text.toString();
  }
}
