package dev.muster.actors.membership;

import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.typed.Cluster;

/** Names of members that tell an incarnation from the one before it at the same address. */
public final class MemberNames {
  private MemberNames() {}

  public static String of(UniqueAddress node) {
    return node.address() + "#" + node.longUid();
  }

  public static String self(ActorSystem<?> system) {
    return of(Cluster.get(system).selfMember().uniqueAddress());
  }
}
