package dev.muster.api.catalog.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.journal.event.ClusterEvent.ReplicaAdded;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.event.ReplicaWait;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplicaLifeTest {
  private static final ClusterId CLUSTER = ClusterId.user(1);
  private static final int OCCURRED_AT = 3;
  private static final int STATE = 4;

  private static List<Object> told(List<Object> row) {
    return List.of(row.get(STATE), row.get(OCCURRED_AT));
  }

  /** What finds no place is added and waits in one write. */
  @Test
  void transitionsOfOneInstantAreToldApartInTheirOrder() {
    Instant at = Instant.ofEpochMilli(9);
    ReplicaLife life =
        new ReplicaLife(
            CLUSTER,
            new ReplicaAdded(
                ReplicaId.of(CLUSTER, 1),
                "r1",
                "small",
                BigDecimal.ONE,
                "az1",
                false,
                ReplicaSettings.DEFAULT,
                false,
                Optional.empty(),
                Reason.MANUAL),
            at);
    HistoryRows rows = new HistoryRows();
    life.placing(HybridTime.ofEpochMilli(9, 0), rows);
    life.waiting(
        new ReplicaWait(ReplicaWait.Kind.NO_CAPACITY, Optional.empty()),
        HybridTime.ofEpochMilli(9, 1),
        rows);
    life.placing(HybridTime.ofEpochMilli(10, 0), rows);
    assertEquals(
        List.of(
            List.of("placing", at),
            List.of("waiting", at.plusNanos(1_000)),
            List.of("placing", Instant.ofEpochMilli(10))),
        rows.statuses().stream().map(ReplicaLifeTest::told).toList());
  }
}
