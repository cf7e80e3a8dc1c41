package dev.muster.api.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.muster.journal.event.ClusterConfiguration;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReconfigurationTarget;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaPromotion;
import dev.muster.journal.event.ReplicaSettings;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Given events of a cluster, then what the audit log says of the last. */
class ClusterAuditTest {
  private static final ClusterId ID = ClusterId.user(7);
  private static final ReplicaId FIRST = ReplicaId.of(ID, 1);
  private static final ReplicaId SECOND = ReplicaId.of(ID, 2);
  private static final Origin PSQL =
      new Origin(
          "ada",
          Optional.of("10.0.0.7"),
          Optional.of("psql"),
          Optional.of("DROP CLUSTER REPLICA prod.r1"));

  private final ClusterAudit audit = new ClusterAudit(ID);
  private long millis = 1_790_000_000_000L;

  private Optional<AuditEvent> next(ClusterEvent event) {
    return next(event, Origin.SYSTEM);
  }

  private Optional<AuditEvent> next(ClusterEvent event, Origin by) {
    return audit.next(new Recorded<>(HybridTime.ofEpochMilli(millis++, 0), by, event), "prod");
  }

  private static ClusterEvent added(ReplicaId id, String name, Reason reason) {
    return new ClusterEvent.ReplicaAdded(
        id,
        name,
        "25cc",
        new BigDecimal("0.25"),
        "az1",
        false,
        ReplicaSettings.DEFAULT,
        false,
        Optional.empty(),
        reason);
  }

  private static ReconfigurationTarget target(String size) {
    return new ReconfigurationTarget(size, 1, List.of(), ReplicaSettings.DEFAULT);
  }

  @Test
  void aReplicaIsCreatedWithTheKeysOfTheReferenceSystem() {
    AuditEvent event = next(added(FIRST, "r1", Reason.MANUAL)).orElseThrow();
    assertEquals("create", event.eventType());
    assertEquals("cluster-replica", event.objectType());
    assertEquals(
        Map.of(
            "cluster_id", "u7",
            "cluster_name", "prod",
            "replica_id", "u7-1",
            "replica_name", "r1",
            "logical_size", "25cc",
            "disk", true,
            "internal", false,
            "availability_zone", "az1",
            "credits_per_hour", new BigDecimal("0.25"),
            "reason", "manual"),
        event.details());
  }

  @Test
  void anEventSaysWhoFromWhereWithWhatAndWhy() {
    next(added(FIRST, "r1", Reason.MANUAL));
    AuditEvent event =
        next(new ClusterEvent.ReplicaDropped(FIRST, Reason.MANUAL), PSQL).orElseThrow();
    assertEquals("ada", event.by().role());
    assertEquals("r1", event.details().get("replica_name"));
    assertEquals("10.0.0.7", event.details().get("address"));
    assertEquals("psql", event.details().get("application_name"));
    assertEquals("DROP CLUSTER REPLICA prod.r1", event.details().get("statement"));
    assertEquals("manual", event.details().get("reason"));
  }

  @Test
  void aChangeSaysWhatWasAndWhatIs() {
    AuditEvent event = next(new ClusterEvent.SizeChanged("25cc", "50cc")).orElseThrow();
    assertEquals(List.of("alter", "cluster"), List.of(event.eventType(), event.objectType()));
    assertEquals("25cc", event.details().get("old_size"));
    assertEquals("50cc", event.details().get("new_size"));
  }

  @Test
  void theCutOverSaysWhichReplicasItRetiresAndPromotes() {
    next(added(FIRST, "r1", Reason.MANUAL));
    next(added(SECOND, "r1-pending", Reason.RECONFIGURATION));
    AuditEvent event =
        next(new ClusterEvent.ReconfigurationFinished(
                target("25cc"),
                target("50cc"),
                true,
                List.of(new ReplicaPromotion(SECOND, "r1-pending", "r1")),
                List.of(FIRST)))
            .orElseThrow();
    assertEquals("reconfiguration", event.details().get("reason"));
    assertEquals("50cc", event.details().get("new_size"));
    assertEquals(
        List.of(Map.of("replica_id", "u7-1", "replica_name", "r1")),
        event.details().get("retired"));
    assertEquals(
        List.of(Map.of("replica_id", "u7-2", "old_name", "r1-pending", "new_name", "r1")),
        event.details().get("promoted"));
    AuditEvent drop = next(new ClusterEvent.ReplicaDropped(SECOND, Reason.MANUAL)).orElseThrow();
    assertEquals("r1", drop.details().get("replica_name"));
  }

  @Test
  void aRemovedCommentIsSaidToBeNone() {
    AuditEvent event =
        next(new ClusterEvent.CommentChanged(Optional.empty(), Optional.empty())).orElseThrow();
    assertEquals("comment", event.eventType());
    assertEquals(Set.of(true), Set.of(event.details().containsKey("comment")));
    assertEquals(null, event.details().get("comment"));
  }

  @Test
  void whatIsNoChangeIsNotInTheLog() {
    next(new ClusterEvent.ClusterCreated(ID, new ClusterConfiguration.Unmanaged()));
    next(added(FIRST, "r1", Reason.MANUAL));
    assertFalse(next(new ClusterEvent.ReplicaStarted(FIRST, 1, "host", 4711)).isPresent());
  }
}
