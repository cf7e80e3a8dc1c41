package dev.muster.journal.verify;

import dev.muster.journal.chain.ChainHash;
import java.util.Optional;
import java.util.Set;

/** Follows one entity's chain, event by event. */
final class ChainCheck {
  private Set<String> before;
  private String stored;
  private boolean chained;
  private long unchained;

  ChainCheck(String persistenceId) {
    this.stored = ChainHash.genesis(persistenceId);
    this.before = Set.of(stored);
  }

  /** The stored hash of the last event; empty where there is none yet. */
  String head() {
    return chained ? stored : "";
  }

  long unchained() {
    return unchained;
  }

  /**
   * What is wrong with the next event, by its hash.
   *
   * @param afterGap whether something is missing before it, which is told already
   */
  Optional<String> next(RawEvent event, boolean afterGap) {
    if (event.hash().isEmpty()) {
      unchained++;
      return chained
          ? Optional.of(
              "carries no hash, though those before it do: it was put in, its hash was removed, or"
                  + " an older Muster wrote it")
          : Optional.empty();
    }
    boolean fits =
        before.stream().anyMatch(hash -> hash(hash, event).equals(event.hash())) || afterGap;
    // A hash that was itself changed must not make the event after it look changed.
    before = both(event.hash(), hash(stored, event));
    stored = event.hash();
    chained = true;
    return fits
        ? Optional.empty()
        : Optional.of(
            "is not what was journaled there: it was changed, put in, moved, or one before it was"
                + " taken away");
  }

  private static Set<String> both(String one, String other) {
    return one.equals(other) ? Set.of(one) : Set.of(one, other);
  }

  private static String hash(String previous, RawEvent event) {
    return ChainHash.next(previous, event.manifest(), event.payload());
  }
}
