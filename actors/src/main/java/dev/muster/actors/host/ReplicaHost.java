package dev.muster.actors.host;

import dev.muster.journal.state.ReplicaProgress;
import java.util.Optional;

/** Where a replica runs, as far as the journal knows. Pure. */
public final class ReplicaHost {
  private ReplicaHost() {}

  /** The name of its host; empty where it does not run. */
  public static Optional<String> of(ReplicaProgress progress) {
    return switch (progress) {
      case ReplicaProgress.Hydrating hydrating -> Optional.of(hydrating.host());
      case ReplicaProgress.Online online -> Optional.of(online.host());
      case ReplicaProgress.Pending ignored -> Optional.empty();
      case ReplicaProgress.Failed ignored -> Optional.empty();
    };
  }
}
