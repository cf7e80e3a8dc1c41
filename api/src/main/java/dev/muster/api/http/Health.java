package dev.muster.api.http;

import java.util.List;
import java.util.Optional;

/** How this node is. Asked from any thread; must answer at once. */
public interface Health {
  /**
   * Why this process should be restarted, in a sentence for an operator; empty while it should not.
   */
  Optional<String> notAliveBecause();

  /** Why it should get no work now, in a sentence for an operator; empty while it can serve. */
  Optional<String> notReadyBecause();

  /**
   * What it cannot do though it is ready, each a line for an operator: what concerns some of its
   * work, and would be no better elsewhere.
   */
  default List<String> restrictions() {
    return List.of();
  }

  /** What this node is and has, {@code name=value} on each line. */
  default String description() {
    return "";
  }

  /**
   * What the entities are that live on this node: for whoever verifies the journal. On the first
   * line what this is, on each other an entity, the number of its last event, and a digest of its
   * state; neither shows what is in it.
   */
  default String states() {
    return "";
  }
}
