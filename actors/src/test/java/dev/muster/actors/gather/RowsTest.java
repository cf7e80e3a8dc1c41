package dev.muster.actors.gather;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.muster.api.catalog.Published;
import dev.muster.journal.event.ClusterConfiguration;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.state.ClusterState;
import org.junit.jupiter.api.Test;

class RowsTest {
  private static final ClusterId ID = ClusterId.user(1);
  private final Rows rows = new Rows();

  private static Published<ClusterState> published(ClusterId id) {
    return new Published<>(
        new ClusterState.Absent()
            .evolve(
                HybridTime.ofEpochMilli(1, 0),
                new ClusterEvent.ClusterCreated(id, new ClusterConfiguration.Unmanaged())),
        1,
        1);
  }

  @Test
  void whatWasPublishedOnceIsEncodedOnce() {
    Published<ClusterState> published = published(ID);

    assertSame(rows.of(ID.value(), published), rows.of(ID.value(), published));
  }

  /** Even under the same number: what a replica does between two events is shown too. */
  @Test
  void whatWasPublishedAnewIsEncodedAnew() {
    assertNotSame(rows.of(ID.value(), published(ID)), rows.of(ID.value(), published(ID)));
  }

  @Test
  void whatIsOursIsNotDecoded() {
    Published<ClusterState> published = published(ID);

    assertSame(published.state(), rows.state(rows.of(ID.value(), published)));
  }

  @Test
  void whatComesFromElsewhereIsDecoded() {
    Published<ClusterState> published = published(ID);
    CatalogPart.Row theirs = new Rows().of(ID.value(), published);
    rows.of(ID.value(), published(ID));

    assertNotSame(published.state(), rows.state(theirs));
    assertEquals(published.state(), rows.state(theirs));
  }

  @Test
  void whatIsKeptNoLongerIsDecoded() {
    Published<ClusterState> published = published(ID);
    CatalogPart.Row row = rows.of(ID.value(), published);
    for (int other = 2; other < 2000; other++) {
      ClusterId id = ClusterId.user(other);
      rows.of(id.value(), published(id));
    }

    assertEquals(published.state(), rows.state(row));
  }
}
