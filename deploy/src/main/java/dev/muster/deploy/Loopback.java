package dev.muster.deploy;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Tells addresses that only this machine can reach. */
final class Loopback {
  private Loopback() {}

  static boolean is(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }
}
