package dev.muster.journal.history;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.journal.codec.JournalCodec;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** State is a fold (invariant 3), whatever happened and whenever it was interrupted. */
class HistoriesTest {
  @Provide
  Arbitrary<List<Recorded<ClusterEvent>>> clusterHistories() {
    return Histories.ofACluster();
  }

  @Provide
  Arbitrary<List<Recorded<EnvironmentEvent>>> environmentHistories() {
    return Histories.ofTheEnvironment();
  }

  @Property(tries = 300)
  void aClusterRestartedFromItsBytesAfterAnyStepIsTheSame(
      @ForAll("clusterHistories") List<Recorded<ClusterEvent>> history) {
    List<Recorded<ClusterEvent>> read = history.stream().map(HistoriesTest::journaled).toList();
    assertEquals(history, read);
    ClusterState live = new ClusterState.Absent();
    ClusterState restarted = live;
    for (int step = 0; step < history.size(); step++) {
      live = Histories.fold(live, history.subList(step, step + 1));
      // A snapshot and a restart after each step: one event is replayed on what was read back.
      restarted = journaled(Histories.fold(restarted, read.subList(step, step + 1)));
      assertEquals(live, restarted);
    }
    assertEquals(live, Histories.fold(new ClusterState.Absent(), read));
  }

  @Property(tries = 300)
  void theEnvironmentRestartedFromItsBytesAfterAnyStepIsTheSame(
      @ForAll("environmentHistories") List<Recorded<EnvironmentEvent>> history) {
    List<Recorded<EnvironmentEvent>> read = history.stream().map(HistoriesTest::journaled).toList();
    assertEquals(history, read);
    EnvironmentState live = EnvironmentState.EMPTY;
    EnvironmentState restarted = live;
    for (int step = 0; step < history.size(); step++) {
      live = Histories.fold(live, history.subList(step, step + 1));
      restarted = journaled(Histories.fold(restarted, read.subList(step, step + 1)));
      assertEquals(live, restarted);
    }
    assertEquals(live, Histories.fold(EnvironmentState.EMPTY, read));
  }

  @Property(tries = 300)
  void theNamesOfTheEnvironmentAlwaysLeadToTheirClusters(
      @ForAll("environmentHistories") List<Recorded<EnvironmentEvent>> history) {
    EnvironmentState state = Histories.fold(EnvironmentState.EMPTY, history);
    assertEquals(state.clusters().size(), state.clusterIds().size());
    state.clusters().forEach((id, entry) -> assertEquals(id, state.clusterIds().get(entry.name())));
    assertEquals(
        Set.of(), state.dropping().stream().filter(state.clusters()::containsKey).collect(toSet()));
  }

  /** Or the properties would say nothing of an event that never comes. */
  @Test
  void theHistoriesHoldEveryEvent() {
    Stream<Object> cluster =
        seeds().flatMap(seeds -> Histories.ofACluster(seeds).stream()).map(Recorded::event);
    Stream<Object> environment =
        seeds().flatMap(seeds -> Histories.ofTheEnvironment(seeds).stream()).map(Recorded::event);
    assertEquals(
        Set.of(ClusterEvent.class.getPermittedSubclasses()),
        cluster.map(Object::getClass).collect(toSet()));
    assertEquals(
        Set.of(EnvironmentEvent.class.getPermittedSubclasses()),
        environment.map(Object::getClass).collect(toSet()));
  }

  private static Stream<List<Long>> seeds() {
    return LongStream.range(0, 200)
        .mapToObj(start -> LongStream.range(0, 60).mapToObj(step -> start * 7919 + step).toList());
  }

  /** There and back; equal values give equal bytes. */
  private static <T> T journaled(T value) {
    var encoded = JournalCodec.STANDARD.encode(value);
    Object read = JournalCodec.STANDARD.decode(encoded.manifest().toString(), encoded.bytes());
    assertArrayEquals(encoded.bytes(), JournalCodec.STANDARD.encode(read).bytes());
    @SuppressWarnings("unchecked")
    T same = (T) read;
    return same;
  }
}
