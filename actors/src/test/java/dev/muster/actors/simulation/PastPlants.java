package dev.muster.actors.simulation;

import dev.muster.actors.testing.Sizes;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ReplicaAdded;
import dev.muster.journal.event.ClusterEvent.ScheduleChanged;
import dev.muster.journal.state.ClusterState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The planted defects of what is journaled for those who read the past. */
final class PastPlants {
  private PastPlants() {}

  /** What a cluster writes of a decision. */
  static List<ClusterEvent> journaled(
      Plant plant, ClusterState before, List<ClusterEvent> decided) {
    Optional<Managed> realized =
        before instanceof ClusterState.Live live ? live.managed() : Optional.empty();
    if (realized.isEmpty() || decided.isEmpty()) {
      return decided;
    }
    if (plant == Plant.CHARGED_AT_OLD_PRICE) {
      BigDecimal price = Sizes.GRADED.find(realized.get().size()).orElseThrow().creditsPerHour();
      return decided.stream().map(event -> priced(event, price)).toList();
    }
    if (plant == Plant.SAYS_WHAT_HAS_NOT_CHANGED
        && !(decided.getLast() instanceof ClusterEvent.ClusterDropped)
        && decided.stream().noneMatch(ClusterEvent.ConvertedToUnmanaged.class::isInstance)) {
      List<ClusterEvent> more = new ArrayList<>(decided);
      more.add(0, new ScheduleChanged(realized.get().schedule(), realized.get().schedule()));
      return more;
    }
    return decided;
  }

  /** At the price of the size that its cluster has, and not of its own. */
  private static ClusterEvent priced(ClusterEvent event, BigDecimal price) {
    return event instanceof ReplicaAdded added
        ? new ReplicaAdded(
            added.id(),
            added.name(),
            added.size(),
            price,
            added.zone(),
            added.zonePinned(),
            added.settings(),
            added.internal(),
            added.billedAs(),
            added.reason())
        : event;
  }
}
