package dev.muster.journal.history;

import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.JournalEvent;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Histories of one entity, from its first event. */
public final class Histories {
  private static final int LENGTH = 80;

  private Histories() {}

  public static Arbitrary<List<Recorded<ClusterEvent>>> ofACluster() {
    return seeds().map(Histories::ofACluster);
  }

  public static Arbitrary<List<Recorded<EnvironmentEvent>>> ofTheEnvironment() {
    return seeds().map(Histories::ofTheEnvironment);
  }

  private static Arbitrary<List<Long>> seeds() {
    return Arbitraries.longs().list().ofMinSize(1).ofMaxSize(LENGTH);
  }

  /** One event for each seed, until the cluster is dropped. */
  public static List<Recorded<ClusterEvent>> ofACluster(List<Long> seeds) {
    List<Recorded<ClusterEvent>> history = new ArrayList<>();
    ClusterState state = new ClusterState.Absent();
    HybridTime at = HybridTime.ofEpochMilli(1_790_000_000_000L, 0);
    for (long seed : seeds) {
      if (state instanceof ClusterState.Dropped) {
        break;
      }
      Random random = new Random(seed);
      ClusterEvent event = ClusterEvents.possible(state, random);
      at = later(at, event, random);
      history.add(new Recorded<>(at, origin(random), event));
      state = state.evolve(at, event);
    }
    return history;
  }

  /** One event for each seed. */
  public static List<Recorded<EnvironmentEvent>> ofTheEnvironment(List<Long> seeds) {
    List<Recorded<EnvironmentEvent>> history = new ArrayList<>();
    EnvironmentState state = EnvironmentState.EMPTY;
    HybridTime at = HybridTime.ofEpochMilli(1_790_000_000_000L, 0);
    for (long seed : seeds) {
      Random random = new Random(seed);
      EnvironmentEvent event = EnvironmentEvents.possible(state, random);
      at = later(at, event, random);
      history.add(new Recorded<>(at, origin(random), event));
      state = state.evolve(at, event);
    }
    return history;
  }

  public static ClusterState fold(ClusterState from, List<Recorded<ClusterEvent>> events) {
    ClusterState state = from;
    for (Recorded<ClusterEvent> recorded : events) {
      state = state.evolve(recorded.at(), recorded.event());
    }
    return state;
  }

  public static EnvironmentState fold(
      EnvironmentState from, List<Recorded<EnvironmentEvent>> events) {
    EnvironmentState state = from;
    for (Recorded<EnvironmentEvent> recorded : events) {
      state = state.evolve(recorded.at(), recorded.event());
    }
    return state;
  }

  /** The last of the times that the event takes up. */
  private static HybridTime later(HybridTime last, JournalEvent event, Random random) {
    int node = random.nextInt(3);
    HybridTime first =
        random.nextBoolean()
            ? last.next(node)
            : HybridTime.ofEpochMilli(last.epochMillis() + 1 + random.nextInt(100_000), node);
    return first.earlier(1 - event.times());
  }

  private static Origin origin(Random random) {
    return random.nextInt(4) == 0
        ? Origin.SYSTEM
        : new Origin(
            Values.text(random),
            Values.maybe(random, Values.text(random)),
            Values.maybe(random, Values.text(random)),
            Optional.of("ALTER CLUSTER c SET (SIZE = '" + Values.text(random) + "')"));
  }
}
