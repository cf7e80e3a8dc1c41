package dev.muster.actors.runtime.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Hands out loopback ports from a range below the system's ephemeral ones, none twice while it is
 * in use. Another program may still take a port before the replica has: the replica then ends, and
 * its next start gets another port.
 */
final class Ports {
  private final int first;
  private final int last;
  private final Set<Integer> taken = new HashSet<>();

  Ports(int first, int last) {
    this.first = first;
    this.last = last;
  }

  synchronized int take() throws IOException {
    int count = last - first + 1;
    int offset = ThreadLocalRandom.current().nextInt(count);
    for (int i = 0; i < count; i++) {
      int port = first + (offset + i) % count;
      if (!taken.contains(port) && isFree(port)) {
        taken.add(port);
        return port;
      }
    }
    throw new IOException("no free port between " + first + " and " + last);
  }

  /** An adopted replica's port is in use already. */
  synchronized void adopt(int port) {
    taken.add(port);
  }

  synchronized void release(int port) {
    taken.remove(port);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
