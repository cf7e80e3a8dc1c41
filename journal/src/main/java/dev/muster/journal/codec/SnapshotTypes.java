package dev.muster.journal.codec;

import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import java.util.List;

/** How the journal calls the snapshots. */
public final class SnapshotTypes {
  public static final List<WireType> TABLE =
      List.of(
          // Version 2 knows of reconfigurations, 3 of replicas that wait for a place, 4 more of how
          // a replica hydrated and why it fails, 5 of scaling, 6 of when a replica came to be as it
          // is. Of older ones nothing is known of it.
          WireType.of(ClusterState.class, "cluster-state")
              .then(old -> old)
              .then(old -> old)
              .then(old -> old)
              .then(old -> old)
              .then(old -> old),
          // Version 2 knows of zones that are out of service, version 3 of ranges of sizes,
          // version 4 of system parameters.
          WireType.of(EnvironmentState.class, "environment-state")
              .then(
                  old -> {
                    old.putArray("zoneOutages");
                    return old;
                  })
              .then(old -> old)
              .then(
                  old -> {
                    old.putObject("parameters");
                    return old;
                  }));

  private SnapshotTypes() {}
}
