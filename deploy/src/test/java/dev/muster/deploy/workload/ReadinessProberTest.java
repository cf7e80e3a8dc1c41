package dev.muster.deploy.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.muster.deploy.workload.ReadinessProber.Sight;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ReadinessProberTest {
  @Test
  void answersAllAlongAreNoDowntime() {
    Sight seen = Sight.NOTHING.and(true, 7).and(true, 5).and(true, 5);
    assertEquals(new Sight(3, 0, 0, true), seen);
  }

  @Test
  void downtimeIsFromTheLastAnswerToTheNext() {
    Sight seen = Sight.NOTHING.and(true, 7).and(false, 5).and(false, 6).and(true, 4).and(true, 9);
    assertEquals(new Sight(5, 2, 15, true), seen);
  }

  @Test
  void whatWasSeenBeforeDoesNotCountAgain() {
    Sight before = Sight.NOTHING.and(false, 7).and(true, 5);
    assertEquals(new Sight(1, 1, 3, false), before.and(false, 3).since(before));
  }

  @Test
  void onlyTheStatusOkIsReady() throws IOException {
    AtomicInteger status = new AtomicInteger(503);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/readyz",
        exchange -> {
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    server.start();
    int port = server.getAddress().getPort();
    try {
      assertFalse(ReadinessProber.isReady(port));
      status.set(200);
      assertTrue(ReadinessProber.isReady(port));
    } finally {
      server.stop(0);
    }
    assertFalse(ReadinessProber.isReady(port));
  }
}
