package dev.muster.actors.entity;

import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.Rejection;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.state.ClusterEntry;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import java.time.Duration;
import java.util.Optional;

/**
 * What becomes of a statement about a cluster that the environment is still creating, perhaps on
 * another node: it waits for the creation's end, and is told to come back where that takes too
 * long. That there is no such cluster is said only of one that the environment does not know.
 */
enum AwaitedCreation {
  /** It is to be decided now. */
  PROCEED,
  /** It is to be looked at again soon. */
  WAIT,
  /** It has waited for as long as its client has patience. */
  TOO_LATE;

  static final Duration AGAIN_AFTER = Duration.ofMillis(20);

  static final Rejection STILL_CREATING =
      new Rejection.Unavailable("the cluster is still being created");

  /** By then a node has heard from the one where the environment is. */
  private static final Duration NEWS_WITHIN = Duration.ofSeconds(2);

  static AwaitedCreation of(
      ClusterId id,
      ClusterState state,
      ClusterMessage.Execute execute,
      HybridTime now,
      EntityRuntime runtime) {
    if (!(state instanceof ClusterState.Absent) || isLed(execute.command())) {
      return PROCEED;
    }
    EnvironmentState own = runtime.catalog().snapshot().environment().state();
    boolean isHere = own.environmentId().isPresent();
    EnvironmentState environment = isHere ? own : runtime.seen().get().environment().state();
    Optional<ClusterEntry> entry = environment.cluster(id);
    if (entry.isPresent() ? entry.get().creating().isEmpty() : isHere || hasBeen(id, environment)) {
      return PROCEED;
    }
    if (entry.isEmpty()) {
      long waitedMillis = now.epochMillis() - execute.sentAt().epochMillis();
      return waitedMillis < NEWS_WITHIN.toMillis() ? WAIT : PROCEED;
    }
    return now.epochMillis() + EnvironmentEntity.LAST_WORD_MILLIS < execute.deadlineEpochMillis()
        ? WAIT
        : TOO_LATE;
  }

  /** What the environment itself tells a cluster, whether that is there or not. */
  private static boolean isLed(ClusterCommand command) {
    return switch (command) {
      case ClusterCommand.Create ignored -> true;
      case ClusterCommand.Drop ignored -> true;
      case ClusterCommand.DropReplicasById ignored -> true;
      case ClusterCommand.Alter ignored -> false;
      case ClusterCommand.CreateReplica ignored -> false;
      case ClusterCommand.DropReplicas ignored -> false;
      case ClusterCommand.RenameReplica ignored -> false;
      case ClusterCommand.CommentOn ignored -> false;
    };
  }

  private static boolean hasBeen(ClusterId id, EnvironmentState environment) {
    return !id.isSystem() && id.number() <= environment.lastUserId();
  }
}
