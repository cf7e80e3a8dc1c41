package dev.muster.journal.codec;

import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import java.util.List;

/** How the journal calls the snapshots. */
public final class SnapshotTypes {
  public static final List<WireType> TABLE =
      List.of(
          // Version 2 knows of reconfigurations. Those of version 1 had none: nothing to change.
          // Version 3 knows of replicas that wait for a place; so here.
          // Version 4 knows more of how a replica hydrated and why it fails; of older ones nothing.
          WireType.of(ClusterState.class, "cluster-state")
              .then(old -> old)
              .then(old -> old)
              .then(old -> old),
          // Version 2 knows of zones that are out of service.
          WireType.of(EnvironmentState.class, "environment-state")
              .then(
                  old -> {
                    old.putArray("zoneOutages");
                    return old;
                  }));

  private SnapshotTypes() {}
}
