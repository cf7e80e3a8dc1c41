package dev.muster.deploy;

import dev.muster.api.http.Health;
import java.util.Optional;
import java.util.function.Supplier;

/** What {@code /alive} and {@code /ready} say of this node. */
final class NodeHealth implements Health {
  private enum Phase {
    STARTING,
    SERVING,
    STOPPING
  }

  private volatile Phase phase = Phase.STARTING;
  private volatile Supplier<String> description = () -> "";

  /**
   * @param text {@code name=value} on each line, asked for each time
   */
  void describedBy(Supplier<String> text) {
    description = text;
  }

  @Override
  public String description() {
    return description.get();
  }

  void served() {
    phase = Phase.SERVING;
  }

  void stopping() {
    phase = Phase.STOPPING;
  }

  boolean isStopping() {
    return phase == Phase.STOPPING;
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
