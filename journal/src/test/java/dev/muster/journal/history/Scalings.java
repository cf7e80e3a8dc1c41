package dev.muster.journal.history;

import dev.muster.journal.event.BurstEnd;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.LoadFigures;
import dev.muster.journal.event.ScalingCause;
import dev.muster.journal.state.Burst;
import dev.muster.journal.state.ClusterState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What may happen next to a cluster that Muster scales by itself. */
final class Scalings {
  private Scalings() {}

  static List<ClusterEvent> possible(ClusterState.Live live, Managed managed, Random random) {
    List<ClusterEvent> events = new ArrayList<>();
    events.add(new ClusterEvent.SizeRangeChanged(managed.sizeRange(), Values.sizeRange(random)));
    Optional<Burst> burst = live.burst();
    if (burst.isEmpty()) {
      events.add(new ClusterEvent.BurstStarted(Values.size(random)));
    } else {
      events.add(new ClusterEvent.BurstEnded(Values.one(random, List.of(BurstEnd.values()))));
      events.add(
          burst.get().lingersUntil().isPresent()
              ? new ClusterEvent.BurstResumed()
              : new ClusterEvent.BurstCaughtUp(
                  Instant.ofEpochMilli(1_790_000_000_000L + random.nextInt(1 << 30))));
    }
    if (managed.sizeRange().isPresent() && live.reconfiguration().isEmpty()) {
      events.add(
          new ClusterEvent.ScalingDecided(
              managed.size(),
              Values.size(random),
              Values.one(random, List.of(ScalingCause.values())),
              new LoadFigures(
                  Values.duration(random),
                  random.nextInt(9),
                  random.nextInt(900),
                  random.nextInt(101))));
    }
    return events;
  }
}
