package dev.muster.actors.reconcile;

import dev.muster.actors.placement.Placement;
import dev.muster.actors.reconcile.ReplicaDecision.Add;
import dev.muster.journal.state.Replica;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fills the slots of one shape over the zones: with the replicas that fit, where they are, as far
 * as the spread stays even (invariant 6), and with new ones for the rest.
 *
 * <p>First every fitting replica stays. Only if that ends uneven, the slots are filled again in
 * order, and a replica stays only where the slots before it leave its zone among the emptiest: then
 * every prefix is even, and lowering the replication factor later moves nothing. A replica whose
 * zone its user chose is never moved for evenness.
 */
record Spread(List<Replica> staying, List<Add> additions) {

  static Spread of(ReplicaShape shape, List<Slot> slots, Situation situation) {
    List<String> candidates =
        situation.zones().candidates(shape.availabilityZones(), situation.state().id());
    Filling gentle = new Filling(shape, slots, situation, candidates, false);
    if (!situation.mayMove()
        || !situation.spreads(shape.size())
        || Placement.isEven(candidates, gentle::placed)) {
      return gentle.spread();
    }
    return new Filling(shape, slots, situation, candidates, true).spread();
  }

  /** One attempt. */
  private static final class Filling {
    private final List<Replica> staying = new ArrayList<>();
    private final List<Add> additions = new ArrayList<>();
    private final Map<String, Integer> placed = new HashMap<>();
    private final Map<String, Integer> yetToCome = new HashMap<>();
    private final List<String> candidates;

    Filling(
        ReplicaShape shape,
        List<Slot> slots,
        Situation situation,
        List<String> candidates,
        boolean evenly) {
      this.candidates = candidates;
      List<Optional<Replica>> fitting =
          slots.stream().map(slot -> fitting(slot, shape, situation)).toList();
      fitting.forEach(
          replica -> replica.ifPresent(r -> yetToCome.merge(r.zone(), 1, Integer::sum)));
      if (!evenly) {
        fitting.forEach(replica -> replica.ifPresent(this::stay));
      }
      for (int i = 0; i < slots.size(); i++) {
        Optional<Replica> replica = fitting.get(i);
        if (evenly) {
          replica.ifPresent(r -> yetToCome.merge(r.zone(), -1, Integer::sum));
        }
        if (evenly && replica.filter(this::mayStay).isPresent()) {
          stay(replica.get());
        } else if (evenly || replica.isEmpty()) {
          place(slots.get(i), shape, situation);
        }
      }
    }

    private static Optional<Replica> fitting(Slot slot, ReplicaShape shape, Situation situation) {
      return situation
          .state()
          .replica(slot.name())
          .filter(
              replica ->
                  situation.mayMove()
                      ? shape.fits(replica, situation.zones())
                      : shape.fitsAnywhere(replica));
    }

    /** What stands in a zone that is not usable is left for the repair of that zone. */
    private boolean mayStay(Replica replica) {
      int fewest = candidates.stream().mapToInt(this::placed).min().orElse(0);
      return replica.zonePinned()
          || !candidates.contains(replica.zone())
          || placed(replica.zone()) == fewest;
    }

    private void stay(Replica replica) {
      staying.add(replica);
      placed.merge(replica.zone(), 1, Integer::sum);
    }

    private void place(Slot slot, ReplicaShape shape, Situation situation) {
      String zone =
          Placement.choose(
              candidates,
              this::placed,
              candidate -> yetToCome.getOrDefault(candidate, 0),
              situation.load());
      additions.add(Reconciler.add(slot, shape, zone));
      placed.merge(zone, 1, Integer::sum);
    }

    int placed(String zone) {
      return placed.getOrDefault(zone, 0);
    }

    Spread spread() {
      return new Spread(staying, additions);
    }
  }
}
