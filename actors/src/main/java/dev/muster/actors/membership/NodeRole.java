package dev.muster.actors.membership;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.pekko.cluster.Member;

/**
 * What a member of the cluster is there for; one that has none of these is a client, which holds
 * nothing and decides nothing. Every member carries its roles from the moment on in which it joins.
 */
public enum NodeRole {
  /** Clusters and the environment live on it; only these members vote when a network splits. */
  ENTITIES,
  /** Replicas of its zone run on it. */
  REPLICAS,
  /** It answers SQL. */
  DOORS;

  /** As the command line and the configuration of the cluster have it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<NodeRole> of(String label) {
    return Arrays.stream(values()).filter(role -> role.label().equals(label)).findFirst();
  }

  public boolean isOf(Member member) {
    return member.hasRole(label());
  }

  /** Whether the member has rows for the catalog: of entities, or of what was seen of replicas. */
  public static boolean hasRows(Member member) {
    return ENTITIES.isOf(member) || REPLICAS.isOf(member);
  }
}
