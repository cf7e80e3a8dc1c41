package dev.muster.api.sql.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.Explanation;
import dev.muster.api.command.Explanation.Deadline;
import dev.muster.api.command.Explanation.Moment;
import dev.muster.api.command.Explanation.Outlook;
import dev.muster.api.command.Explanation.Phase;
import dev.muster.api.command.Explanation.PlannedRename;
import dev.muster.api.command.Explanation.PlannedReplica;
import dev.muster.api.command.Explanation.Serving;
import dev.muster.api.command.Explanation.Warning;
import dev.muster.api.command.Notice;
import dev.muster.api.command.Rejection;
import dev.muster.api.command.Reply;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.sql.Talk;
import dev.muster.journal.event.OnTimeout;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.ReplicaWait;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExplainStatementTest {
  private static final Explanation.Planned NOTHING =
      new Explanation.Planned(
          List.of(), List.of(), only(Serving.CONTINUES), BigDecimal.ONE, List.of());

  private final Talk talk = new Talk();

  private static PlannedReplica replica(String name, String size, String credits) {
    return new PlannedReplica("quickstart", name, size, "az1", new BigDecimal(credits));
  }

  private static List<Outlook> only(Serving serving, Warning... warnings) {
    return List.of(new Outlook("quickstart", serving, List.of(warnings)));
  }

  private String explained(String statement) {
    StringBuilder text = new StringBuilder();
    talk.rows("EXPLAIN " + statement).forEach(row -> text.append(row.getFirst()).append('\n'));
    return text.toString();
  }

  @Test
  void aPlanReadsFromTopToBottom() {
    talk.muster.willExplain(
        new Explanation.Planned(
            List.of(
                new Phase(
                    Moment.AT_ONCE,
                    List.of("cluster.reconfiguration-started", "cluster.replica-added"),
                    List.of(replica("r1-pending", "medium", "0.50")),
                    List.of(),
                    List.of(),
                    new BigDecimal("0.75")),
                new Phase(
                    Moment.ONCE_HYDRATED,
                    List.of("cluster.reconfiguration-finished"),
                    List.of(),
                    List.of(replica("r1", "25cc", "0.25")),
                    List.of(new PlannedRename("quickstart", "r1-pending", "r1")),
                    new BigDecimal("0.50"))),
            List.of(),
            only(Serving.CONTINUES, Warning.NO_REDUNDANCY),
            new BigDecimal("0.25"),
            List.of(new Notice.ZoneSpreadNotGuaranteed("medium"))));
    assertEquals(
        """
        At once:
          add     quickstart.r1-pending  size medium  zone az1  0.5 credits per hour
          event   cluster.reconfiguration-started
          event   cluster.replica-added
        Once all new replicas have hydrated:
          drop    quickstart.r1  size 25cc  zone az1  0.25 credits per hour
          rename  quickstart.r1-pending to r1
          event   cluster.reconfiguration-finished
        Serving: not interrupted
        Credits per hour: 0.25 now, 0.75 at once, 0.5 in the end (+0.25)
        Warning: one replica has no redundancy: its failure interrupts serving
        Notice: replicas of size medium are spread over the availability zones as well as can be, but evenness is not guaranteed above 3200cc
        """,
        explained("ALTER CLUSTER quickstart SET (SIZE 'medium')"));
    assertInstanceOf(ClusterCommand.Alter.class, talk.muster.onlyCommand());
  }

  @Test
  void whoeverIsAskedToExplainKnowsAUserFromMusterItself() {
    Talk internal = new Talk("mz_system", Map.of());
    internal.muster.willExplain(NOTHING);
    internal.rows("EXPLAIN ALTER CLUSTER quickstart SET (SIZE 'medium')");
    assertNotEquals(Origin.SYSTEM, internal.muster.asked().getFirst().origin());
  }

  @Test
  void whatEndsServingCannotBeOverlooked() {
    talk.muster.willExplain(
        new Explanation.Planned(
            List.of(
                new Phase(
                    Moment.AT_ONCE,
                    List.of("cluster.dropped"),
                    List.of(),
                    List.of(replica("r1", "25cc", "0.25")),
                    List.of(),
                    BigDecimal.ZERO)),
            List.of(),
            only(Serving.ENDS),
            new BigDecimal("0.25"),
            List.of()));
    assertEquals(
        """
        At once:
          drop    quickstart.r1  size 25cc  zone az1  0.25 credits per hour
          event   cluster.dropped
        Serving: ENDS: no replica is left
        Credits per hour: 0.25 now, 0 at once (-0.25)
        """,
        explained("DROP CLUSTER quickstart"));
    assertInstanceOf(EnvironmentCommand.DropClusters.class, talk.muster.onlyCommand());
  }

  private static Phase phase(Moment moment, String credits, String... events) {
    return new Phase(
        moment, List.of(events), List.of(), List.of(), List.of(), new BigDecimal(credits));
  }

  @Test
  void theDeadlineIsAnAlternativeWithItsOwnEnd() {
    talk.muster.willExplain(
        new Explanation.Planned(
            List.of(
                phase(Moment.AT_ONCE, "6", "cluster.reconfiguration-started"),
                phase(Moment.ONCE_PLACED, "6", "cluster.replica-placed"),
                phase(Moment.ONCE_PLACED_AND_HYDRATED, "5", "cluster.reconfiguration-finished"),
                phase(Moment.ONCE_LINGERED, "4", "cluster.burst-ended")),
            List.of(
                new Deadline(
                    "quickstart",
                    Duration.ofSeconds(5),
                    OnTimeout.COMMIT,
                    phase(Moment.AT_DEADLINE, "4", "cluster.reconfiguration-finished"))),
            only(Serving.AT_RISK, Warning.REPLICA_WAITS, Warning.FORCED_AT_DEADLINE),
            new BigDecimal("2"),
            List.of()));
    assertEquals(
        """
        At once:
          event   cluster.reconfiguration-started
        Once what waits has a place:
          event   cluster.replica-placed
        Once all new replicas have a place and have hydrated:
          event   cluster.reconfiguration-finished
        Once the linger duration is over:
          event   cluster.burst-ended
        If they have not within 00:00:05 (ON TIMEOUT COMMIT):
          event   cluster.reconfiguration-finished
        Serving: INTERRUPTED if no new replica has hydrated by the deadline
        Credits per hour: 2 now, 6 at once, 6 then, 5 then, 4 in the end (+2); 4 after the deadline (+2)
        Warning: a replica has no place: it neither starts nor hydrates before it has one
        Warning: at the deadline the new replicas take over, hydrated or not: the cluster serves nothing until one has
        """,
        explained("ALTER CLUSTER quickstart SET (SIZE 'medium') WITH (WAIT FOR '5s')"));
  }

  @Test
  void whatConcernsNoReplicaHasNoWordOfServingAndCredits() {
    talk.muster.willExplain(
        new Explanation.Planned(
            List.of(phase(Moment.AT_ONCE, "0", "environment.role-comment-changed")),
            List.of(),
            List.of(),
            BigDecimal.ZERO,
            List.of()));
    assertEquals(
        "At once:\n  event   environment.role-comment-changed\n",
        explained("COMMENT ON ROLE materialize IS 'x'"));
  }

  private static Outlook of(String cluster, Serving serving, Warning... warnings) {
    return new Outlook(cluster, serving, List.of(warnings));
  }

  private static PlannedReplica in(List<String> zones, Optional<ReplicaWait> waits) {
    return new PlannedReplica(
        "a",
        "r1",
        "25cc",
        zones.getFirst(),
        zones.subList(1, zones.size()),
        new BigDecimal("0.25"),
        waits);
  }

  @Test
  void ofSeveralClustersEachLineSaysWhomItIsAbout() {
    talk.muster.willExplain(
        new Explanation.Planned(
            List.of(
                new Phase(
                    Moment.AT_ONCE,
                    List.of("environment.zone-taken-out"),
                    List.of(in(List.of("az2", "az3"), Optional.empty())),
                    List.of(in(List.of("az3"), Optional.empty())),
                    List.of(),
                    List.of(),
                    new BigDecimal("2"))),
            List.of(
                new Deadline(
                    "B",
                    Duration.ofSeconds(5),
                    OnTimeout.ROLLBACK,
                    phase(Moment.AT_DEADLINE, "1.5", "cluster.reconfiguration-timed-out"))),
            List.of(
                of("a", Serving.CONTINUES, Warning.NO_REDUNDANCY),
                of("B", Serving.INTERRUPTED, Warning.NO_REDUNDANCY, Warning.ROOM_CONTESTED),
                of("c", Serving.CONTINUES)),
            new BigDecimal("2"),
            List.of()));
    assertEquals(
        """
        At once:
          add     a.r1  size 25cc  zone az2 or az3  0.25 credits per hour
          place   a.r1  size 25cc  zone az3  0.25 credits per hour
          event   environment.zone-taken-out
        If those of "B" have not within 00:00:05 (ON TIMEOUT ROLLBACK):
          event   cluster.reconfiguration-timed-out
        Serving of "B": INTERRUPTED until a new replica has hydrated
        Serving of a, c: not interrupted
        Credits per hour: 2 now, 2 at once (0); 1.5 after the deadline of "B" (-0.5)
        Warning for a, "B": one replica has no redundancy: its failure interrupts serving
        Warning for "B": several clusters want the same room: who comes first has it, and what finds none waits or stays where it is
        """,
        explained("ALTER AVAILABILITY ZONE az1 SET OFFLINE"));
  }

  /** The statement does not name the cluster, even where it concerns only one. */
  @Test
  void aZoneNamesTheOnlyClusterThatItConcerns() {
    talk.muster.willExplain(
        new Explanation.Planned(
            List.of(phase(Moment.AT_ONCE, "1", "environment.zone-taken-out")),
            List.of(),
            only(Serving.INTERRUPTED, Warning.REPLICA_WAITS),
            BigDecimal.ONE,
            List.of()));
    assertEquals(
        """
        At once:
          event   environment.zone-taken-out
        Serving of quickstart: INTERRUPTED until a new replica has hydrated
        Credits per hour: 1 now, 1 at once (0)
        Warning for quickstart: a replica has no place: it neither starts nor hydrates before it has one
        """,
        explained("ALTER AVAILABILITY ZONE az1 SET OFFLINE"));
  }

  @Test
  void noNameBreaksALineOrIsMisread() {
    talk.muster.willExplain(
        new Explanation.Planned(
            List.of(
                new Phase(
                    Moment.AT_ONCE,
                    List.of(),
                    List.of(),
                    List.of(
                        new PlannedReplica("a\"b'c;--", "r 2", "25cc", "az1", BigDecimal.ONE),
                        new PlannedReplica("a\nb", "r1-pending", "25cc", "az1", BigDecimal.ONE)),
                    List.of(new PlannedRename("Prod", "r1-pending", "r 1")),
                    BigDecimal.ZERO)),
            List.of(),
            only(Serving.ENDS),
            BigDecimal.TWO,
            List.of(new Notice.ClusterDoesNotExist("x\ny"))));
    assertEquals(
        """
        At once:
          drop    "a""b'c;--"."r 2"  size 25cc  zone az1  1 credits per hour
          drop    "a\\000ab".r1-pending  size 25cc  zone az1  1 credits per hour
          rename  "Prod".r1-pending to "r 1"
        Serving: ENDS: no replica is left
        Credits per hour: 2 now, 0 at once (-2)
        Notice: cluster "x\\000ay" does not exist, skipping
        """,
        explained("DROP CLUSTER quickstart"));
  }

  @Test
  void nothingToDoSaysWhy() {
    talk.muster.willExplain(
        new Explanation.Planned(
            List.of(),
            List.of(),
            List.of(),
            BigDecimal.ZERO,
            List.of(new Notice.ClusterAlreadyExists("quickstart"))));
    assertEquals(
        """
        Nothing is to be done.
        Notice: cluster "quickstart" already exists, skipping
        """,
        explained("CREATE CLUSTER IF NOT EXISTS quickstart (SIZE 'small')"));
  }

  @Test
  void aRefusalNamesTheClusterAsTheStatementDoes() {
    Rejection taken = new Rejection.ReplicaNameTaken("r1");
    String create = "CREATE CLUSTER q (REPLICAS (r1 (SIZE 'small'), r1 (SIZE 'small')))";
    talk.muster.willExplain(new Explanation.Refused(taken));
    talk.muster.willReply(CompletableFuture.completedStage(new Reply.Refused(taken)));
    String refusal = talk.fails("EXPLAIN " + create).message();
    assertEquals(talk.fails(create).message(), refusal);
    assertTrue(refusal.contains("'q'"), refusal);
  }

  @Test
  void nothingToDoIsSaid() {
    talk.muster.willExplain(NOTHING);
    assertEquals(
        "Nothing is to be done.\n",
        explained("ALTER CLUSTER quickstart SET (REPLICATION FACTOR 1)"));
    assertEquals("Nothing is to be done.\n", explained("DROP CLUSTER IF EXISTS nowhere"));
    assertEquals(List.of("cluster \"nowhere\" does not exist, skipping"), talk.notices());
  }

  @Test
  void whatWouldBeRefusedIsRefused() {
    talk.muster.willExplain(new Explanation.Refused(new Rejection.OptionNeedsManaged("SIZE")));
    assertEquals(
        "cannot set SIZE option for unmanaged cluster \"quickstart\"",
        talk.fails("EXPLAIN ALTER CLUSTER quickstart SET (SIZE 'x')").message());
    assertEquals(
        "unknown cluster 'nowhere'",
        talk.fails("EXPLAIN ALTER CLUSTER nowhere RENAME TO x").message());
    SqlMessage denied =
        new Talk("joe", java.util.Map.of()).fails("EXPLAIN CREATE CLUSTER c (SIZE 'small')");
    assertEquals("42501", denied.sqlState());
  }

  /** As a query it would not see what waits for COMMIT. */
  @Test
  void aBlockThatChangesSomethingExplainsNothing() {
    SqlMessage error =
        talk.fails(
            "BEGIN; ALTER CLUSTER quickstart SET (REPLICATION FACTOR 3);"
                + " EXPLAIN ALTER CLUSTER quickstart SET (REPLICATION FACTOR 2)");
    assertEquals("25000", error.sqlState());
    assertEquals(
        "transactions which modify objects are restricted to just modifying objects",
        error.message());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EXPLAIN SELECT 1 | EXPLAIN SELECT",
        "EXPLAIN SHOW CLUSTERS | EXPLAIN SHOW",
        "EXPLAIN EXPLAIN DROP CLUSTER c | EXPLAIN EXPLAIN",
        "EXPLAIN ANALYZE SELECT 1 | EXPLAIN ANALYZE",
        "EXPLAIN (ANALYZE) SELECT 1 | EXPLAIN (...)",
        "explain insert into t values (1) | EXPLAIN INSERT",
      })
  void whatIsNoChangeIsNotExplainedAndItIsSaidWhatIs(String sql, String what) {
    SqlMessage error = talk.fails(sql);
    assertEquals("0A000", error.sqlState());
    assertEquals(what + " is not supported yet", error.message());
    assertEquals(
        Optional.of("What can be explained is a CREATE, ALTER, DROP or COMMENT ON of clusters."),
        error.hint());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "EXPLAIN | EOF | 8",
        "EXPLAIN; | semicolon | 8",
        "EXPLAIN quickstart | identifier \"quickstart\" | 9",
      })
  void aMistakeSaysWhatCouldHaveStoodThere(String sql, String found, int position) {
    SqlMessage error = talk.fails(sql);
    assertEquals("42601", error.sqlState());
    assertEquals(
        "Expected one of ALTER or COMMENT or CREATE or DROP, found " + found, error.message());
    assertEquals(Optional.of(position), error.position());
  }

  @Test
  void whatIsUnsupportedOrWrongIsSoWhenExplained() {
    assertEquals("0A000", talk.fails("EXPLAIN CREATE TABLE t (a int)").sqlState());
    assertEquals("42601", talk.fails("EXPLAIN ALTER CLUSTER").sqlState());
  }
}
