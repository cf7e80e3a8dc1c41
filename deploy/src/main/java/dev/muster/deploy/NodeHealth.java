package dev.muster.deploy;

import dev.muster.api.http.Health;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What {@code /alive} and {@code /ready} say of this node. Safe for use by many threads. */
final class NodeHealth implements Health {
  private enum Phase {
    STARTING,
    SERVING,
    STOPPING
  }

  private volatile Phase phase = Phase.STARTING;
  private volatile Supplier<String> description = () -> "";
  private volatile Supplier<String> states = () -> "";
  private volatile Supplier<List<String>> restrictions = List::of;
  private volatile Supplier<Optional<String>> ended = Optional::empty;
  private volatile Supplier<Optional<String>> hindrance = Optional::empty;

  /**
   * @param text {@code name=value} on each line, asked for each time
   */
  void describedBy(Supplier<String> text) {
    description = text;
  }

  /**
   * @param text asked for each time
   */
  void statesBy(Supplier<String> text) {
    states = text;
  }

  /**
   * @param why what has ended that the node cannot be without; asked while the node is not being
   *     stopped
   */
  void aliveUnless(Supplier<Optional<String>> why) {
    ended = why;
  }

  /**
   * @param why what keeps the node from serving; asked once it has served
   */
  void readyUnless(Supplier<Optional<String>> why) {
    hindrance = why;
  }

  /**
   * @param lines what it cannot do though it is ready; asked for each time
   */
  void restrictedBy(Supplier<List<String>> lines) {
    restrictions = lines;
  }

  @Override
  public List<String> restrictions() {
    return restrictions.get();
  }

  @Override
  public String description() {
    return description.get();
  }

  @Override
  public String states() {
    return states.get();
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
    return isStopping() ? Optional.empty() : ended.get();
  }

  @Override
  public Optional<String> notReadyBecause() {
    return switch (phase) {
      case STARTING -> Optional.of("starting");
      case SERVING -> ended.get().or(hindrance);
      case STOPPING -> Optional.of("stopping");
    };
  }
}
