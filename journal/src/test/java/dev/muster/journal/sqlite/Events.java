package dev.muster.journal.sqlite;

import dev.muster.journal.event.ClusterConfiguration;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaSettings;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Events that follow each other, for tests that care about where they are kept only. */
final class Events {
  private static final AtomicLong TIME = new AtomicLong();

  private Events() {}

  static ClusterEvent created(ClusterId id) {
    return new ClusterEvent.ClusterCreated(id, new ClusterConfiguration.Unmanaged());
  }

  static ClusterEvent added(ClusterId id, long number) {
    return new ClusterEvent.ReplicaAdded(
        ReplicaId.of(id, number),
        "r" + number,
        "25cc",
        new BigDecimal("0.250"),
        "az1",
        false,
        ReplicaSettings.DEFAULT,
        false,
        Optional.empty(),
        Reason.MANUAL);
  }

  static Recorded<ClusterEvent> recorded(ClusterEvent event) {
    return new Recorded<>(
        HybridTime.ofEpochMilli(1_790_000_000_000L + TIME.incrementAndGet(), 0),
        Origin.SYSTEM,
        event);
  }
}
