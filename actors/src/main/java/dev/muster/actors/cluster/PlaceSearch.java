package dev.muster.actors.cluster;

import dev.muster.actors.placement.Place;
import dev.muster.actors.reconcile.GracefulReconfiguration;
import dev.muster.journal.event.ClusterEvent.ReplicaPlaced;
import dev.muster.journal.event.ClusterEvent.ReplicaWaiting;
import dev.muster.journal.event.ReconfigurationTarget;
import dev.muster.journal.event.ReplicaWait;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Reconfiguration;
import dev.muster.journal.state.Replica;
import java.util.List;

/**
 * Looks for a place for each replica that waits for one; and, in an unmanaged cluster, for each
 * that is lost with a zone which its user did not choose, or has no place in it any more. Those of
 * a managed cluster that are lost are the kernel's.
 */
final class PlaceSearch {
  private PlaceSearch() {}

  static void run(Draft draft) {
    boolean managed = draft.live().managed().isPresent();
    for (Replica replica : draft.live().replicas()) {
      if (replica.waiting().isPresent()) {
        search(draft, replica, replica.waiting().get());
      } else if (!managed && !replica.zonePinned() && draft.isLost(replica)) {
        moveAway(draft, replica);
      }
    }
  }

  /** That it still waits is said again only where the reason has become another. */
  private static void search(Draft draft, Replica replica, ReplicaWait known) {
    switch (draft.place(replica.size(), permitted(draft.live(), replica))) {
      case Place.At at -> {
        draft.add(new ReplicaPlaced(replica.id(), at.zone()));
        draft.claim(replica.id(), replica.size(), at);
      }
      case Place.Waits waits when waits.why().kind() != known.kind() ->
          draft.add(new ReplicaWaiting(replica.id(), waits.why()));
      case Place.Waits ignored -> {}
    }
  }

  private static void moveAway(Draft draft, Replica lost) {
    if (draft.place(lost.size(), List.of()) instanceof Place.At at) {
      draft.replace(lost, at);
    }
  }

  private static List<String> permitted(ClusterState.Live state, Replica replica) {
    if (state.managed().isEmpty()) {
      return replica.zonePinned() ? List.of(replica.zone()) : List.of();
    }
    return state
        .reconfiguration()
        .filter(underway -> GracefulReconfiguration.isPending(replica))
        .map(Reconfiguration::target)
        .map(ReconfigurationTarget::availabilityZones)
        .orElseGet(() -> state.managed().orElseThrow().availabilityZones());
  }
}
