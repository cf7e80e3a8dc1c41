package dev.muster.actors.membership;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.ClusterEvent.MemberEvent;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;

/**
 * Tells who the other members with entities are, from the moment on in which this node is one.
 * Those without write to no journal, and come and go: nobody need wait for them.
 */
public final class MembershipWatch {
  private final Address self;
  private final Consumer<Set<String>> others;
  private final Set<String> known = new TreeSet<>();
  private boolean isMember;

  private MembershipWatch(Address self, Consumer<Set<String>> others) {
    this.self = self;
    this.others = others;
  }

  /**
   * @param others is told the addresses of those other members, {@code HOST:PORT}, whenever they
   *     have changed; may block where the actor has a dispatcher for that
   */
  public static Behavior<MemberEvent> create(Consumer<Set<String>> others) {
    return Behaviors.setup(
        context -> {
          Cluster cluster = Cluster.get(context.getSystem());
          MembershipWatch watch = new MembershipWatch(cluster.selfMember().address(), others);
          cluster
              .subscriptions()
              .tell(Subscribe.create(context.getSelf().narrow(), MemberEvent.class));
          return Behaviors.receiveMessage(
              event -> {
                watch.on(event);
                return Behaviors.same();
              });
        });
  }

  private void on(MemberEvent event) {
    Address address = event.member().address();
    boolean removed = event instanceof ClusterEvent.MemberRemoved;
    if (address.equals(self)) {
      // Whoever is removed has been a member, and what it knew then is what it knows.
      isMember = isMember || event instanceof ClusterEvent.MemberUp;
    } else if (removed) {
      known.remove(hostAndPort(address));
    } else if (NodeRole.ENTITIES.isOf(event.member())) {
      known.add(hostAndPort(address));
    }
    if (isMember && !(address.equals(self) && removed)) {
      others.accept(Set.copyOf(known));
    }
  }

  private static String hostAndPort(Address address) {
    String host = address.getHost().orElseThrow();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort().orElseThrow();
  }
}
