package dev.muster.actors.reconcile;

import dev.muster.actors.placement.Fleet;
import dev.muster.actors.placement.Place;
import dev.muster.actors.placement.Placement;
import dev.muster.actors.placement.Resources;
import dev.muster.journal.state.Replica;
import java.util.List;
import java.util.function.ToIntFunction;

/** The room that is left while a pass gives it away and takes it back, replica by replica. */
final class Rooms {
  private final Situation situation;
  private Fleet fleet;

  Rooms(Situation situation) {
    this.situation = situation;
    this.fleet = situation.fleet();
  }

  /** Who is dropped gives back what was promised. */
  void release(Replica replica) {
    fleet = fleet.without(replica.id());
  }

  /**
   * A place, taken where there is one.
   *
   * @param availabilityZones where it may be; empty means anywhere
   * @param replicas how many replicas that count for it are in a zone
   */
  Place take(String size, List<String> availabilityZones, ToIntFunction<String> replicas) {
    Resources demand = situation.demand(size);
    Place place =
        Placement.place(
            situation.zones().order(availabilityZones, situation.state().id()),
            situation.zones(),
            fleet,
            demand,
            replicas);
    if (place instanceof Place.At at) {
      fleet = fleet.loaded(at.host(), demand);
    }
    return place;
  }
}
