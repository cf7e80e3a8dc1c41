package dev.muster.journal.codec;

import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import java.util.List;

/** How the journal calls the snapshots. */
public final class SnapshotTypes {
  public static final List<WireType> TABLE =
      List.of(
          WireType.of(ClusterState.class, "cluster-state"),
          WireType.of(EnvironmentState.class, "environment-state"));

  private SnapshotTypes() {}
}
