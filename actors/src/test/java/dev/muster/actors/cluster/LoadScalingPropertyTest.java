package dev.muster.actors.cluster;

import static dev.muster.actors.testing.Commands.managed;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.actors.decision.Decision;
import dev.muster.actors.placement.Zones;
import dev.muster.actors.reconcile.LoadHistory;
import dev.muster.actors.reconcile.LoadSettings;
import dev.muster.actors.testing.Sizes;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.size.ReplicaSize;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ReplicaHydrated;
import dev.muster.journal.event.ClusterEvent.ReplicaStarted;
import dev.muster.journal.event.ClusterEvent.ScalingDecided;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.SizeRange;
import dev.muster.journal.event.Utilization;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import dev.muster.journal.state.ReplicaProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The size that follows the load, minute by minute, whatever the load is. */
class LoadScalingPropertyTest {
  private static final ClusterId ID = ClusterId.user(1);
  private static final ClusterRules RULES =
      ClusterRules.of(Sizes.GRADED, Zones.of(List.of("az1", "az2", "az3")), 5);
  private static final LoadSettings SETTINGS = LoadSettings.DEFAULT;
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final List<SizeRange> RANGES =
      List.of(
          new SizeRange("25cc", "6400cc"),
          new SizeRange("small", "xlarge"),
          new SizeRange("small", "medium"));

  /** A decision, and when it was made. */
  private record Move(ScalingDecided decided, Instant at) {
    boolean grows() {
      return order(decided.toSize()) > order(decided.fromSize());
    }

    private static int order(String size) {
      return Sizes.GRADED.find(size).orElseThrow().creditsPerHour().movePointRight(2).intValue();
    }
  }

  /** A cluster under a load, and every move that it has made. */
  private static final class Run {
    private final List<Move> moves = new ArrayList<>();
    private final SizeRange range;
    private ClusterState.Live state;
    private LoadHistory history = LoadHistory.NONE;
    private Instant now = Instant.EPOCH;
    private Instant restedSince = Instant.MIN;

    Run(SizeRange range, int factor) {
      this.range = range;
      Managed configuration = managed(range.minSize(), factor).withSizeRange(Optional.of(range));
      ClusterState created = new ClusterState.Absent();
      ClusterCommand create = new ClusterCommand.Create(configuration, List.of());
      if (ClusterDecider.decide(created, create, context())
          instanceof Decision.Accepted<ClusterEvent> accepted) {
        for (ClusterEvent event : accepted.events()) {
          created = created.evolve(context().now(), event);
        }
      }
      this.state = (ClusterState.Live) created;
    }

    private ClusterContext context() {
      HybridTime at = HybridTime.ofEpochMilli(now.toEpochMilli(), 0);
      return new ClusterContext(ID, at, Origin.SYSTEM, RULES, history, true);
    }

    private void evolve(ClusterEvent event) {
      state = (ClusterState.Live) state.evolve(context().now(), event);
    }

    /** A minute in which every replica is as busy as this makes its size. */
    void minute(double cores) {
      now = now.plus(MINUTE);
      for (Replica replica : state.replicas()) {
        if (!replica.serves()) {
          long incarnation = replica.progress().incarnation() + 1;
          evolve(new ReplicaStarted(replica.id(), incarnation, "host", 1));
          evolve(new ReplicaHydrated(replica.id(), incarnation, MINUTE, 1, 1, 1));
        }
        measure(replica, cores);
      }
      boolean under = state.reconfiguration().isPresent();
      for (ClusterEvent event : ClusterPass.decide(state, context())) {
        if (event instanceof ScalingDecided decided) {
          check(decided);
        }
        evolve(event);
      }
      if (under && state.reconfiguration().isEmpty()) {
        restedSince = now;
      }
    }

    private void measure(Replica replica, double cores) {
      ReplicaSize size = Sizes.GRADED.find(replica.size()).orElseThrow();
      double cpu = cores * 1e9 / size.totalCpuNanoCores();
      for (Instant at = now.minus(MINUTE); !at.isAfter(now); at = at.plusSeconds(15)) {
        history = history.with(replica.id(), new Utilization(at, cpu, 0.1), at, SETTINGS);
      }
    }

    private void check(ScalingDecided decided) {
      assertFalse(state.reconfiguration().isPresent(), "never two at a time");
      assertTrue(isWithin(range, decided.toSize()), () -> decided + " leaves the range " + range);
      assertFalse(
          restedSince != Instant.MIN && now.isBefore(restedSince.plus(SETTINGS.coolDown())),
          () -> decided + " within the cool-down, " + moves);
      moves.add(new Move(decided, now));
    }
  }

  /** By the order in which the sizes are written down here, whatever the product makes of it. */
  private static boolean isWithin(SizeRange range, String size) {
    List<String> ascending = List.of("25cc", "small", "medium", "large", "xlarge", "6400cc");
    int at = ascending.indexOf(size);
    return ascending.indexOf(range.minSize()) <= at && at <= ascending.indexOf(range.maxSize());
  }

  @Provide
  Arbitrary<List<Double>> loads() {
    return Arbitraries.of(0.01, 0.4, 1.0, 3.0, 6.0, 13.0, 30.0, 200.0).list().ofSize(8);
  }

  @Provide
  Arbitrary<SizeRange> ranges() {
    return Arbitraries.of(RANGES);
  }

  @Example
  void aLoadThatIsTooMuchMovesIt() {
    Run run = new Run(RANGES.getFirst(), 1);
    for (int minute = 0; minute < 30; minute++) {
      run.minute(6.0);
    }
    assertEquals(List.of(true), run.moves.stream().map(Move::grows).toList());
  }

  /** Each load lasts for twenty minutes. */
  @Property(tries = 60)
  void itStaysInItsRangeAndRestsAndMovesOnceAtATime(
      @ForAll("loads") List<Double> loads, @ForAll("ranges") SizeRange range) {
    Run run = new Run(range, 2);
    for (double cores : loads) {
      for (int minute = 0; minute < 20; minute++) {
        run.minute(cores);
        assertTrue(
            run.state.replicas().stream()
                .filter(replica -> replica.progress() instanceof ReplicaProgress.Online)
                .allMatch(replica -> isWithin(range, replica.size())),
            () -> "out of range: " + run.state);
      }
    }
  }

  /**
   * It grows at once to where there is room, and shrinks no more; or it shrinks and never grows.
   */
  @Property(tries = 60)
  void aConstantLoadNeverMovesItToAndFro(
      @ForAll("loads") List<Double> loads, @ForAll("ranges") SizeRange range) {
    Run run = new Run(range, 1);
    for (double before : loads.subList(0, 2)) {
      for (int minute = 0; minute < 60; minute++) {
        run.minute(before);
      }
    }
    // What was measured before is forgotten, and a move under way is over.
    for (int minute = 0; minute < 45; minute++) {
      run.minute(loads.getLast());
    }
    run.moves.clear();
    for (int minute = 0; minute < 300; minute++) {
      run.minute(loads.getLast());
    }
    long grown = run.moves.stream().filter(Move::grows).count();
    assertTrue(grown <= 1, () -> "grows more than once: " + run.moves);
    assertTrue(grown == 0 || run.moves.size() == 1, () -> "to and fro: " + run.moves);
  }

  /** From the smallest size on, one move is enough where the load is known. */
  @Property(tries = 40)
  void aConstantLoadGrowsItByOneMoveAtMost(
      @ForAll("loads") List<Double> loads, @ForAll("ranges") SizeRange range) {
    Run run = new Run(range, 3);
    for (int minute = 0; minute < 120; minute++) {
      run.minute(loads.getFirst());
    }
    assertTrue(run.moves.size() <= 1, () -> "" + run.moves);
    assertEquals(
        run.moves.isEmpty() ? range.minSize() : run.moves.getFirst().decided().toSize(),
        run.state.managed().orElseThrow().size());
  }
}
