package dev.muster.api.catalog.past;

import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.read.JournalReader;
import dev.muster.journal.state.ClusterEntry;
import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Folds a journal to a snapshot, once. Blocks, and fails as the journal's stages do. */
public final class PastState {
  private static final Instant END = Instant.ofEpochMilli(Long.MAX_VALUE);

  private PastState() {}

  /**
   * The state after all events of the journal.
   *
   * @throws dev.muster.api.CatalogIncompleteException where some cluster's cannot be read
   */
  public static CatalogSnapshot of(JournalReader journal) {
    CatalogSnapshot state = readable(journal);
    state.requireWhole();
    return state;
  }

  /** The same of all that can be read; the clusters that cannot are damaged in it. */
  public static CatalogSnapshot readable(JournalReader journal) {
    return new PastFold(journal)
        .moveTo(new PastFold.Target(END, CatalogSnapshot.EMPTY), new Patience());
  }

  /**
   * Makes sure that the clusters that are asked for can be read in all of the states, by any name
   * that they have in one of them.
   *
   * @throws dev.muster.api.CatalogIncompleteException where one cannot
   */
  public static void requireReadable(Predicate<String> names, CatalogSnapshot... states) {
    Set<ClusterId> askedFor =
        Stream.of(states).flatMap(state -> named(names, state)).collect(Collectors.toSet());
    for (CatalogSnapshot state : states) {
      state.requireReadable(askedFor);
    }
  }

  private static Stream<ClusterId> named(Predicate<String> names, CatalogSnapshot state) {
    return state.environment().state().clusters().values().stream()
        .filter(entry -> names.test(entry.name()))
        .map(ClusterEntry::id);
  }
}
