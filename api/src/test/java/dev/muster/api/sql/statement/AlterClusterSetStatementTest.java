package dev.muster.api.sql.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.Notice;
import dev.muster.api.command.Patch;
import dev.muster.api.command.Rejection;
import dev.muster.api.command.WaitPolicy;
import dev.muster.api.sql.Talk;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.OnTimeout;
import dev.muster.journal.event.Schedule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AlterClusterSetStatementTest {
  private final Talk talk = new Talk();
  private final ClusterId c = talk.muster.managed("c", "joe", "small", 1);

  private ClusterCommand.Alter alter(String rest) {
    assertEquals("ALTER CLUSTER", talk.tag("ALTER CLUSTER c SET " + rest));
    assertEquals(Optional.of(c), talk.muster.asked().getLast().cluster());
    return (ClusterCommand.Alter) talk.muster.asked().getLast().command();
  }

  @Test
  void whatIsNotMentionedIsKept() {
    ClusterCommand.Alter alter = alter("(DISK = false)");
    assertEquals(Patch.set(false), alter.disk());
    assertEquals(Patch.keep(), alter.size());
    assertEquals(Patch.keep(), alter.schedule());
    assertEquals(Patch.keep(), alter.autoScaling());
    assertEquals(Optional.empty(), alter.managed());
    assertEquals(new WaitPolicy.Unspecified(), alter.waitPolicy());
  }

  @Test
  void anEmptyStrategyClears() {
    assertEquals(Patch.clear(), alter("(AUTO SCALING STRATEGY = ())").autoScaling());
  }

  @Test
  void eitherEndOfTheSizesIsHandedOn() {
    assertEquals(Patch.set("xl"), alter("(MAX SIZE 'xl')").maxSize());
    assertEquals(Patch.keep(), alter("(MAX SIZE 'xl')").minSize());
    assertEquals(Patch.set("s"), alter("(MIN SIZE = s)").minSize());
  }

  @Test
  void scheduleIsHandedOn() {
    assertEquals(Patch.set(new Schedule.Manual()), alter("(SCHEDULE = MANUAL)").schedule());
  }

  @Test
  void waitingIsHandedOn() {
    assertEquals(
        new WaitPolicy.For(Duration.ZERO), alter("(SIZE 'm') WITH (WAIT FOR '0s')").waitPolicy());
    assertEquals(
        new WaitPolicy.UntilReady(Duration.ofMinutes(10), OnTimeout.COMMIT),
        alter("(SIZE 'm') WITH ( WAIT UNTIL READY ( TIMEOUT '10m', ON TIMEOUT 'COMMIT' ) )")
            .waitPolicy());
    assertEquals(
        new WaitPolicy.UntilReady(Duration.ofDays(1), OnTimeout.ROLLBACK),
        alter("(SIZE 'm') WITH (WAIT UNTIL READY (TIMEOUT = '1 day'))").waitPolicy());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "(SIZE 'm', MAX SIZE 'l') | SIZE cannot be given together with MIN SIZE and MAX SIZE |"
            + " 22023",
        "(MANAGED = false, MIN SIZE 's') | MIN SIZE not supported for unmanaged clusters | 22023",
        "(REPLICAS ()) | REPLICAS cannot be changed by ALTER CLUSTER | 0A000",
        "(MANAGED = false, SIZE 's') | SIZE not supported for unmanaged clusters | 22023",
        "(SIZE 's') WITH (WAIT UNTIL READY (ON TIMEOUT 'COMMIT')) | TIMEOUT=<duration> option is"
            + " required for ALTER CLUSTER ... WITH ( WAIT UNTIL READY ( ... ) ) | 22023",
        "(SIZE 's') WITH (WAIT UNTIL READY (TIMEOUT '1s', ON TIMEOUT 'PANIC')) | invalid ON"
            + " TIMEOUT: \"PANIC\" | 22023",
        "(SIZE 's') WITH (WAIT UNTIL READY (TIMEOUT '1s', TIMEOUT '1s')) | TIMEOUT specified more"
            + " than once | 42601",
        "(SIZE 's') WITH (WAIT FOR 'x') | invalid WAIT FOR: invalid interval: \"x\" | 22007",
        "(SIZE 's') WITH (WAIT FOR '-1s') | invalid WAIT FOR: invalid interval: \"-1s\" | 22007",
      })
  void mistakes(String rest, String message, String sqlState) {
    var error = talk.fails("ALTER CLUSTER c SET " + rest);
    assertEquals(message, error.message());
    assertEquals(sqlState, error.sqlState());
    assertEquals(List.of(), talk.muster.asked());
  }

  @Test
  void refusalsNameTheClusterAsTheUserDid() {
    talk.muster.willRefuse(new Rejection.FactorDoesNotMatch(4, 3));
    var factor = talk.fails("ALTER CLUSTER c SET (MANAGED, REPLICATION FACTOR 4)");
    assertEquals("REPLICATION FACTOR 4 does not match number of replicas (3)", factor.message());
    talk.muster.willRefuse(new Rejection.SizeDoesNotMatch("1", "2"));
    var size = talk.fails("ALTER CLUSTER c SET (MANAGED, SIZE '2')");
    assertEquals("Cluster replicas of size 1 do not match expected SIZE 2", size.message());
    talk.muster.willRefuse(new Rejection.ClusterGone());
    assertEquals("unknown cluster 'c'", talk.fails("ALTER CLUSTER C SET (SIZE 'm')").message());
  }

  @Test
  void anInterruptionIsTold() {
    talk.muster.willNotice(new Notice.ServingInterrupted(2));
    alter("(SIZE 'm')");
    assertEquals(List.of("the cluster's 2 replicas were dropped and recreated"), talk.notices());
  }

  @Test
  void unknownClusters() {
    var error = talk.fails("ALTER CLUSTER nope SET (SIZE 's')");
    assertEquals("unknown cluster 'nope'", error.message());
    assertEquals("42704", error.sqlState());
    assertEquals("ALTER CLUSTER", talk.tag("ALTER CLUSTER IF EXISTS nope SET (SIZE 's')"));
    assertEquals(List.of("cluster \"nope\" does not exist, skipping"), talk.notices());
    assertEquals(List.of(), talk.muster.asked());
  }

  @Test
  void systemClustersAreTheSystemsAlone() {
    var error = talk.fails("ALTER CLUSTER mz_system SET (REPLICATION FACTOR 0)");
    assertEquals("must be owner of CLUSTER mz_system", error.message());
    assertEquals("42501", error.sqlState());
  }

  @Test
  void ownersMayAndOthersMayNot() {
    Talk joe = new Talk("joe", Map.of());
    joe.muster.managed("his", "joe", "small", 1);
    joe.muster.managed("other", "materialize", "small", 1);
    assertEquals("ALTER CLUSTER", joe.tag("ALTER CLUSTER his SET (SIZE 'm')"));
    assertEquals(
        "must be owner of CLUSTER other",
        joe.fails("ALTER CLUSTER other SET (SIZE 'm')").message());
  }
}
