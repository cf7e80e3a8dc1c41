package dev.muster.actors.reconcile;

import dev.muster.actors.placement.Place;
import dev.muster.actors.reconcile.ReplicaDecision.Add;
import dev.muster.actors.reconcile.ReplicaDecision.Drop;
import dev.muster.journal.event.Reason;
import dev.muster.journal.state.Replica;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fills the slots of one shape over the zones: with the replicas that fit, where they are, and with
 * new ones for the rest, each in the zone that has the fewest by then (invariant 6).
 *
 * <p>A replica in a zone that is out of service, and one that is down and has no place in its zone
 * any more, makes room for a new one in another zone, at once, if there is a place for that;
 * otherwise it stays, to be there again when its zone is. Nothing else is taken away for the sake
 * of evenness: that is {@link ZoneRepair}'s, which adds first.
 */
final class Spread {
  /** A slot, and the replica that fills it already. */
  private record Seat(Slot slot, Optional<Replica> replica) {}

  private final ReplicaShape shape;
  private final Situation situation;
  private final List<Seat> seats = new ArrayList<>();
  private final Map<String, Integer> placed = new HashMap<>();

  Spread(ReplicaShape shape, Iterable<Slot> slots, Situation situation) {
    this.shape = shape;
    this.situation = situation;
    for (Slot slot : slots) {
      Optional<Replica> fitting = fitting(slot);
      seats.add(new Seat(slot, fitting));
      fitting
          .filter(replica -> replica.waiting().isEmpty())
          .ifPresent(replica -> placed.merge(replica.zone(), 1, Integer::sum));
    }
  }

  private Optional<Replica> fitting(Slot slot) {
    return situation
        .state()
        .replica(slot.name())
        .filter(
            replica ->
                situation.mayMove() || slot.exact()
                    ? shape.fits(replica, situation.zones())
                    : shape.fitsAnywhere(replica));
  }

  /** The replicas that have a slot, those in lost zones among them. */
  List<Replica> fitting() {
    List<Replica> fitting = new ArrayList<>();
    seats.forEach(seat -> seat.replica().ifPresent(fitting::add));
    return fitting;
  }

  /** Gives every slot what it lacks, out of the room that is left. */
  void fill(Rooms rooms, List<Drop> drops, List<Add> additions) {
    for (Seat seat : seats) {
      if (seat.replica().isEmpty()) {
        add(seat.slot(), rooms, additions);
      } else if (situation.isLost(seat.replica().get())) {
        replace(seat.slot(), seat.replica().get(), rooms, drops, additions);
      }
    }
  }

  private void add(Slot slot, Rooms rooms, List<Add> additions) {
    Place place = place(rooms);
    if (place instanceof Place.At || !slot.exact()) {
      additions.add(new Add(slot.name(), shape, place, slot.reason()));
    }
  }

  private void replace(
      Slot slot, Replica lost, Rooms rooms, List<Drop> drops, List<Add> additions) {
    if (place(rooms) instanceof Place.At at) {
      drops.add(new Drop(lost, Reason.ZONE_REPAIR));
      additions.add(new Add(slot.name(), shape, at, Reason.ZONE_REPAIR));
    }
  }

  private Place place(Rooms rooms) {
    Place place =
        rooms.take(shape.size(), shape.availabilityZones(), zone -> placed.getOrDefault(zone, 0));
    if (place instanceof Place.At) {
      placed.merge(place.zone(), 1, Integer::sum);
    }
    return place;
  }
}
