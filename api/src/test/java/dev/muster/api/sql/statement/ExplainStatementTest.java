package dev.muster.api.sql.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.Explanation;
import dev.muster.api.command.Explanation.Moment;
import dev.muster.api.command.Explanation.Phase;
import dev.muster.api.command.Explanation.PlannedRename;
import dev.muster.api.command.Explanation.PlannedReplica;
import dev.muster.api.command.Explanation.Serving;
import dev.muster.api.command.Explanation.Warning;
import dev.muster.api.command.Notice;
import dev.muster.api.command.Rejection;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.sql.Talk;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ExplainStatementTest {
  private static final Explanation.Planned NOTHING =
      new Explanation.Planned(List.of(), Serving.CONTINUES, BigDecimal.ONE, List.of(), List.of());

  private final Talk talk = new Talk();

  private static PlannedReplica replica(String name, String size, String credits) {
    return new PlannedReplica("quickstart", name, size, "az1", new BigDecimal(credits));
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
            Serving.CONTINUES,
            new BigDecimal("0.25"),
            List.of(new Notice.ZoneSpreadNotGuaranteed("medium")),
            List.of(Warning.NO_REDUNDANCY)));
    assertEquals(
        """
        At once:
          add     quickstart.r1-pending  size medium  zone az1  0.5 credits per hour
          event   cluster.reconfiguration-started
          event   cluster.replica-added
        Once all new replicas have hydrated, in one step:
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
            Serving.ENDS,
            new BigDecimal("0.25"),
            List.of(),
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

  @Test
  void onlyChangesAreExplained() {
    assertEquals("0A000", talk.fails("EXPLAIN SELECT 1").sqlState());
    assertEquals("0A000", talk.fails("EXPLAIN").sqlState());
    assertEquals("0A000", talk.fails("EXPLAIN CREATE TABLE t (a int)").sqlState());
    assertEquals("42601", talk.fails("EXPLAIN ALTER CLUSTER").sqlState());
  }
}
