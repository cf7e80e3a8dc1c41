package dev.muster.deploy.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port of loopback that was free a moment ago. */
final class FreePort {
  private FreePort() {}

  static int find() {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (IOException failure) {
      throw new BenchException("no free port: " + failure.getMessage(), failure);
    }
  }
}
