package dev.muster.deploy;

import dev.muster.api.http.Health;
import java.util.Optional;

/** What {@code /alive} and {@code /ready} say of this node. */
final class NodeHealth implements Health {
  private enum Phase {
    STARTING,
    SERVING,
    STOPPING
  }

  private volatile Phase phase = Phase.STARTING;

  void served() {
    phase = Phase.SERVING;
  }

  void stopping() {
    phase = Phase.STOPPING;
  }

  @Override
  public Optional<String> notAliveBecause() {
    return Optional.empty();
  }

  @Override
  public Optional<String> notReadyBecause() {
    return switch (phase) {
      case STARTING -> Optional.of("starting");
      case SERVING -> Optional.empty();
      case STOPPING -> Optional.of("stopping");
    };
  }
}
