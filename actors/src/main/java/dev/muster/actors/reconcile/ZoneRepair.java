package dev.muster.actors.reconcile;

import dev.muster.actors.placement.Place;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ReplicaDropped;
import dev.muster.journal.event.ClusterEvent.ReplicaRenamed;
import dev.muster.journal.event.Reason;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * An even spread over the zones again (invariant 6), as after a zone came back: adds before it
 * drops.
 *
 * <pre>
 *   r1 az2   r2 az2   r3 az3              az1 is back, and empty
 *   r1 az2   r2 az2   r3 az3   r1-moving az1     it hydrates beside those that serve
 *   r1 az1   r2 az2   r3 az3              it serves: the old r1 is dropped, and it is r1 now
 * </pre>
 *
 * <p>It remembers nothing: a replica called so is all there is to know, and what was begun before a
 * restart is finished after it. Only as many move as must; a replica whose zone its user chose
 * never does. While a reconfiguration is under way nothing moves, since all replicas are about to
 * go.
 */
public final class ZoneRepair implements Strategy {
  static final String MOVING_SUFFIX = "-moving";

  /** Whether the replica is there to take the place of another, once it serves. */
  public static boolean isMoving(Replica replica) {
    return replica.name().endsWith(MOVING_SUFFIX);
  }

  @Override
  public List<ClusterEvent> advance(Situation situation) {
    List<ClusterEvent> events = new ArrayList<>();
    for (Replica successor : situation.state().replicas()) {
      if (isMoving(successor)) {
        predecessor(successor, situation.state())
            .filter(old -> mayGo(old, successor, situation))
            .ifPresent(
                old -> {
                  events.add(new ReplicaDropped(old.id(), Reason.ZONE_REPAIR));
                  events.add(new ReplicaRenamed(successor.id(), successor.name(), old.name()));
                });
      }
    }
    return events;
  }

  /** Whose place it is there to take. */
  public static Optional<Replica> predecessor(Replica successor, ClusterState.Live state) {
    String name = successor.name();
    return state.replica(name.substring(0, name.length() - MOVING_SUFFIX.length()));
  }

  /**
   * Either the successor serves, or the old one is lost, and the successor is further than a new
   * one.
   */
  private static boolean mayGo(Replica old, Replica successor, Situation situation) {
    return shape(situation).fitsAnywhere(successor)
        && !situation.isLost(successor)
        && (successor.serves() || situation.isLost(old));
  }

  private static ReplicaShape shape(Situation situation) {
    return ReplicaShape.of(situation.state().managed().orElseThrow());
  }

  @Override
  public Optional<Reason> drops(Replica replica) {
    return isMoving(replica) ? Optional.of(Reason.ZONE_REPAIR) : Optional.empty();
  }

  @Override
  public List<Desire> desire(Situation situation) {
    Managed realized = situation.state().managed().orElseThrow();
    if (situation.state().reconfiguration().isPresent()
        || isSettled(situation.state())
        || !situation.spreads(realized.size())) {
      return List.of();
    }
    ReplicaShape shape = ReplicaShape.of(realized);
    Counts counts = new Counts(shape, realized.replicationFactor(), situation);
    counts.keepMoving();
    counts.moveMore();
    List<Desire> desires = new ArrayList<>();
    counts.moves.forEach(
        (name, zone) ->
            desires.add(
                new Desire(
                    new ReplicaShape(shape.size(), List.of(zone), shape.settings()),
                    MOVING_SUFFIX,
                    List.of(name + MOVING_SUFFIX),
                    Reason.ZONE_REPAIR,
                    true)));
    return desires;
  }

  /** Nobody moves, and no zone has two replicas: then no other spread is better. */
  private static boolean isSettled(ClusterState.Live state) {
    Set<String> zones = new HashSet<>();
    for (Replica replica : state.replicas()) {
      if (isMoving(replica) || !zones.add(replica.zone())) {
        return false;
      }
    }
    return true;
  }

  /** How many replicas are in each zone, as more and more of them are thought of as moved. */
  private static final class Counts {
    private final ReplicaShape shape;
    private final Situation situation;
    private final List<Replica> steady;
    private final boolean complete;
    private final Map<String, Integer> inZone = new HashMap<>();
    private final Map<String, String> moves = new LinkedHashMap<>();
    private final Rooms rooms;

    Counts(ReplicaShape shape, int factor, Situation situation) {
      this.shape = shape;
      this.situation = situation;
      this.rooms = new Rooms(situation);
      this.steady =
          IntStream.rangeClosed(1, factor)
              .mapToObj(number -> situation.state().replica("r" + number))
              .flatMap(Optional::stream)
              .filter(shape::fitsAnywhere)
              .filter(replica -> replica.waiting().isEmpty())
              .toList();
      this.complete = steady.size() == factor;
      steady.forEach(replica -> inZone.merge(replica.zone(), 1, Integer::sum));
    }

    /** What was begun goes on, as long as it is of use. */
    void keepMoving() {
      for (Replica replica : steady) {
        situation
            .state()
            .replica(replica.name() + MOVING_SUFFIX)
            .filter(shape::fitsAnywhere)
            .filter(successor -> shape.fits(successor, situation.zones()))
            .filter(successor -> situation.zones().isUsable(successor.zone()))
            .filter(successor -> helps(replica.zone(), successor.zone()))
            .ifPresent(successor -> move(replica, successor.zone()));
      }
    }

    /** Only of a complete set: what is still to be added evens out much by itself. */
    void moveMore() {
      boolean more = complete;
      while (more) {
        Optional<Replica> next = next();
        Optional<String> zone = next.flatMap(this::betterZone);
        zone.ifPresent(better -> move(next.orElseThrow(), better));
        more = zone.isPresent();
      }
    }

    /** Of the fullest zone, rather one that does not serve, and rather a new one. */
    private Optional<Replica> next() {
      return steady.stream()
          .filter(replica -> !replica.zonePinned() && !moves.containsKey(replica.name()))
          .filter(replica -> situation.zones().isUsable(replica.zone()))
          .max(
              Comparator.<Replica>comparingInt(replica -> count(replica.zone()))
                  .thenComparing(replica -> !replica.serves())
                  .thenComparingLong(replica -> replica.id().number()));
    }

    private Optional<String> betterZone(Replica replica) {
      Place place = rooms.take(shape.size(), shape.availabilityZones(), this::count);
      return place instanceof Place.At && helps(replica.zone(), place.zone())
          ? Optional.of(place.zone())
          : Optional.empty();
    }

    private boolean helps(String from, String to) {
      return !from.equals(to) && count(from) - count(to) >= 2;
    }

    private void move(Replica replica, String zone) {
      moves.put(replica.name(), zone);
      inZone.merge(replica.zone(), -1, Integer::sum);
      inZone.merge(zone, 1, Integer::sum);
    }

    private int count(String zone) {
      return inZone.getOrDefault(zone, 0);
    }
  }
}
