package dev.muster.actors.gather;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.typed.Cluster;

/**
 * The membership as this node sees it, by names that tell an incarnation from the one before it at
 * the same address.
 */
final class Members {
  private final Cluster cluster;
  private final String self;

  Members(Cluster cluster) {
    this.cluster = cluster;
    this.self = name(cluster.selfMember().uniqueAddress());
  }

  String self() {
    return self;
  }

  /** Whether this node is one of them, and may have entities. */
  boolean isMember() {
    return withEntities().containsKey(self);
  }

  /** Those that may have entities: from the moment on in which they are up, until removed. */
  Map<String, UniqueAddress> withEntities() {
    Map<String, UniqueAddress> found = new HashMap<>();
    for (Member member : cluster.state().getMembers()) {
      if (!member.status().equals(MemberStatus.joining())
          && !member.status().equals(MemberStatus.removed())) {
        found.put(name(member.uniqueAddress()), member.uniqueAddress());
      }
    }
    return found;
  }

  Set<String> all() {
    Set<String> found = new HashSet<>();
    cluster.state().getMembers().forEach(member -> found.add(name(member.uniqueAddress())));
    return found;
  }

  private static String name(UniqueAddress node) {
    return node.address() + "#" + node.longUid();
  }
}
