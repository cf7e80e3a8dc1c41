package dev.muster.actors.gather;

import dev.muster.actors.membership.MemberNames;
import dev.muster.actors.membership.NodeRole;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.typed.Cluster;

/** The members of Pekko's cluster. */
final class ClusterMembers implements Members {
  private final Cluster cluster;
  private final ActorRefResolver references;
  private final String path;
  private final String self;

  /**
   * @param path of the actor that is asked on each
   */
  ClusterMembers(ActorSystem<?> system, String path) {
    this.cluster = Cluster.get(system);
    this.references = ActorRefResolver.get(system);
    this.path = path;
    this.self = MemberNames.of(cluster.selfMember().uniqueAddress());
  }

  @Override
  public String self() {
    return self;
  }

  @Override
  public Map<String, Peer> withRows() {
    Map<String, Peer> found = new HashMap<>();
    for (Member member : cluster.state().getMembers()) {
      if (NodeRole.hasRows(member) && isIn(member)) {
        UniqueAddress node = member.uniqueAddress();
        found.put(
            MemberNames.of(node),
            new Peer(node.address().hostPort(), references.resolveActorRef(node.address() + path)));
      }
    }
    return found;
  }

  @Override
  public Set<String> all() {
    Set<String> found = new HashSet<>();
    cluster
        .state()
        .getMembers()
        .forEach(member -> found.add(MemberNames.of(member.uniqueAddress())));
    return found;
  }

  @Override
  public boolean isMember() {
    for (Member member : cluster.state().getMembers()) {
      if (MemberNames.of(member.uniqueAddress()).equals(self)) {
        return isIn(member);
      }
    }
    return false;
  }

  private static boolean isIn(Member member) {
    return !member.status().equals(MemberStatus.joining())
        && !member.status().equals(MemberStatus.removed());
  }
}
