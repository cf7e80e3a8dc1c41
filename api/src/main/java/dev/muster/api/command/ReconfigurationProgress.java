package dev.muster.api.command;

import java.util.OptionalInt;

/** How far a reconfiguration is that somebody waits for. */
public sealed interface ReconfigurationProgress {
  /**
   * The new replicas hydrate beside those that serve.
   *
   * @param hydrated new replicas that have hydrated, of {@code replicas}
   * @param percent of the objects of all new replicas, where that is known
   */
  record Hydrating(int hydrated, int replicas, OptionalInt percent)
      implements ReconfigurationProgress {}

  /**
   * The cut-over has happened.
   *
   * @param hydrated whether all new replicas served by then
   */
  record Finished(boolean hydrated) implements ReconfigurationProgress {}

  /** It will not come to its target; the rejection says why. */
  record Ended(Rejection rejection) implements ReconfigurationProgress {}
}
