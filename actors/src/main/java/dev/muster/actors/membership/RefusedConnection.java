package dev.muster.actors.membership;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.pekko.actor.Address;

/**
 * Whether a machine says that nobody listens where a member's process did. The kernel closes all
 * that a process had as soon as that is gone, however it went; one that is suspended, or too busy
 * to answer, still accepts, and a machine that is gone, or cut off, says nothing at all.
 */
final class RefusedConnection {
  private static final Duration TIMEOUT = Duration.ofMillis(500);

  private RefusedConnection() {}

  /**
   * Tries it once, on a thread of its own.
   *
   * @param refused told within half a second, once
   */
  static void look(Address process, Consumer<Boolean> refused) {
    Thread.ofVirtual().name("refused-connection").start(() -> refused.accept(isRefused(process)));
  }

  private static boolean isRefused(Address process) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(
              process.getHost().orElseThrow(), (int) process.getPort().orElseThrow()),
          (int) TIMEOUT.toMillis());
      return false;
    } catch (ConnectException refused) {
      return true;
    } catch (IOException silent) {
      return false;
    }
  }
}
