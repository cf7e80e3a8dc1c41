package dev.muster.journal.history;

import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaWait;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import dev.muster.journal.state.ReplicaProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What may happen next to a cluster. */
final class ClusterEvents {
  private ClusterEvents() {}

  static ClusterEvent possible(ClusterState state, Random random) {
    return switch (state) {
      case ClusterState.Absent ignored ->
          new ClusterEvent.ClusterCreated(
              ClusterId.user(1 + random.nextInt(1000)), Values.configuration(random));
      case ClusterState.Live live -> Values.one(random, possible(live, random));
      case ClusterState.Dropped dropped ->
          throw new IllegalArgumentException("nothing happens after " + dropped);
    };
  }

  private static List<ClusterEvent> possible(ClusterState.Live live, Random random) {
    List<ClusterEvent> events = new ArrayList<>();
    events.add(added(live, random));
    events.add(
        new ClusterEvent.CommentChanged(
            Optional.empty(), Values.maybe(random, Values.text(random))));
    live.managed()
        .ifPresentOrElse(
            managed -> {
              events.addAll(configured(managed, random));
              events.addAll(Reconfigurations.possible(live, managed, random));
              events.addAll(Scalings.possible(live, managed, random));
            },
            () -> events.add(new ClusterEvent.ConvertedToManaged(Values.managed(random))));
    if (live.replicas().isEmpty()) {
      // Rarely: it ends the history.
      if (random.nextInt(4) == 0) {
        events.add(new ClusterEvent.ClusterDropped());
      }
    } else {
      // Twice, so that replicas live through more.
      events.addAll(ofReplica(live, Values.one(random, live.replicas()), random));
      events.addAll(ofReplica(live, Values.one(random, live.replicas()), random));
    }
    return events;
  }

  private static List<ClusterEvent> configured(Managed managed, Random random) {
    return List.of(
        new ClusterEvent.SizeChanged(managed.size(), Values.size(random)),
        new ClusterEvent.ReplicationFactorChanged(managed.replicationFactor(), random.nextInt(5)),
        new ClusterEvent.AvailabilityZonesChanged(
            managed.availabilityZones(), Values.zones(random)),
        new ClusterEvent.SettingsChanged(managed.settings(), Values.settings(random)),
        new ClusterEvent.ScheduleChanged(managed.schedule(), Values.schedule(random)),
        new ClusterEvent.AutoScalingChanged(managed.autoScaling(), Values.autoScaling(random)));
  }

  private static List<ClusterEvent> ofReplica(
      ClusterState.Live live, Replica replica, Random random) {
    ReplicaId id = replica.id();
    return List.of(
        new ClusterEvent.ReplicaDropped(id, Values.reason(random)),
        new ClusterEvent.ReplicaRenamed(id, replica.name(), freshName(live, random)),
        new ClusterEvent.CommentChanged(Optional.of(id), Values.maybe(random, Values.text(random))),
        progressed(replica, random));
  }

  private static ClusterEvent progressed(Replica replica, Random random) {
    return switch (replica.progress()) {
      case ReplicaProgress.Pending pending when random.nextInt(3) == 0 ->
          new ClusterEvent.ReplicaWaiting(
              replica.id(),
              new ReplicaWait(
                  Values.one(random, List.of(ReplicaWait.Kind.values())),
                  Values.maybe(random, Values.text(random))));
      case ReplicaProgress.Pending pending when pending.waiting().isPresent() ->
          new ClusterEvent.ReplicaPlaced(replica.id(), Values.zone(random));
      case ReplicaProgress.Pending ignored -> started(replica, random);
      case ReplicaProgress.Failed ignored -> started(replica, random);
      case ReplicaProgress.Online ignored -> failed(replica, random);
      case ReplicaProgress.Hydrating hydrating ->
          random.nextBoolean()
              ? failed(replica, random)
              : new ClusterEvent.ReplicaHydrated(
                  replica.id(),
                  hydrating.incarnation(),
                  Values.duration(random),
                  random.nextInt(1 << 20),
                  random.nextLong() >>> 1,
                  random.nextLong() >>> 1,
                  Values.maybe(random, random.nextLong() >>> 1),
                  Values.maybe(random, Values.instant(random)));
    };
  }

  private static ClusterEvent started(Replica replica, Random random) {
    return new ClusterEvent.ReplicaStarted(
        replica.id(),
        replica.progress().incarnation() + 1,
        "host-" + random.nextInt(3),
        random.nextInt(1 << 22),
        Values.maybe(random, Values.instant(random)),
        Values.maybe(random, Values.instant(random)));
  }

  private static ClusterEvent failed(Replica replica, Random random) {
    return new ClusterEvent.ReplicaFailed(
        replica.id(),
        replica.progress().incarnation(),
        Values.failure(random),
        1 + random.nextInt(9),
        Values.maybe(random, Values.instant(random)),
        Values.maybe(random, Values.instant(random)),
        Values.maybe(random, Values.instant(random)),
        Values.maybe(random, Values.instant(random)));
  }

  private static ClusterEvent added(ClusterState.Live live, Random random) {
    return new ClusterEvent.ReplicaAdded(
        ReplicaId.of(live.id(), live.lastReplicaNumber() + 1),
        freshName(live, random),
        Values.size(random),
        Values.decimal(random),
        Values.zone(random),
        random.nextBoolean(),
        Values.settings(random),
        random.nextBoolean(),
        Values.maybe(random, Values.size(random)),
        Values.reason(random));
  }

  private static String freshName(ClusterState.Live live, Random random) {
    String name = Values.text(random);
    while (live.replica(name).isPresent()) {
      name += "'";
    }
    return name;
  }
}
