package dev.muster.actors.simulation;

import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What survives everything: the events of each entity, and the states that they fold into. */
final class Journal {
  private final List<Recorded<EnvironmentEvent>> environment = new ArrayList<>();
  private final Map<ClusterId, List<Recorded<ClusterEvent>>> clusters = new TreeMap<>();
  private final Map<ClusterId, ClusterState> states = new HashMap<>();
  private final Set<HybridTime> times = new HashSet<>();
  private EnvironmentState environmentState = EnvironmentState.EMPTY;
  private HybridTime latest = HybridTime.ZERO;
  private long eventCount;

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
    stamped(environment, lastSequenceNumber, events, "environment");
    environment.addAll(events);
    for (Recorded<EnvironmentEvent> recorded : events) {
      environmentState = environmentState.evolve(recorded.at(), recorded.event());
    }
  }

  void append(ClusterId id, long lastSequenceNumber, List<Recorded<ClusterEvent>> events) {
    List<Recorded<ClusterEvent>> written =
        clusters.computeIfAbsent(id, ignored -> new ArrayList<>());
    stamped(written, lastSequenceNumber, events, id.value());
    written.addAll(events);
    ClusterState state = state(id);
    for (Recorded<ClusterEvent> recorded : events) {
      state = state.evolve(recorded.at(), recorded.event());
    }
    states.put(id, state);
  }

  private <E> void stamped(
      List<Recorded<E>> before, long lastSequenceNumber, List<Recorded<E>> events, String who) {
    Violation.unless(
        before.size() == lastSequenceNumber,
        2,
        who + " has two writers: one knows " + lastSequenceNumber + " of " + before.size());
    HybridTime last = before.isEmpty() ? HybridTime.ZERO : before.get(before.size() - 1).at();
    for (Recorded<E> recorded : events) {
      Violation.unless(
          recorded.at().compareTo(last) > 0, 10, who + " goes back in time with " + recorded);
      Violation.unless(times.add(recorded.at()), 10, "two events have the time of " + recorded);
      latest = latest.compareTo(recorded.at()) > 0 ? latest : recorded.at();
      last = recorded.at();
    }
    eventCount += events.size();
  }

  long eventCount() {
    return eventCount;
  }

  EnvironmentState environmentState() {
    return environmentState;
  }

  ClusterState state(ClusterId id) {
    return states.getOrDefault(id, new ClusterState.Absent());
  }

  Map<ClusterId, ClusterState> states() {
    return states;
  }

  List<Recorded<EnvironmentEvent>> environment() {
    return environment;
  }

  List<Recorded<ClusterEvent>> cluster(ClusterId id) {
    return clusters.getOrDefault(id, List.of());
  }

  /** Everything, in a stable order. */
  String text() {
    StringBuilder text = new StringBuilder();
    environment.forEach(recorded -> text.append(recorded).append('\n'));
    clusters.forEach(
        (id, events) ->
            events.forEach(recorded -> text.append(id).append(' ').append(recorded).append('\n')));
    return text.toString();
  }
}
