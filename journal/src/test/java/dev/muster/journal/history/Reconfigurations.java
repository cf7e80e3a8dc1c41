package dev.muster.journal.history;

import dev.muster.journal.event.Automation;
import dev.muster.journal.event.BurstEnd;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.OnTimeout;
import dev.muster.journal.event.ReconfigurationTarget;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaPromotion;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What may happen next to a reconfiguration. */
final class Reconfigurations {
  private Reconfigurations() {}

  static List<ClusterEvent> possible(ClusterState.Live live, Managed managed, Random random) {
    return live.reconfiguration()
        .map(under -> under(live, managed, under.target(), random))
        .orElseGet(
            () ->
                List.of(
                    live.burst().isPresent()
                        ? new ClusterEvent.BurstEnded(BurstEnd.RELEASED)
                        : new ClusterEvent.ConvertedToUnmanaged(),
                    new ClusterEvent.ReconfigurationStarted(
                        ReconfigurationTarget.of(managed),
                        target(random),
                        deadline(random),
                        Values.one(random, List.of(OnTimeout.values())),
                        Values.text(random))));
  }

  private static List<ClusterEvent> under(
      ClusterState.Live live, Managed managed, ReconfigurationTarget target, Random random) {
    return List.of(
        new ClusterEvent.ReconfigurationRetargeted(
            target,
            target(random),
            deadline(random),
            Values.one(random, List.of(OnTimeout.values())),
            Values.text(random)),
        new ClusterEvent.ReconfigurationTimedOut(target, deadline(random)),
        new ClusterEvent.ReconfigurationCancelled(target),
        finished(live, managed, target, random));
  }

  private static ClusterEvent finished(
      ClusterState.Live live, Managed managed, ReconfigurationTarget target, Random random) {
    List<ReplicaPromotion> promoted = new ArrayList<>();
    List<ReplicaId> retired = new ArrayList<>();
    for (Replica replica : live.replicas()) {
      if (random.nextBoolean()) {
        retired.add(replica.id());
      } else {
        promoted.add(
            new ReplicaPromotion(
                replica.id(), replica.name(), "promoted " + random.nextLong() + replica.id()));
      }
    }
    return new ClusterEvent.ReconfigurationFinished(
        ReconfigurationTarget.of(managed), target, random.nextBoolean(), promoted, retired);
  }

  private static ReconfigurationTarget target(Random random) {
    ReconfigurationTarget replicas = ReconfigurationTarget.of(Values.managed(random));
    return random.nextBoolean()
        ? replicas
        : replicas.with(Optional.of(Automation.of(Values.managed(random))));
  }

  private static Instant deadline(Random random) {
    return Instant.ofEpochMilli(1_790_000_000_000L + random.nextInt(1 << 30));
  }
}
