package dev.muster.api.pgwire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerLifeTest extends WireTest {
  private static final String STOPPED =
      "Error(FATAL 57P01 terminating connection due to administrator command)";
  private static final String STOPPED_AT_WORK =
      STOPPED.replace(")", " | D What it began goes on.)");

  @Test
  void everyClientIsToldOfTheStop() throws IOException {
    try (RawClient idle = RawClient.ready(server);
        RawClient busy = RawClient.ready(server)) {
      busy.query("NOTICE begun; WAIT").send();
      assertEquals("Notice(NOTICE 00000 begun)", busy.answer());
      server.close();
      assertEquals(List.of(STOPPED, "end"), idle.answers());
      assertEquals(List.of("CommandComplete(NOTICE)", STOPPED_AT_WORK, "end"), busy.answers());
      assertEquals(0, server.connectionCount());
      assertEquals(0, sessions.openCount());
    }
  }

  @Test
  void aClientThatDoesNotReadHoldsUpNobodyElseNorTheStop() throws IOException {
    try (RawClient deaf = RawClient.ready(server);
        RawClient other = RawClient.ready(server)) {
      deaf.query("ROWS 100000000").send();
      assertEquals("RowDescription[n 23, t 25]", deaf.answer()); // and nothing more, for ever
      assertEquals("ReadyForQuery(I)", other.query("ROWS 10000").answers().getLast());
      server.close();
      assertEquals(0, server.connectionCount());
    }
  }

  @Test
  void aClientThatVanishesFreesItsSession() throws IOException {
    RawClient.ready(server).close();
    await("the session is closed", () -> sessions.openCount() == 0);
    await("the connection is gone", () -> server.connectionCount() == 0);
  }

  @Test
  void aClientThatVanishesWhileRowsComeFreesItsSession() throws IOException {
    try (RawClient client = RawClient.ready(server)) {
      client.query("ROWS 100000000").send();
      assertEquals("RowDescription[n 23, t 25]", client.answer());
    }
    await("the session is closed", () -> sessions.openCount() == 0);
  }

  /** As from a statement that waits for a reconfiguration, and tells its progress. */
  @Test
  void aClientThatVanishesWhileItsStatementWaitsFreesItsSession() throws IOException {
    try (RawClient client = RawClient.ready(server)) {
      client.query("CHATTER").send();
      assertEquals("Notice(NOTICE 00000 still waiting)", client.answer());
    }
    await("the session is closed", () -> sessions.openCount() == 0);
  }

  @Test
  void idleConnectionsTakeNoPlatformThreads() throws IOException {
    int before = Thread.getAllStackTraces().size(); // platform threads alone
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 1000; i++) {
        clients.add(RawClient.ready(server));
      }
      assertEquals(1000, sessions.openCount());
      int more = Thread.getAllStackTraces().size() - before;
      assertTrue(more < 50, more + " more platform threads for 1000 connections");
      for (RawClient client : clients) {
        assertEquals("ReadyForQuery(I)", client.query("SELECT 1").answers().getLast());
      }
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
    await("all sessions are closed", () -> sessions.openCount() == 0);
  }
}
