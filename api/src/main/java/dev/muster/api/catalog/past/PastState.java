package dev.muster.api.catalog.past;

import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.journal.read.JournalReader;
import java.time.Instant;

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
}
