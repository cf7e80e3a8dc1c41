package dev.muster.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.typesafe.config.ConfigFactory;
import dev.muster.actors.membership.NodeRole;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes that find each other by a list, as far as they are members: nothing runs on them. */
final class NodeDiscoveryTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int NODES = 3;

  @TempDir private Path folder;

  private final List<String> remoting = new ArrayList<>();
  private final List<String> management = new ArrayList<>();
  private final List<ActorSystem<Void>> systems = new ArrayList<>();
  private Path settings;

  @BeforeEach
  void choosePorts() throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    for (int i = 0; i < 2 * NODES; i++) {
      ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      held.add(socket);
      (i % 2 == 0 ? remoting : management).add("127.0.0.1:" + socket.getLocalPort());
    }
    for (ServerSocket socket : held) {
      socket.close();
    }
    settings =
        Files.writeString(
            folder.resolve("settings.conf"),
            """
            pekko.loglevel = WARNING
            pekko.management.cluster.bootstrap {
              contact-point-discovery { stable-margin = 300 ms, interval = 200 ms }
              contact-point.probe-interval = 200 ms
            }
            # A loaded machine is no fault.
            pekko.cluster.failure-detector.acceptable-heartbeat-pause = 30 s
            """);
  }

  @AfterEach
  void end() {
    systems.forEach(ActorSystem::terminate);
    systems.forEach(system -> system.getWhenTerminated().toCompletableFuture().join());
  }

  private ActorSystem<Void> start(int node) throws IOException {
    StartOptions.Membership membership =
        new StartOptions.Membership(
            node,
            "az1",
            remoting.get(node),
            List.of(),
            Optional.of(
                new StartOptions.Discovery(
                    StartOptions.Discovery.Method.CONFIG, management, NODES, management.get(node))),
            List.of("127.0.0.1:1"),
            false,
            EnumSet.allOf(NodeRole.class));
    // A folder of its own each time: what it was a member of before is lost.
    Path data = Files.createTempDirectory(folder, "node-" + node);
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
    systems.add(system);
    NodeDiscovery.start(system);
    return system;
  }

  /** The addresses of those who are up, as a node sees them. */
  private static Set<String> up(ActorSystem<?> system) {
    Set<String> up = new TreeSet<>();
    Cluster.get(system)
        .state()
        .getMembers()
        .forEach(
            member -> {
              if (member.status().equals(MemberStatus.up())) {
                up.add(member.address().getHost().get() + ":" + member.address().getPort().get());
              }
            });
    return up;
  }

  private static void awaitUp(ActorSystem<?> system, Set<String> expected) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!up(system).equals(expected) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    assertEquals(expected, up(system));
  }

  @Test
  void threeNodesFoundOneClusterAndWhoHasLostItsMemoryFoundsNoOther() throws IOException {
    ActorSystem<Void> first = start(0);
    ActorSystem<Void> second = start(1);
    // Two of three wait: the third may run, and be in a cluster.
    LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
    assertEquals(Set.of(), up(first));
    assertEquals(Set.of(), up(second));

    ActorSystem<Void> third = start(2);
    Set<String> all = new HashSet<>(remoting);
    for (ActorSystem<Void> system : List.of(first, second, third)) {
      awaitUp(system, new TreeSet<>(all));
    }

    long before = Cluster.get(first).selfMember().uniqueAddress().longUid();
    first.terminate();
    first.getWhenTerminated().toCompletableFuture().join();
    awaitUp(second, new TreeSet<>(remoting.subList(1, NODES)));
    ActorSystem<Void> again = start(0);

    assertNotEquals(before, Cluster.get(again).selfMember().uniqueAddress().longUid());
    awaitUp(second, new TreeSet<>(all));
    awaitUp(again, new TreeSet<>(all));
  }

  @Test
  void theDefaultsOfDiscoveryLieUnderTheInstallationsOwn() throws IOException {
    ActorSystem<Void> node = start(0);
    var contact =
        node.settings()
            .config()
            .getConfig("pekko.management.cluster.bootstrap.contact-point-discovery");

    assertEquals(Duration.ofMillis(300), contact.getDuration("stable-margin"));
    assertEquals("config", contact.getString("discovery-method"));
    assertEquals(NODES, contact.getInt("required-contact-point-nr"));
    assertEquals(
        "app.kubernetes.io/name=muster",
        ConfigFactory.parseResources("muster-bootstrap.conf")
            .getString("pekko.discovery.kubernetes-api.pod-label-selector"));
  }
}
