package dev.muster.api.sql.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.api.catalog.CatalogFixture;
import dev.muster.api.catalog.CatalogQueries.PastInstant;
import dev.muster.api.command.EnvironmentCommand.CreateCluster;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.sql.Talk;
import dev.muster.journal.event.ClusterConfiguration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShowCreateClusterStatementTest {
  private final Talk talk = new Talk();

  @Test
  void aManagedCluster() {
    assertEquals(
        List.of(
            List.of(
                "quickstart",
                "CREATE CLUSTER \"quickstart\" (INTROSPECTION DEBUGGING = false, INTROSPECTION"
                    + " INTERVAL = INTERVAL '00:00:01', MANAGED = true, REPLICATION FACTOR = 1,"
                    + " SIZE = '25cc', SCHEDULE = MANUAL)")),
        talk.rows("SHOW CREATE CLUSTER quickstart"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(SIZE 's')",
        "(SIZE 'it''s', REPLICATION FACTOR 0, AVAILABILITY ZONES ('az2', 'az1'))",
        "(SIZE 's', INTROSPECTION INTERVAL 0, DISK = false, IDLE ARRANGEMENT MERGE EFFORT 4)",
        "(SIZE 's', INTROSPECTION INTERVAL '1 day 00:00:00.25', INTROSPECTION DEBUGGING)",
        "(SIZE 's', SCHEDULE ON REFRESH (HYDRATION TIME ESTIMATE '90m'))",
        "(SIZE 's', AUTO SCALING STRATEGY (ON HYDRATION (HYDRATION SIZE 'l', LINGER DURATION"
            + " '5s')))",
        "(MIN SIZE 's', MAX SIZE 'xl', REPLICATION FACTOR 3)",
      })
  void theTextMakesTheSameClusterAgain(String options) {
    talk.send("CREATE CLUSTER \"C d\" " + options);
    CreateCluster first = (CreateCluster) talk.muster.asked().getLast().command();
    talk.muster.cluster("C d", "materialize", first.configuration());
    talk.send((String) talk.rows("SHOW CREATE CLUSTER \"C d\"").getFirst().get(1));
    assertEquals(first, talk.muster.asked().getLast().command());
  }

  @Test
  void ofOneThatIsStillBeingCreatedOneMayAskAgain() {
    talk.muster.creating("c", "materialize");
    SqlMessage message = talk.fails("SHOW CREATE CLUSTER c");
    assertEquals("57P03", message.sqlState());
    assertEquals("cluster 'c' is still being created", message.message());
  }

  @Test
  void anUnmanagedClusterWithItsReplicas() {
    talk.muster.unmanaged("c", "materialize", "r1", "Foo");
    talk.send((String) talk.rows("SHOW CREATE CLUSTER c").getFirst().get(1));
    CreateCluster again = (CreateCluster) talk.muster.onlyCommand();
    assertEquals(new ClusterConfiguration.Unmanaged(), again.configuration());
    assertEquals(
        List.of("r1 small", "Foo small"),
        again.replicas().stream().map(r -> r.name() + " " + r.size()).toList());
  }

  @Test
  void asOfAnInstantItIsWhatItWas() {
    CatalogFixture past = new CatalogFixture();
    past.managed("c", "25cc", 3);
    talk.queries.was(past.snapshot());
    talk.queries.answers(Instant.ofEpochMilli(5_000));
    String created =
        (String) talk.rows("SHOW CREATE CLUSTER c AS OF AT LEAST 5000").getFirst().get(1);
    assertTrue(created.contains("REPLICATION FACTOR = 3"), created);
    assertEquals(
        List.of(new PastInstant(Instant.ofEpochMilli(5_000), true)), talk.queries.instants());
    assertEquals(
        "unknown cluster 'quickstart'",
        talk.fails("SHOW CREATE CLUSTER quickstart AS OF 5000").message());
  }

  @Test
  void inAQueryItIsAsOfTheQuerysInstant() {
    CatalogFixture past = new CatalogFixture();
    past.managed("gone", "25cc", 3);
    talk.queries.was(past.snapshot());
    talk.queries.answers(Instant.ofEpochMilli(5_000));
    talk.send("SELECT create_sql FROM (SHOW CREATE CLUSTER gone) AS OF 5000");
    assertTrue(
        talk.queries.prepared().getLast().contains("REPLICATION FACTOR = 3"),
        talk.queries.prepared().toString());
  }

  @Test
  void whatItIsAskedOfMustBeAnInstant() {
    assertEquals(
        "Expected end of statement, found AS", talk.fails("SHOW CREATE CLUSTER c AS OF").message());
    assertEquals("22023", talk.fails("SHOW CREATE CLUSTER c AS OF 'x'").sqlState(), "no instant");
  }

  @Test
  void unknownClusters() {
    assertEquals("unknown cluster 'x'", talk.fails("SHOW CREATE CLUSTER x").message());
  }
}
