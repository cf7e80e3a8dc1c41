package dev.muster.api.sql.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.muster.api.error.SqlMessage;
import dev.muster.api.sql.Talk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries over the catalog run on the catalog server, unless the session wants another cluster. */
class RoutingTest {
  private final Talk talk = new Talk();

  @ParameterizedTest
  @ValueSource(strings = {"SELECT 1", "SELECT * FROM mz_clusters", "SHOW CLUSTERS"})
  void aClusterThatDoesNotExistMayBeSetAndTheCatalogRead(String query) {
    talk.send("SET cluster = nope");
    assertTrue(talk.notices().contains("cluster \"nope\" does not exist"));
    assertEquals(1, talk.rows(query).size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"SELECT 1", "SELECT * FROM mz_clusters", "SHOW CLUSTERS"})
  void usingItIsAnError(String query) {
    talk.send("SET auto_route_catalog_queries = off; SET cluster = nope");
    SqlMessage error = talk.fails(query);
    assertEquals("unknown cluster 'nope'", error.message());
    assertEquals("42704", error.sqlState());
    talk.send("SET auto_route_catalog_queries = on");
    assertEquals(1, talk.rows(query).size());
  }

  @Test
  void aClusterWithoutReplicasAnswersNothing() {
    talk.muster.unmanaged("empty", "materialize");
    talk.send("SET cluster = empty");
    assertEquals(1, talk.rows("SELECT 1").size());
    talk.send("SET auto_route_catalog_queries = off");
    SqlMessage error = talk.fails("SELECT 1");
    assertEquals("CLUSTER \"empty\" has no replicas available to service request", error.message());
    assertEquals("0A000", error.sqlState());
  }

  @Test
  void aClusterWithReplicasDoes() {
    talk.muster.unmanaged("full", "materialize", "r1");
    talk.send("SET cluster = full; SET auto_route_catalog_queries = off");
    assertEquals(1, talk.rows("SELECT 1").size());
  }

  @Test
  void askingForAReplicaUsesTheCluster() {
    talk.muster.unmanaged("full", "materialize", "r1");
    talk.send("SET cluster = full; SET cluster_replica = r1");
    assertEquals(1, talk.rows("SELECT 1").size());
    talk.send("SET cluster_replica = r2");
    assertEquals(
        "CLUSTER full has no CLUSTER REPLICA named \"r2\"", talk.fails("SELECT 1").message());
    talk.send("RESET cluster_replica");
    assertEquals(1, talk.rows("SELECT 1").size());
  }

  @Test
  void whatIsNoQueryNeedsNoCluster() {
    talk.send("SET auto_route_catalog_queries = off; SET cluster = nope");
    assertEquals("nope", talk.value("SHOW cluster"));
    assertEquals("CREATE CLUSTER", talk.tag("CREATE CLUSTER c (SIZE 'small')"));
  }
}
