package dev.muster.actors.simulation;

import java.util.Optional;

/**
 * Why the world is not at rest yet.
 *
 * @param invariant the number of what is violated if it never comes to rest
 */
record Unrest(int invariant, String why) {
  static Optional<Unrest> of(int invariant, String why) {
    return Optional.of(new Unrest(invariant, why));
  }
}
