package dev.muster.actors.simulation;

import dev.muster.actors.placement.Fleet;
import dev.muster.actors.placement.Resources;
import dev.muster.actors.reconcile.Steady;
import dev.muster.actors.reconcile.ZoneRepair;
import dev.muster.actors.testing.Sizes;
import dev.muster.api.command.ClusterCommand;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import dev.muster.journal.state.ReplicaProgress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the design promises of zones and of the room in them (invariants 6 and 7). */
final class ZoneChecks {
  private static final long AWAY_BOUND_MICROS = 4_000_000;

  /** Longer than anything in it may rest after an error of its journal. */
  private static final long BELIEVED_BOUND_MICROS = 5_000_000;

  private final World world;
  private final Map<ReplicaId, Long> stayingSince = new HashMap<>();
  private final Map<ReplicaId, Long> believedSince = new HashMap<>();

  ZoneChecks(World world) {
    this.world = world;
  }

  private Set<String> outages() {
    return world.journal().environmentState().zoneOutages().keySet();
  }

  /** After each write of a cluster. */
  void written(ClusterState before, ClusterState.Live after, Optional<ClusterCommand> command) {
    List<Replica> old = before instanceof ClusterState.Live was ? was.replicas() : List.of();
    for (Replica replica : after.replicas()) {
      boolean placedNow =
          replica.waiting().isEmpty()
              && old.stream()
                  .noneMatch(one -> one.id().equals(replica.id()) && one.waiting().isEmpty());
      Violation.unless(
          !placedNow || !outages().contains(replica.zone()),
          6,
          () -> replica + " is placed in a zone that is out of service");
    }
    if (command.isEmpty() && before instanceof ClusterState.Live was) {
      old.forEach(replica -> keptUntilReplaced(replica, was, after));
    }
  }

  /** By itself Muster gives up a replica that serves only where another of its name does. */
  private void keptUntilReplaced(
      Replica replica, ClusterState.Live before, ClusterState.Live after) {
    boolean cutOver = !before.latestReconfiguration().equals(after.latestReconfiguration());
    boolean isThere = after.replicas().stream().anyMatch(one -> one.id().equals(replica.id()));
    boolean isReplaced = after.replica(replica.name()).filter(Replica::serves).isPresent();
    Violation.unless(
        isThere
            || isReplaced
            || cutOver
            || !replica.serves()
            || !Steady.isSteady(replica)
            || outages().contains(replica.zone()),
        7,
        () -> replica + " is given up before another serves in its place: " + after);
  }

  /** From time to time: nobody counts on what went with its zone, though it may not move. */
  void believed() {
    if (!world.isUp()) {
      return;
    }
    long now = world.agenda().nowMicros();
    Set<ReplicaId> believed = new HashSet<>();
    for (ClusterState state : world.journal().states().values()) {
      List<Replica> replicas =
          state instanceof ClusterState.Live live ? live.replicas() : List.of();
      for (Replica replica : replicas) {
        boolean isSaidToRun =
            switch (replica.progress()) {
              case ReplicaProgress.Pending ignored -> false;
              case ReplicaProgress.Failed ignored -> false;
              case ReplicaProgress.Hydrating ignored -> true;
              case ReplicaProgress.Online ignored -> true;
            };
        if (isSaidToRun && outages().contains(replica.zone())) {
          believed.add(replica.id());
          long since = believedSince.computeIfAbsent(replica.id(), ignored -> now);
          Violation.unless(
              now - Math.max(since, world.upSinceMicros()) < BELIEVED_BOUND_MICROS,
              7,
              () -> replica + " is said to run, and its zone is lost");
        }
      }
    }
    believedSince.keySet().retainAll(believed);
  }

  /** From time to time: nothing stays where its zone is lost, if there is room elsewhere. */
  void lost() {
    if (!world.isUp()) {
      return;
    }
    long now = world.agenda().nowMicros();
    Set<ReplicaId> staying = new HashSet<>();
    for (ClusterState state : world.journal().states().values()) {
      if (!(state instanceof ClusterState.Live live) || live.managed().isEmpty()) {
        continue;
      }
      for (Replica replica : live.replicas()) {
        boolean mayMove =
            replica.waiting().isEmpty()
                && Steady.isSteady(replica)
                && live.reconfiguration().isEmpty()
                && outages().contains(replica.zone())
                && live.createdAt().epochMillis() < world.wallMillis() - 60_000
                && world.journal().environmentState().cluster(live.id()).isPresent()
                && hasRoom(replica, live.managed().get());
        if (mayMove) {
          staying.add(replica.id());
          long since = stayingSince.computeIfAbsent(replica.id(), ignored -> now);
          Violation.unless(
              now - Math.max(since, world.upSinceMicros() + AWAY_BOUND_MICROS) < AWAY_BOUND_MICROS,
              6,
              () -> replica + " stays in a lost zone");
        }
      }
    }
    stayingSince.keySet().retainAll(staying);
  }

  private Fleet fleet() {
    return world.plane().ledger().fleetToGive();
  }

  private boolean hasRoom(Replica replica, Managed managed) {
    return world.rules().zones().permitted(managed.availabilityZones()).stream()
        .anyMatch(zone -> fleet().hasRoom(zone, demand(replica.size())));
  }

  private static Resources demand(String size) {
    return Sizes.GRADED.find(size).map(World.DEMAND::of).orElse(Resources.NONE);
  }

  /** In calm: nobody waits for room that is there, and nobody is on the move. */
  Optional<Unrest> unrest(ClusterState.Live live) {
    for (Replica replica : live.replicas()) {
      if (ZoneRepair.isMoving(replica) && live.managed().isPresent()) {
        return Unrest.of(6, "moves for ever: " + replica);
      }
      List<String> zones =
          replica.zonePinned()
              ? List.of(replica.zone())
              : world
                  .rules()
                  .zones()
                  .permitted(live.managed().map(Managed::availabilityZones).orElse(List.of()));
      if (replica.waiting().isPresent()
          && zones.stream().anyMatch(zone -> fleet().hasRoom(zone, demand(replica.size())))) {
        return Unrest.of(4, "waits for room that is there: " + replica);
      }
    }
    return Optional.empty();
  }

  /** Whether two zones differ by two or more, whatever room there is. */
  boolean isCrowded(ClusterState.Live live, Managed managed) {
    List<String> zones = world.rules().zones().permitted(managed.availabilityZones());
    long most = zones.stream().mapToLong(zone -> count(live, zone)).max().orElse(0);
    long least = zones.stream().mapToLong(zone -> count(live, zone)).min().orElse(0);
    return most - least >= 2;
  }

  /** No two zones differ by two or more, unless the emptier has no room, or somebody waits. */
  boolean isSpread(ClusterState.Live live, Managed managed) {
    List<String> zones = world.rules().zones().permitted(managed.availabilityZones());
    if (live.replicas().stream().anyMatch(replica -> replica.waiting().isPresent())) {
      return true;
    }
    for (String full : zones) {
      for (String empty : zones) {
        if (count(live, full) - count(live, empty) >= 2
            && fleet().hasRoom(empty, demand(managed.size()))) {
          return false;
        }
      }
    }
    return true;
  }

  private static long count(ClusterState.Live live, String zone) {
    return live.replicas().stream().filter(replica -> replica.zone().equals(zone)).count();
  }
}
