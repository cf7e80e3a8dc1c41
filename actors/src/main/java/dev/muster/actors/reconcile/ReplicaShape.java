package dev.muster.actors.reconcile;

import dev.muster.actors.placement.Zones;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.state.Replica;
import java.util.List;

/**
 * What replicas that can stand in for each other have in common.
 *
 * @param availabilityZones where they may be; empty means anywhere
 */
public record ReplicaShape(String size, List<String> availabilityZones, ReplicaSettings settings) {
  public ReplicaShape {
    availabilityZones = List.copyOf(availabilityZones);
  }

  public static ReplicaShape of(Managed configuration) {
    return new ReplicaShape(
        configuration.size(), configuration.availabilityZones(), configuration.settings());
  }

  /** Whether a replica is of this shape. */
  public boolean fits(Replica replica, Zones zones) {
    return fitsAnywhere(replica) && zones.permitted(availabilityZones).contains(replica.zone());
  }

  /** Whether it would be of this shape in another zone. */
  boolean fitsAnywhere(Replica replica) {
    return replica.size().equals(size) && replica.settings().equals(settings);
  }
}
