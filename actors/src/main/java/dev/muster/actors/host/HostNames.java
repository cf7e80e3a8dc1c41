package dev.muster.actors.host;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What hosts are called, on every node and in the journal: by their zone and the number of their
 * node, which it keeps when its address changes.
 */
public final class HostNames {
  private static final Pattern NODE = Pattern.compile(".*@node-(\\d{1,3})");

  private HostNames() {}

  /** The host of a zone on a node. */
  public static String of(String zone, int node) {
    return zone + "@node-" + node;
  }

  /** The number of a host's node; empty for what is not the name of a host. */
  static OptionalInt node(String host) {
    Matcher matcher = NODE.matcher(host);
    return matcher.matches()
        ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
        : OptionalInt.empty();
  }

  /** Stands for the host of a zone that nothing has been heard of yet. */
  static String expected(String zone) {
    return zone + "@expected";
  }

  /** The name of the host's actor, by which other nodes know it. */
  static String actorName(String host) {
    return URLEncoder.encode(host, StandardCharsets.UTF_8);
  }

  static String ofActor(String actorName) {
    return URLDecoder.decode(actorName, StandardCharsets.UTF_8);
  }
}
