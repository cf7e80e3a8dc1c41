package dev.muster.actors.simulation;

import dev.muster.actors.reconcile.ZoneRepair;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * The even spread over the zones (invariant 6), at every step at which it is defined: a cluster
 * that spreads, of whose replicas nobody waits or moves, that has no reconfiguration and no burst,
 * while the control plane is up. Then what is uneven, although there is room where there is less,
 * is so for no longer than it takes to begin its repair.
 *
 * <p>Which clusters are uneven is looked at with each of their writes, since nothing else can make
 * them so but a zone; how long they are, and whether there is room, after each step.
 */
final class SpreadChecks {
  /** Reports wait for a quarter of a second, and an entity that was lost is woken after two. */
  private static final long BEGUN_AFTER_MICROS = 3_000_000;

  private final World world;
  private final ZoneChecks zones;
  private final Map<ClusterId, Long> unevenSince = new HashMap<>();

  SpreadChecks(World world, ZoneChecks zones) {
    this.world = world;
    this.zones = zones;
  }

  /** After each write of a cluster. */
  void written(ClusterState.Live after) {
    if (after.managed().filter(managed -> isUneven(after, managed)).isEmpty()) {
      unevenSince.remove(after.id());
    } else {
      unevenSince.putIfAbsent(after.id(), world.agenda().nowMicros());
    }
  }

  /** As far as the cluster itself goes, wherever there is room. */
  private boolean isUneven(ClusterState.Live live, Managed managed) {
    return live.reconfiguration().isEmpty()
        && live.burst().isEmpty()
        && live.replicas().stream()
            .noneMatch(one -> ZoneRepair.isMoving(one) || one.waiting().isPresent())
        && live.replicas().stream().noneMatch(Replica::zonePinned)
        && world.rules().sizes().find(managed.size()).filter(size -> size.zoneSpread()).isPresent()
        && zones.isCrowded(live, managed);
  }

  /** After each step. */
  void stepped() {
    if (unevenSince.isEmpty()) {
      return;
    }
    long now = world.agenda().nowMicros();
    Iterator<Map.Entry<ClusterId, Long>> all = unevenSince.entrySet().iterator();
    while (all.hasNext()) {
      Map.Entry<ClusterId, Long> one = all.next();
      if (!(world.journal().state(one.getKey()) instanceof ClusterState.Live live)
          || !world.journal().environmentState().clusters().containsKey(one.getKey())) {
        all.remove();
      } else if (!world.isUp() || zones.isSpread(live, live.managed().orElseThrow())) {
        one.setValue(now);
      } else {
        Violation.unless(
            now - one.getValue() <= BEGUN_AFTER_MICROS, 6, () -> "nobody evens out " + live);
      }
    }
  }
}
