package dev.muster.actors.replica;

import com.typesafe.config.Config;
import dev.muster.actors.host.HostCapacities;
import dev.muster.actors.host.HostDirectory;
import dev.muster.actors.host.HostLedger;
import dev.muster.actors.host.HostRoom;
import dev.muster.actors.host.OrphanSweep;
import dev.muster.actors.host.ZoneHosts;
import dev.muster.actors.placement.HostLoad;
import dev.muster.actors.runtime.ReplicaRuntime;
import dev.muster.actors.runtime.SimulatedRuntime;
import dev.muster.actors.runtime.SimulationFile;
import dev.muster.actors.runtime.kubernetes.KubernetesRuntime;
import dev.muster.actors.runtime.kubernetes.KubernetesSettings;
import dev.muster.actors.runtime.process.ProcessRuntime;
import dev.muster.actors.runtime.process.ProcessSettings;
import dev.muster.api.Muster;
import dev.muster.api.catalog.CatalogStore;
import dev.muster.api.size.SizeCatalogue;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

/**
 * All that runs replicas on one node, put together: the runtime, a host for each zone, the
 * directory of hosts, and the sweep for orphans.
 *
 * <pre>
 *   ReplicaRuntime runtime = ReplicaHosting.runtime(system, dataDirectory, bundledCommand);
 *   ReplicaHosting hosting = ReplicaHosting.start(system, runtime, sizes, catalogStore);
 *   ... entities, with hosting.supervisors() ...
 *   hosting.sweepOrphans(muster);
 *   ... on the way down, after the actor system: hosting.close(); replicas keep running ...
 * </pre>
 *
 * @param runtime how replicas run on this node
 * @param zoneHosts the hosts of this node
 * @param room what this node's hosts have taken on
 * @param ledger the account of zones and hosts
 * @param supervisors what the entities need
 */
public record ReplicaHosting(
    ActorSystem<?> system,
    ReplicaRuntime runtime,
    ActorRef<ZoneHosts.Command> zoneHosts,
    HostRoom room,
    HostLedger ledger,
    ReplicaSupervisors supervisors)
    implements AutoCloseable {
  private static final Set<MemberStatus> COMING =
      Set.of(MemberStatus.joining(), MemberStatus.weaklyUp(), MemberStatus.up());

  private static final Duration GOODBYE_WITHIN = Duration.ofSeconds(2);
  private static final String NODE = "muster.node.number";

  /**
   * The runtime that {@code muster.runtime.name} asks for.
   *
   * @param bundledCommand makes the command of the bundled workload; called only when it is needed
   */
  public static ReplicaRuntime runtime(
      ActorSystem<?> system, Path dataDirectory, Callable<List<String>> bundledCommand)
      throws Exception {
    Config config = system.settings().config();
    String name = config.getString("muster.runtime.name");
    return switch (name) {
      case "process" ->
          new ProcessRuntime(
              ProcessSettings.of(
                  config,
                  dataDirectory,
                  config.getStringList("muster.runtime.process.command").isEmpty()
                      ? bundledCommand.call()
                      : List.of()));
      case "simulated" ->
          new SimulatedRuntime(
              (delay, task) ->
                  system.scheduler().scheduleOnce(delay, task, system.executionContext()),
              Clock.systemUTC(),
              config.getDuration("muster.runtime.simulated.hydration-time"),
              config.getDuration("muster.runtime.simulated.hydration-time-max"),
              SimulationFile.open(dataDirectory.resolve("simulated-replicas")));
      case "kubernetes" ->
          new KubernetesRuntime(
              KubernetesSettings.of(config),
              config.getStringList("muster.host.zones"),
              KubernetesRuntime.client());
      default ->
          throw new IllegalArgumentException(
              "muster.runtime.name is \""
                  + name
                  + "\"; it may be process, simulated or kubernetes");
    };
  }

  /** Starts the hosts of {@code muster.host.zones}. */
  public static ReplicaHosting start(
      ActorSystem<?> system, ReplicaRuntime runtime, SizeCatalogue sizes, CatalogStore catalog) {
    Config config = system.settings().config();
    List<String> zones = config.getStringList("muster.host.zones");
    List<HostLoad> own = HostCapacities.of(config, runtime.name());
    HostRoom room = room(config, own, runtime);
    ActorRef<ZoneHosts.Command> zoneHosts =
        system.systemActorOf(
            ZoneHosts.create(config.getInt(NODE), zones, runtime, catalog, room),
            "muster-zones",
            Props.empty());
    HostLedger ledger =
        new HostLedger(config.getStringList("muster.zones"), own, sizes, runtime.demand());
    ledger.onZones(out -> zoneHosts.tell(new ZoneHosts.Out(out)));
    ActorRef<HostDirectory.Command> hosts =
        system.systemActorOf(
            HostDirectory.create(ledger::mayComeBack, ledger::placeOf, ledger::lossOf),
            "muster-hosts",
            Props.empty());
    Config replica = config.getConfig("muster.replica");
    Backoff backoff =
        new Backoff(
            replica.getDuration("backoff-min"),
            replica.getDuration("backoff-max"),
            replica.getDuration("backoff-reset-after"));
    return new ReplicaHosting(
        system,
        runtime,
        zoneHosts,
        room,
        ledger,
        new ReplicaSupervision(
            hosts,
            sizes,
            backoff,
            Clock.systemUTC(),
            actor -> isPresent(Cluster.get(system).state(), actor.path().address()),
            () -> ThreadLocalRandom.current().nextDouble()));
  }

  /** Whether a member on its way in, or in, has this address, and is not out of sight. */
  private static boolean isPresent(ClusterEvent.CurrentClusterState state, Address address) {
    for (Member member : state.getMembers()) {
      if (member.address().equals(address)) {
        return COMING.contains(member.status()) && !state.getUnreachable().contains(member);
      }
    }
    return false;
  }

  /** Of a single node nobody but its own account gives anything away. */
  private static HostRoom room(Config config, List<HostLoad> hosts, ReplicaRuntime runtime) {
    if (config.getBoolean("muster.node.form-cluster-alone")) {
      return HostRoom.unbounded();
    }
    HostRoom room = new HostRoom(hosts, runtime.demand());
    if (room.isBounded()) {
      // It may block, and nothing but first starts waits for it.
      Thread.ofVirtual().name("inventory").start(() -> room.found(runtime.inventory()));
    }
    return room;
  }

  /** Stops what no cluster asks for, from now on. */
  public void sweepOrphans(Muster muster) {
    system.systemActorOf(
        OrphanSweep.create(
            system.settings().config().getInt(NODE),
            runtime,
            room,
            muster,
            system.settings().config().getDuration("muster.host.orphan-sweep-interval")),
        "muster-orphan-sweep",
        Props.empty());
  }

  /** The control plane is not the data plane: replicas that are processes keep running. */
  @Override
  public void close() {
    if (!system.getWhenTerminated().toCompletableFuture().isDone()) {
      sayGoodbye();
    }
    runtime.close();
  }

  /** Where the node was cut off from the others, there is nobody to say it to, nor who says it. */
  private void sayGoodbye() {
    CompletableFuture<Void> goodbye = new CompletableFuture<>();
    zoneHosts.tell(new ZoneHosts.Leave(goodbye));
    try {
      goodbye.get(GOODBYE_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException unsaid) {
      system.log().warn("not all other nodes were told that the hosts of this one leave");
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
