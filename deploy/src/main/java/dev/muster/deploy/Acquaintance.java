package dev.muster.deploy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;

/** How another node's address is, seen from here. */
enum Acquaintance {
  /** Somebody takes connections there. */
  ANSWERS("answers"),
  /** The machine is there, and nobody listens. */
  REFUSES("refuses connections"),
  /** Nothing comes back, as through a firewall. */
  SILENT("does not answer"),
  /** The name stands for no address. */
  UNKNOWN("is not known by that name");

  private static final Duration WITHIN = Duration.ofSeconds(1);

  private final String words;

  Acquaintance(String words) {
    this.words = words;
  }

  /** Tries a connection; takes a second at most, but for names. */
  static Acquaintance of(HostAndPort address) {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(address.host(), address.port()), (int) WITHIN.toMillis());
      return ANSWERS;
    } catch (UnknownHostException nobody) {
      return UNKNOWN;
    } catch (ConnectException refused) {
      return REFUSES;
    } catch (IOException silent) {
      return SILENT;
    }
  }

  @Override
  public String toString() {
    return words;
  }
}
