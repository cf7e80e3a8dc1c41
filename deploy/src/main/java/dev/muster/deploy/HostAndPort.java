package dev.muster.deploy;

import java.net.InetSocketAddress;

/** A network address as it is written, {@code HOST:PORT}. */
record HostAndPort(String host, int port) {
  /** An address that was bound, by its number. */
  static HostAndPort of(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return new HostAndPort(host.contains(":") ? "[" + host + "]" : host, address.getPort());
  }

  /**
   * @throws IllegalArgumentException for what is no such address
   */
  static HostAndPort parse(String text) {
    int colon = text.lastIndexOf(':');
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      if (colon > 0 && port > 0 && port <= 65535) {
        return new HostAndPort(text.substring(0, colon), port);
      }
    } catch (NumberFormatException noPort) {
      // Said below.
    }
    throw new IllegalArgumentException("not an address of the form HOST:PORT: " + text);
  }

  String text() {
    return host + ":" + port;
  }

  /** The same host at another port. */
  HostAndPort withPort(int other) {
    return new HostAndPort(host, other);
  }
}
