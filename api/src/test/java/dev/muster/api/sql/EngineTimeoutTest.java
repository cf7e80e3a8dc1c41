package dev.muster.api.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.ConfigFactory;
import dev.muster.api.catalog.CatalogFixture;
import dev.muster.api.catalog.engine.DuckDbCatalog;
import dev.muster.api.catalog.engine.EngineLimits;
import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.metrics.Metrics;
import dev.muster.api.session.SessionRequest;
import dev.muster.api.session.SqlSession;
import dev.muster.api.session.SqlSession.Result;
import dev.muster.api.sql.session.MusterSqlSessions;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A session's time limit stops what the real engine runs. */
class EngineTimeoutTest {
  private static Result.Rows send(SqlSession session, String message) {
    Result last = null;
    for (SqlSession.Statement statement : session.parse(message)) {
      last = session.execute(session.prepare(statement, List.of()), List.of(), notice -> {});
    }
    return last instanceof Result.Rows rows ? rows : null;
  }

  @Test
  void aRunawayQueryEndsWhenItsTimeIsOver() {
    try (DuckDbCatalog catalog =
        new DuckDbCatalog(
            CatalogFixture.SIZES,
            CatalogFixture.EMPTY_JOURNAL,
            EngineLimits.load(ConfigFactory.load()))) {
      SqlSession session =
          new MusterSqlSessions(
                  new FakeMuster(), catalog, Talk.sizes(), 5, new Metrics().statements())
              .open(
                  new SessionRequest(
                      Map.of("user", "materialize"),
                      new InetSocketAddress("127.0.0.1", 5555),
                      false));
      send(session, "SET statement_timeout = '50ms'");
      SqlMessage error =
          assertThrows(
                  SqlException.class,
                  () ->
                      send(
                          session,
                          "SELECT count(*) FROM generate_series(1, 1000000) a,"
                              + " generate_series(1, 1000000) b WHERE a.a + b.b = -1"))
              .sqlMessage();
      assertEquals("57014", error.sqlState());
      assertEquals("canceling statement due to statement timeout", error.message());
      send(session, "RESET statement_timeout");
      assertEquals(List.of(7), send(session, "SELECT 7").rows().next());
    }
  }
}
