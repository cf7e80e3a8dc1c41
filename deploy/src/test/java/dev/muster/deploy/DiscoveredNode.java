package dev.muster.deploy;

import dev.muster.actors.membership.NodeRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

/**
 * A node as a process of its own, as far as it is a member, which finds the others as pods: nothing
 * runs on it. Says {@code up} and how many are, whenever that changes; ends with its standard
 * input.
 */
final class DiscoveredNode {
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private DiscoveredNode() {}

  /**
   * @param arguments number, remoting address, management address, how many are needed, settings
   */
  public static void main(String[] arguments) throws Exception {
    int number = Integer.parseInt(arguments[0]);
    Path settings = Path.of(arguments[4]);
    Path data = settings.resolveSibling("node-" + number);
    StartOptions.Membership membership =
        new StartOptions.Membership(
            number,
            "az1",
            arguments[1],
            List.of(),
            Optional.of(
                new StartOptions.Discovery(
                    StartOptions.Discovery.Method.KUBERNETES_API,
                    List.of(),
                    Integer.parseInt(arguments[3]),
                    arguments[2])),
            List.of("127.0.0.1:1"),
            false,
            EnumSet.allOf(NodeRole.class));
    ActorSystem<Void> system =
        ActorSystem.create(
            Behaviors.empty(),
            "muster",
            NodeConfiguration.of(
                new StartOptions(
                    data,
                    "127.0.0.1",
                    0,
                    0,
                    0,
                    List.of("az1"),
                    "simulated",
                    Optional.of(settings),
                    Optional.of(membership)),
                data));
    NodeDiscovery.start(system);
    Thread telling = new Thread(() -> tell(system), "telling");
    telling.setDaemon(true);
    telling.start();
    System.in.readAllBytes();
    Runtime.getRuntime().halt(0);
  }

  private static void tell(ActorSystem<?> system) {
    long told = 0;
    while (true) {
      long up = 0;
      for (var member : Cluster.get(system).state().getMembers()) {
        up += member.status().equals(MemberStatus.up()) ? 1 : 0;
      }
      if (up != told) {
        System.out.println("up " + up);
        told = up;
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
  }
}
