package dev.muster.actors.gather;

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
  private final String self;

  ClusterMembers(ActorSystem<?> system) {
    this.cluster = Cluster.get(system);
    this.references = ActorRefResolver.get(system);
    this.self = name(cluster.selfMember().uniqueAddress());
  }

  @Override
  public String self() {
    return self;
  }

  @Override
  public Map<String, Peer> withEntities() {
    Map<String, Peer> found = new HashMap<>();
    for (Member member : cluster.state().getMembers()) {
      if (!member.status().equals(MemberStatus.joining())
          && !member.status().equals(MemberStatus.removed())) {
        UniqueAddress node = member.uniqueAddress();
        found.put(
            name(node),
            new Peer(
                node.address().hostPort(),
                references.resolveActorRef(node.address() + GatheredCatalog.PATH)));
      }
    }
    return found;
  }

  @Override
  public Set<String> all() {
    Set<String> found = new HashSet<>();
    cluster.state().getMembers().forEach(member -> found.add(name(member.uniqueAddress())));
    return found;
  }

  private static String name(UniqueAddress node) {
    return node.address() + "#" + node.longUid();
  }
}
