package dev.muster.actors.host;

import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ReconfigurationFinished;
import dev.muster.journal.event.ClusterEvent.ReplicaAdded;
import dev.muster.journal.event.ClusterEvent.ReplicaDropped;
import dev.muster.journal.event.ClusterEvent.ReplicaPlaced;
import dev.muster.journal.event.ClusterEvent.ReplicaWaiting;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.Replica;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A replica that is to be placed. */
record Seeker(ReplicaId id, String zone, String size) {
  /**
   * What a decision asks for.
   *
   * @param going those that leave their places
   */
  record Exchange(Set<ReplicaId> going, Collection<Seeker> coming) {}

  static Exchange of(ClusterState state, List<ClusterEvent> events) {
    Set<ReplicaId> going = new HashSet<>();
    Map<ReplicaId, Seeker> coming = new LinkedHashMap<>();
    for (ClusterEvent event : events) {
      if (event instanceof ReplicaAdded added) {
        coming.put(added.id(), new Seeker(added.id(), added.zone(), added.size()));
      } else if (event instanceof ReplicaWaiting waiting) {
        coming.remove(waiting.id());
      } else if (event instanceof ReplicaPlaced placed) {
        coming.put(placed.id(), new Seeker(placed.id(), placed.zone(), size(state, placed.id())));
      } else if (event instanceof ReplicaDropped dropped) {
        coming.remove(dropped.id());
        going.add(dropped.id());
      } else if (event instanceof ReconfigurationFinished cutOver) {
        going.addAll(cutOver.retired());
      }
    }
    return new Exchange(going, coming.values());
  }

  private static String size(ClusterState state, ReplicaId id) {
    return state instanceof ClusterState.Live live
        ? live.replicas().stream()
            .filter(replica -> replica.id().equals(id))
            .map(Replica::size)
            .findFirst()
            .orElse("")
        : "";
  }
}
