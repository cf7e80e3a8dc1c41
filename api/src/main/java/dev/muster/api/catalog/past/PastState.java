package dev.muster.api.catalog.past;

import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.CatalogStore;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.read.JournalReader;
import dev.muster.journal.read.JournalReader.Sequenced;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Folds a journal to a snapshot. Blocks, and fails as the journal's stages do. */
public final class PastState {
  /** Entities that are read at once. */
  private static final int PARALLEL_READS = 16;

  private final JournalReader journal;
  private final Patience patience;
  private final CatalogStore store = new CatalogStore();
  private final Deque<Read> underWay = new ArrayDeque<>();

  private record Read(ClusterId id, CompletionStage<List<Sequenced<ClusterEvent>>> events) {}

  private PastState(JournalReader journal, Patience patience) {
    this.journal = journal;
    this.patience = patience;
  }

  /** The state after all events of the journal. */
  public static CatalogSnapshot of(JournalReader journal) {
    return of(journal, new Patience());
  }

  /** Likewise, as long as whoever asked wants it. */
  public static CatalogSnapshot of(JournalReader journal, Patience patience) {
    return new PastState(journal, patience).fold();
  }

  private CatalogSnapshot fold() {
    EnvironmentState environment = EnvironmentState.EMPTY;
    long number = 0;
    for (Sequenced<EnvironmentEvent> event :
        patience.await(journal.environment(1, Long.MAX_VALUE))) {
      Recorded<EnvironmentEvent> recorded = event.recorded();
      environment = environment.evolve(recorded.at(), recorded.event());
      number = event.sequenceNumber();
    }
    store.publish(environment, number);
    for (ClusterId id : environment.clusters().keySet()) {
      underWay.add(new Read(id, journal.cluster(id, 1, Long.MAX_VALUE)));
      if (underWay.size() >= PARALLEL_READS) {
        finish(underWay.remove());
      }
    }
    while (!underWay.isEmpty()) {
      finish(underWay.remove());
    }
    return store.snapshot();
  }

  private void finish(Read read) {
    ClusterState state = new ClusterState.Absent();
    long number = 0;
    for (Sequenced<ClusterEvent> event : patience.await(read.events())) {
      state = state.evolve(event.recorded().at(), event.recorded().event());
      number = event.sequenceNumber();
    }
    if (number > 0) {
      store.publish(read.id(), state, number);
    }
  }
}
