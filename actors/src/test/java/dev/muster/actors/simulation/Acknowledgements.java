package dev.muster.actors.simulation;

import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.Patch;
import dev.muster.api.command.Reply;
import dev.muster.journal.event.AutoScalingStrategy;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.state.ClusterState;
import java.util.Optional;

/** What a cluster's statement asked for is in the journal when it is acknowledged (invariant 1). */
final class Acknowledgements {
  private final World world;

  Acknowledgements(World world) {
    this.world = world;
  }

  /** A client reads this answer. */
  void answered(ClusterId id, ClusterCommand command, Reply reply) {
    boolean acknowledged =
        switch (reply) {
          case Reply.Done ignored -> true;
          case Reply.Underway ignored -> true;
          case Reply.Refused ignored -> false;
        };
    if (acknowledged && world.journal().state(id) instanceof ClusterState.Live live) {
      Violation.unless(
          isDone(live, command),
          1,
          () -> command + " was acknowledged and is not durable: " + live);
    }
  }

  private static boolean isDone(ClusterState.Live live, ClusterCommand command) {
    return switch (command) {
      case ClusterCommand.Alter alter -> isDeclared(live, alter);
      case ClusterCommand.CreateReplica create -> live.replica(create.replica().name()).isPresent();
      case ClusterCommand.DropReplicas drop ->
          drop.names().stream().noneMatch(name -> live.replica(name).isPresent());
      case ClusterCommand.RenameReplica rename ->
          rename.ifExists() || live.replica(rename.newName()).isPresent();
      // Of the environment's lead: its own checks ask for these.
      case ClusterCommand.Create ignored -> true;
      case ClusterCommand.Drop ignored -> true;
      case ClusterCommand.DropReplicasById ignored -> true;
      case ClusterCommand.CommentOn ignored -> true;
    };
  }

  private static boolean isDeclared(ClusterState.Live live, ClusterCommand.Alter alter) {
    Optional<Managed> declared = live.declared();
    if (declared.isEmpty()) {
      return alter.managed().filter(managed -> managed).isEmpty();
    }
    Managed managed = declared.get();
    return alter.managed().orElse(true)
        && isSet(alter.size(), managed.size())
        && isSet(alter.replicationFactor(), managed.replicationFactor())
        && isSet(alter.schedule(), managed.schedule())
        && isSet(alter.minSize(), managed.sizeRange().map(range -> range.minSize()).orElse(""))
        && isSet(alter.maxSize(), managed.sizeRange().map(range -> range.maxSize()).orElse(""))
        && isSet(alter.availabilityZones(), managed.availabilityZones())
        && isSet(alter.introspectionInterval(), managed.settings().introspectionInterval())
        && isSet(alter.introspectionDebugging(), managed.settings().introspectionDebugging())
        && (!(alter.autoScaling() instanceof Patch.Set<AutoScalingStrategy> set)
            || managed.autoScaling().equals(Optional.of(set.value())));
  }

  private static <T> boolean isSet(Patch<T> patch, T value) {
    return switch (patch) {
      case Patch.Keep<T> ignored -> true;
      case Patch.Clear<T> ignored -> true;
      case Patch.Set<T> set -> set.value().equals(value);
    };
  }
}
