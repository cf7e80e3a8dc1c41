package dev.muster.api.pgwire;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server over fake sessions, fresh for every test. */
abstract class WireTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  protected final FakeSessions sessions = new FakeSessions();
  protected PgWireServer server;

  @BeforeEach
  void start() throws IOException {
    server = PgWireServer.start(settings(), sessions);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  protected PgWireSettings settings() {
    return PgWireSettings.of("127.0.0.1", 0);
  }

  /** The condition is not asked again once it has held: asking may have consequences. */
  protected static void await(String what, BooleanSupplier condition) {
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadlineNanos, what);
      LockSupport.parkNanos(1_000_000);
    }
  }
}
