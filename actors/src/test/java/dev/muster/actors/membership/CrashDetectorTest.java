package dev.muster.actors.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.typesafe.config.ConfigFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.pekko.actor.Address;
import org.apache.pekko.remote.FailureDetector;
import org.junit.jupiter.api.Test;

class CrashDetectorTest {
  private static final String MEMBER = "pekko://muster@127.0.0.1:4711";

  /** Stands in for Pekko's: a pause of 4.5 seconds may be. */
  private final class Patience implements FailureDetector {
    private long heardNanos = -1;

    @Override
    public boolean isAvailable() {
      return heardNanos < 0 || nanos.get() - heardNanos <= 4_500_000_000L;
    }

    @Override
    public boolean isMonitoring() {
      return heardNanos >= 0;
    }

    @Override
    public void heartbeat() {
      heardNanos = nanos.get();
    }
  }

  private final AtomicLong nanos = new AtomicLong();
  private final List<Consumer<Boolean>> looks = new ArrayList<>();
  private final CrashDetector detector =
      new CrashDetector(
          new Patience(),
          Duration.ofSeconds(1),
          nanos::get,
          (process, refused) -> {
            assertEquals(4711, process.getPort().orElseThrow());
            looks.add(refused);
          });

  private void pass(long millis) {
    nanos.addAndGet(millis * 1_000_000);
  }

  private void heartbeats() {
    detector.setAddress(MEMBER);
    for (int beat = 0; beat < 10; beat++) {
      detector.heartbeat();
      pass(500);
    }
  }

  @Test
  void nobodyIsAskedAsLongAsHeartbeatsCome() {
    heartbeats();
    assertTrue(detector.isAvailable());
    assertEquals(0, looks.size());
  }

  @Test
  void whoIsSilentAndRefusesIsGone() {
    heartbeats();
    pass(600);
    assertTrue(detector.isAvailable());
    looks.getFirst().accept(true);
    assertFalse(detector.isAvailable());
  }

  /** One that is suspended still accepts. */
  @Test
  void whoIsSilentAndAcceptsHasUntilItsPauseIsOver() {
    heartbeats();
    pass(600);
    assertTrue(detector.isAvailable());
    looks.getFirst().accept(false);
    assertTrue(detector.isAvailable());
    pass(4500);
    assertFalse(detector.isAvailable());
  }

  @Test
  void oneLookAtATime() {
    heartbeats();
    pass(600);
    detector.isAvailable();
    detector.isAvailable();
    assertEquals(1, looks.size());
    looks.getFirst().accept(false);
    detector.isAvailable();
    assertEquals(2, looks.size());
  }

  @Test
  void whoIsHeardAgainIsThere() {
    heartbeats();
    pass(600);
    detector.isAvailable();
    looks.getFirst().accept(true);
    detector.heartbeat();
    assertTrue(detector.isAvailable());
  }

  @Test
  void whatWasSeenBeforeAHeartbeatCountsForNothing() {
    heartbeats();
    pass(600);
    detector.isAvailable();
    detector.heartbeat();
    looks.getFirst().accept(true);
    assertTrue(detector.isAvailable());
  }

  @Test
  void whoWasNeverHeardIsNotJudged() {
    detector.setAddress(MEMBER);
    pass(60_000);
    assertTrue(detector.isAvailable());
    assertFalse(detector.isMonitoring());
    assertEquals(0, looks.size());
  }

  @Test
  void pekkoMakesItFromTheConfigurationOfSeveralNodes() {
    CrashDetector made =
        new CrashDetector(
            ConfigFactory.load("muster-cluster.conf")
                .withFallback(ConfigFactory.load())
                .getConfig("pekko.cluster.failure-detector"),
            null);
    made.setAddress(MEMBER);
    assertTrue(made.isAvailable());
  }

  @Test
  void aPortThatNobodyListensAtRefusesAndOneThatIsNeverAcceptedFromDoesNot() throws Exception {
    try (ServerSocket suspended = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      assertFalse(refused(suspended.getLocalPort()));
    }
    int closed;
    try (ServerSocket ended = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      closed = ended.getLocalPort();
    }
    assertTrue(refused(closed));
  }

  private static boolean refused(int port) throws InterruptedException {
    BlockingQueue<Boolean> answer = new LinkedBlockingQueue<>();
    RefusedConnection.look(new Address("pekko", "muster", "127.0.0.1", port), answer::add);
    return answer.poll(10, TimeUnit.SECONDS);
  }
}
