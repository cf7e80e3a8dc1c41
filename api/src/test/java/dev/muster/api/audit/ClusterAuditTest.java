package dev.muster.api.audit;

import static java.util.stream.Collectors.toSet;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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

  /** The row that has the event's own time, and is the last. */
  private Optional<AuditEvent> next(ClusterEvent event, Origin by) {
    List<AuditEvent> rows = rows(event, by);
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getLast());
  }

  private List<AuditEvent> rows(ClusterEvent event, Origin by) {
    return audit.next(
        new Recorded<>(HybridTime.ofEpochMilli(millis++, 0), by, event), at -> "prod");
  }

  private static List<String> keys(AuditEvent event, String... keys) {
    return Stream.of(keys).map(key -> String.valueOf(event.details().get(key))).toList();
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
    Map<String, Object> details = new HashMap<>();
    details.put("cluster_id", "u7");
    details.put("cluster_name", "prod");
    details.put("replica_id", "u7-1");
    details.put("replica_name", "r1");
    details.put("logical_size", "25cc");
    details.put("disk", true);
    details.put("billed_as", null);
    details.put("internal", false);
    details.put("availability_zone", "az1");
    details.put("credits_per_hour", new BigDecimal("0.25"));
    details.put("reason", "manual");
    assertEquals(details, event.details());
  }

  @Test
  void whatMusterHasForItselfCostsNothingUnlessItIsBilledAsASize() {
    assertEquals(BigDecimal.ZERO, creditsOfInternal(Optional.empty()));
    assertEquals(new BigDecimal("32"), creditsOfInternal(Optional.of("100cc")));
  }

  private Object creditsOfInternal(Optional<String> billedAs) {
    return next(new ClusterEvent.ReplicaAdded(
            FIRST,
            "r1",
            "25cc",
            new BigDecimal("32"),
            "az1",
            false,
            ReplicaSettings.DEFAULT,
            true,
            billedAs,
            Reason.MANUAL))
        .orElseThrow()
        .details()
        .get("credits_per_hour");
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
  void eachReplicaThatACutOverRetiresOrPromotesHasARowOfItsOwnRightBefore() {
    next(added(FIRST, "r1", Reason.MANUAL));
    next(new ClusterEvent.CommentChanged(Optional.of(FIRST), Optional.of("the old one")));
    next(added(SECOND, "r1-pending", Reason.RECONFIGURATION));
    List<AuditEvent> rows =
        rows(
            new ClusterEvent.ReconfigurationFinished(
                target("25cc"),
                target("50cc"),
                true,
                List.of(new ReplicaPromotion(SECOND, "r1-pending", "r1")),
                List.of(FIRST)),
            PSQL);
    assertEquals(
        List.of("drop cluster-replica", "alter cluster-replica", "alter cluster"),
        rows.stream().map(row -> row.eventType() + " " + row.objectType()).toList());
    HybridTime own = rows.getLast().at();
    assertEquals(
        List.of(own.earlier(2), own.earlier(1), own), rows.stream().map(AuditEvent::at).toList());
    assertEquals(
        List.of("u7", "prod", "u7-1", "r1", "25cc", "true", "null", "false", "retired"),
        keys(
            rows.get(0),
            "cluster_id",
            "cluster_name",
            "replica_id",
            "replica_name",
            "logical_size",
            "disk",
            "billed_as",
            "internal",
            "reason"));
    assertEquals(List.of("the old one"), keys(rows.get(0), "comment"));
    assertEquals(
        List.of("u7", "prod", "u7-2", "r1", "r1-pending", "r1", "reconfiguration"),
        keys(
            rows.get(1),
            "cluster_id",
            "cluster_name",
            "replica_id",
            "replica_name",
            "old_name",
            "new_name",
            "reason"));
    assertEquals(Set.of("ada"), rows.stream().map(row -> row.by().role()).collect(toSet()));
  }

  @Test
  void aCutOverOfAJournalWithoutTimesForItsReplicasIsOneRow() {
    next(added(FIRST, "r1", Reason.MANUAL));
    assertEquals(
        1,
        rows(
                new ClusterEvent.ReconfigurationFinished(
                    target("25cc"), target("50cc"), true, List.of(), List.of(FIRST), false),
                PSQL)
            .size());
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
