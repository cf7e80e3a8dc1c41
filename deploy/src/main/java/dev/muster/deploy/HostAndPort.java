package dev.muster.deploy;

/** A network address as it is written, {@code HOST:PORT}. */
record HostAndPort(String host, int port) {
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
}
