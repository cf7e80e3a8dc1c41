package dev.muster.actors.simulation;

import static dev.muster.actors.testing.Commands.alter;
import static dev.muster.actors.testing.Commands.create;
import static dev.muster.actors.testing.Commands.createUnmanaged;
import static dev.muster.actors.testing.Commands.managed;
import static dev.muster.actors.testing.Commands.plan;
import static dev.muster.actors.testing.Commands.planIn;

import dev.muster.actors.cluster.ClusterRules;
import dev.muster.actors.testing.Commands.AlterBuilder;
import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.Reply;
import dev.muster.api.command.WaitPolicy;
import dev.muster.journal.event.AutoScalingStrategy;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.OnTimeout;
import dev.muster.journal.event.Origin;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.event.Schedule;
import dev.muster.journal.event.SizeRange;
import dev.muster.journal.state.ClusterEntry;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import dev.muster.journal.state.Replica;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** What users ask for. */
final class Statements {
  private static final Origin ALICE =
      new Origin("materialize", Optional.empty(), Optional.empty(), Optional.empty());
  private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "f");
  private static final List<String> SIZES = List.of("25cc", "small", "medium", "6400cc", "huge");
  private static final List<SizeRange> RANGES =
      List.of(
          new SizeRange("small", "xlarge"),
          new SizeRange("25cc", "medium"),
          new SizeRange("small", "large"),
          new SizeRange("medium", "xlarge"));
  private static final List<String> REPLICAS = List.of("r1", "r2", "x", "y");
  private static final List<WaitPolicy> POLICIES =
      List.of(
          new WaitPolicy.Unspecified(),
          new WaitPolicy.Unspecified(),
          new WaitPolicy.For(Duration.ZERO),
          new WaitPolicy.For(Duration.ofMillis(300)),
          new WaitPolicy.UntilReady(Duration.ofSeconds(3), OnTimeout.ROLLBACK),
          new WaitPolicy.UntilReady(Duration.ofMillis(200), OnTimeout.ROLLBACK),
          new WaitPolicy.UntilReady(Duration.ofMillis(500), OnTimeout.COMMIT));

  private final World world;
  private final Set<Integer> unsaid;
  private SplittableRandom random;
  private int count;

  /**
   * @param unsaid what is left out, by its number
   */
  Statements(World world, Set<Integer> unsaid) {
    this.world = world;
    this.unsaid = unsaid;
  }

  int count() {
    return count;
  }

  /** One statement, as if by a client; nobody minds when the control plane is down. */
  void next() {
    // From a stream of its own: what is left out changes no other statement.
    random = world.chance().statements().split();
    if (!unsaid.contains(count++)) {
      say();
    }
  }

  private void say() {
    int kind = random.nextInt(100);
    if (kind < 20) {
      environment(creation());
    } else if (kind < 30) {
      environment(new EnvironmentCommand.DropClusters(List.of(name()), false));
    } else if (kind < 34) {
      environment(new EnvironmentCommand.RenameCluster(name(), name(), false));
    } else if (kind < 38) {
      environment(
          new EnvironmentCommand.SwapClusters(
              List.of(new EnvironmentCommand.Swap(name(), name()))));
    } else if (kind < 42) {
      environment(new EnvironmentCommand.DropReplicas(replicas()));
    } else {
      cluster(kind < 82 ? alteration() : byHand());
    }
  }

  private <T> T one(List<T> choices) {
    return Chance.one(random, choices);
  }

  private String name() {
    return one(NAMES);
  }

  private String[] zones() {
    return World.ZONES.stream().filter(zone -> random.nextBoolean()).toArray(String[]::new);
  }

  private EnvironmentCommand creation() {
    if (random.nextInt(4) == 0) {
      return createUnmanaged(name(), plan("x", one(SIZES)), planIn("y", "small", "az2"));
    }
    String[] zones = random.nextBoolean() ? new String[0] : zones();
    Managed managed = managed(one(SIZES), factor(), zones);
    if (random.nextInt(8) == 0) {
      return create(name(), managed.withSettings(settings()).withSchedule(schedule()));
    }
    Managed bursting = random.nextInt(3) == 0 ? managed.withAutoScaling(burst()) : managed;
    return create(name(), random.nextInt(3) == 0 ? ranged(bursting) : bursting);
  }

  /** Seldom more than there are zones. */
  private int factor() {
    return random.nextInt(random.nextInt(5) == 0 ? ClusterRules.DEFAULT_MAX_REPLICAS + 2 : 4);
  }

  private ReplicaSettings settings() {
    return new ReplicaSettings(interval(), random.nextBoolean(), Optional.empty(), disk());
  }

  private Optional<Duration> interval() {
    return one(List.of(Optional.empty(), Optional.of(Duration.ofSeconds(random.nextInt(1, 3)))));
  }

  private Optional<Boolean> disk() {
    return one(List.of(Optional.empty(), Optional.of(random.nextBoolean())));
  }

  private Schedule schedule() {
    return one(
        List.of(
            new Schedule.Manual(),
            new Schedule.OnRefresh(Optional.empty()),
            new Schedule.OnRefresh(Optional.of(Duration.ofSeconds(random.nextInt(60))))));
  }

  private ClusterCommand alteration() {
    AlterBuilder alter = alter().waiting(one(POLICIES));
    int kind = random.nextInt(10);
    if (kind < 5) {
      alter.size(one(SIZES));
    }
    if (kind > 3 && kind < 7) {
      alter.factor(factor());
    }
    if (kind > 6 && kind < 9) {
      alter.zones(zones());
    }
    if (kind == 9) {
      convert(alter);
    }
    switch (random.nextInt(18)) {
      case 0, 1 -> alter.scaling(burst().get());
      case 2 -> alter.resetScaling();
      case 3 -> alter.minSize(one(RANGES).minSize()).maxSize(one(RANGES).maxSize());
      case 4 -> alter.maxSize(one(RANGES).maxSize());
      case 5 -> alter.resetMinSize().resetMaxSize();
      case 6 -> alter.debugging(random.nextBoolean());
      case 7 -> alter.interval(interval());
      case 8 -> alter.effort(random.nextInt(2)).disk(random.nextBoolean());
      case 9 -> alter.schedule(schedule());
      default -> {
        // Nothing besides.
      }
    }
    return alter.build();
  }

  private void convert(AlterBuilder alter) {
    alter.managed(random.nextBoolean());
    if (random.nextBoolean()) {
      alter.size(one(SIZES)).factor(factor());
    }
  }

  private Managed ranged(Managed managed) {
    SizeRange range = one(RANGES);
    return managed.withSize(range.minSize()).withSizeRange(Optional.of(range));
  }

  private Optional<AutoScalingStrategy> burst() {
    return Optional.of(
        new AutoScalingStrategy(
            one(SIZES), Optional.of(Duration.ofMillis(random.nextInt(3) * 1_000L))));
  }

  private ClusterCommand byHand() {
    return switch (random.nextInt(4)) {
      case 0 -> new ClusterCommand.CreateReplica(plan(one(REPLICAS), one(SIZES)), true);
      case 1 -> new ClusterCommand.DropReplicas(List.of(one(REPLICAS)), true);
      case 2 ->
          new ClusterCommand.CommentOn(
              one(List.of(Optional.empty(), Optional.of(one(REPLICAS)))),
              one(List.of(Optional.empty(), Optional.of("it is what it is"))));
      default -> new ClusterCommand.RenameReplica(one(REPLICAS), one(REPLICAS), true);
    };
  }

  /** Some of the unmanaged clusters', as the front door makes sure. */
  private List<ReplicaId> replicas() {
    return world.journal().states().values().stream()
        .filter(ClusterState.Live.class::isInstance)
        .map(ClusterState.Live.class::cast)
        .filter(live -> live.managed().isEmpty())
        .flatMap(live -> live.replicas().stream())
        .map(Replica::id)
        .sorted()
        .filter(id -> random.nextInt(3) == 0)
        .toList();
  }

  private void environment(EnvironmentCommand command) {
    if (world.isUp()) {
      ControlPlane plane = world.plane();
      plane.tellEnvironment(
          () -> {
            EnvironmentState before = world.journal().environmentState();
            plane.environment().execute(command, ALICE, reply -> answered(before, command, reply));
          });
    }
  }

  /** What was acknowledged is durable. */
  private void answered(EnvironmentState before, EnvironmentCommand command, Reply reply) {
    boolean acknowledged = reply instanceof Reply.Done;
    if (acknowledged && command instanceof EnvironmentCommand.CreateCluster) {
      world.checks().created(ClusterId.user(before.lastUserId() + 1));
    }
    if (acknowledged && command instanceof EnvironmentCommand.DropClusters drop) {
      before
          .cluster(drop.names().get(0))
          .map(ClusterEntry::id)
          .filter(id -> !world.journal().environmentState().clusters().containsKey(id))
          .ifPresent(world.checks()::dropped);
    }
  }

  private void cluster(ClusterCommand command) {
    Optional<ClusterId> id =
        world.journal().environmentState().cluster(name()).map(ClusterEntry::id);
    if (world.isUp() && id.isPresent()) {
      world
          .plane()
          .tell(
              id.get(),
              cluster ->
                  cluster.execute(
                      command,
                      ALICE,
                      reply ->
                          world.checks().acknowledgements().answered(id.get(), command, reply)));
    }
  }
}
