package dev.muster.deploy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

/**
 * A node that has not become a member in time, and why, as far as it can know.
 *
 * @param self its own address
 * @param asked how the addresses are that it has asked
 * @param unreachable the members that others do not reach, where it is one that is not up yet
 */
record Outsider(
    Why why, Seeds seeds, String self, Map<String, Acquaintance> asked, List<String> unreachable) {
  /** What keeps it out. */
  enum Why {
    /** Nobody has let it in. */
    NOT_LET_IN,
    /** It was let in, and must be seen by all members before it counts. */
    NOT_UP_YET,
    /** What it says of where entities may be is not what the others say. */
    OTHER_CONFIGURATION,
    /** It was a member, and the others have given it up. */
    REMOVED
  }

  /**
   * Looks around.
   *
   * @return empty where the node is a member like all others
   */
  static Optional<Outsider> look(ActorSystem<?> system, Seeds seeds, String self) {
    Cluster cluster = Cluster.get(system);
    if (cluster.selfMember().status().equals(MemberStatus.up())) {
      return Optional.empty();
    }
    Map<String, Acquaintance> asked = new LinkedHashMap<>();
    for (String address : seeds.others(self)) {
      asked.put(address, Acquaintance.of(HostAndPort.parse(address)));
    }
    List<String> unreachable = new ArrayList<>();
    for (Member member : cluster.state().getUnreachable()) {
      unreachable.add(member.address().hostPort());
    }
    return Optional.of(new Outsider(why(system, cluster), seeds, self, asked, unreachable));
  }

  private static Why why(ActorSystem<?> system, Cluster cluster) {
    Optional<CoordinatedShutdown.Reason> ended =
        CoordinatedShutdown.get(system).getShutdownReason();
    if (ended.isPresent()) {
      return ended.get().equals(CoordinatedShutdown.incompatibleConfigurationDetectedReason())
          ? Why.OTHER_CONFIGURATION
          : Why.REMOVED;
    }
    MemberStatus status = cluster.selfMember().status();
    return status.equals(MemberStatus.joining()) || status.equals(MemberStatus.weaklyUp())
        ? Why.NOT_UP_YET
        : Why.NOT_LET_IN;
  }

  /** What it waited for, and what a human can do about it. */
  String explanation() {
    return switch (why) {
      case NOT_LET_IN -> notLetIn();
      case NOT_UP_YET ->
          "the members have let this node in, but not all of them have seen it yet"
              + (unreachable.isEmpty()
                  ? ""
                  : ": not reached are "
                      + String.join(", ", unreachable)
                      + ", which are removed after some seconds, or have to be back")
              + "; start it again";
      case OTHER_CONFIGURATION ->
          "the members do not let this node in: it is of a version, or has a configuration, that"
              + " puts entities elsewhere than theirs; its log says which setting differs";
      case REMOVED ->
          "this node was a member, and the others have removed it while it started, as they did not"
              + " hear of it: its machine is too busy, or the network between them is cut; start it"
              + " again";
    };
  }

  private String notLetIn() {
    if (asked.isEmpty()) {
      return seeds.explanation();
    }
    boolean anybody = asked.containsValue(Acquaintance.ANSWERS);
    List<String> found = new ArrayList<>();
    asked.forEach((address, how) -> found.add(address + " " + how));
    return (anybody
            ? "no member of the cluster lets this node in. Asked: "
                + String.join(", ", found)
                + ". Who answers is in no cluster itself yet, or is no node of this installation"
            : "no other node can be reached. Asked: "
                + String.join(", ", found)
                + ". Are they started, and is their --node-address what is asked here?")
        + seeds.explanation();
  }
}
