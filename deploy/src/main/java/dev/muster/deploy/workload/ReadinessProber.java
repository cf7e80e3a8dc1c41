package dev.muster.deploy.workload;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks the replicas of one cluster themselves, past Muster, every 5 ms whether one of them serves
 * ({@code GET /readyz}): as a client of theirs would, it keeps to the one that answered last, and
 * looks for another when that one does not.
 *
 * <p>What it cannot see is less than 5 ms, or what one look for another takes.
 */
public final class ReadinessProber implements AutoCloseable {
  public static final Duration EVERY = Duration.ofMillis(5);

  private static final byte[] QUESTION =
      "GET /readyz HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final String GOOD = " 200";
  private static final int STATUS_BYTES = "HTTP/1.1 200".length();

  /** A replica that takes longer serves nobody. */
  private static final int TIMEOUT_MILLIS = 10_000;

  private final Path dataDirectory;
  private final String clusterId;
  private final Thread thread;
  private final List<Integer> ports = new ArrayList<>();
  private volatile boolean stopping;
  private volatile Sight sight = Sight.NOTHING;

  /**
   * What was seen so far.
   *
   * @param questions how often it asked
   * @param unanswered how often nobody served
   * @param downNanos from the last answers before such times to the first after them
   * @param serves whether somebody did when it last asked
   */
  public record Sight(long questions, long unanswered, long downNanos, boolean serves) {
    static final Sight NOTHING = new Sight(0, 0, 0, false);

    Sight and(boolean served, long sinceLastNanos) {
      boolean wasDown = questions > 0 && !serves;
      boolean down = !served || wasDown;
      return new Sight(
          questions + 1,
          unanswered + (served ? 0 : 1),
          downNanos + (down ? sinceLastNanos : 0),
          served);
    }

    /** What was seen since an earlier look. */
    public Sight since(Sight earlier) {
      return new Sight(
          questions - earlier.questions,
          unanswered - earlier.unanswered,
          downNanos - earlier.downNanos,
          serves);
    }
  }

  /**
   * Begins to ask.
   *
   * @param dataDirectory of the installation
   * @param clusterId whose replicas are asked, and no others
   */
  public ReadinessProber(Path dataDirectory, String clusterId) {
    this.dataDirectory = dataDirectory;
    this.clusterId = clusterId;
    this.thread = Thread.ofPlatform().daemon().name("prober").start(this::run);
  }

  private void run() {
    long lastNanos = System.nanoTime();
    while (!stopping) {
      boolean served = someoneServes();
      long nowNanos = System.nanoTime();
      sight = sight.and(served, nowNanos - lastNanos);
      lastNanos = nowNanos;
      LockSupport.parkNanos(EVERY.toNanos());
    }
  }

  private boolean someoneServes() {
    if (anyServes()) {
      return true;
    }
    ports.clear();
    WorkloadProcess.of(dataDirectory).stream()
        .filter(process -> process.isOf(clusterId))
        .map(WorkloadProcess::httpPort)
        .forEach(ports::add);
    return anyServes();
  }

  private boolean anyServes() {
    for (Integer port : List.copyOf(ports)) {
      if (isReady(port)) {
        ports.remove(port);
        ports.addFirst(port);
        return true;
      }
    }
    return false;
  }

  /** Whether what answers on this port of loopback says that it has hydrated. */
  public static boolean isReady(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(QUESTION);
      byte[] answer = socket.getInputStream().readNBytes(STATUS_BYTES);
      return new String(answer, StandardCharsets.US_ASCII).endsWith(GOOD);
    } catch (IOException unanswered) {
      return false;
    }
  }

  public Sight sight() {
    return sight;
  }

  @Override
  public void close() {
    stopping = true;
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
