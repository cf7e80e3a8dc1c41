package dev.muster.deploy;

import dev.muster.actors.entity.EntityHealth;
import dev.muster.api.Muster;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.state.ClusterEntry;
import dev.muster.journal.state.EnvironmentState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

/** What keeps a node that has started from serving, found out when somebody asks. */
final class Hindrances {
  /** Less than what those who ask are usually willing to wait for. */
  private static final long ANSWER_WITHIN_MILLIS = 800;

  private static final int CLUSTERS_NAMED = 10;

  private Hindrances() {}

  static Optional<String> ended(ActorSystem<?> system) {
    return system.getWhenTerminated().toCompletableFuture().isDone()
        ? Optional.of("its actors have ended")
        : Optional.empty();
  }

  /**
   * What concerns some of the node's work alone, and would be no better elsewhere: clusters whose
   * journal cannot be read, a past that cannot.
   */
  static List<String> restrictions(
      EntityHealth health, EnvironmentState names, Optional<String> history) {
    Map<ClusterId, String> clusters = new TreeMap<>(Comparator.comparing(ClusterId::value));
    clusters.putAll(health.clusters());
    List<String> lines = new ArrayList<>();
    clusters.forEach(
        (id, reason) -> {
          if (lines.size() < CLUSTERS_NAMED) {
            ClusterEntry entry = names.clusters().get(id);
            String name = entry == null ? "" : " (" + entry.name() + ")";
            lines.add("cluster " + id + name + " cannot be read: " + reason);
          }
        });
    if (clusters.size() > CLUSTERS_NAMED) {
      lines.add((clusters.size() - CLUSTERS_NAMED) + " more clusters cannot be read");
    }
    history.ifPresent(
        reason -> lines.add("the past could not be read when it was last asked for: " + reason));
    return lines;
  }

  /** Whether names can be read: every statement needs them, and no read is older than a change. */
  static Optional<String> serving(ActorSystem<?> system, EntityHealth health, Muster muster) {
    MemberStatus status = Cluster.get(system).selfMember().status();
    if (!status.equals(MemberStatus.up())) {
      return Optional.of("its place among the nodes is " + status);
    }
    Optional<String> unreadable = health.environment();
    if (unreadable.isPresent()) {
      return unreadable.map(reason -> "the environment cannot be read: " + reason);
    }
    try {
      muster.names().toCompletableFuture().get(ANSWER_WITHIN_MILLIS, TimeUnit.MILLISECONDS);
      return Optional.empty();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Optional.of("stopping");
    } catch (TimeoutException silent) {
      return Optional.of("the environment does not answer");
    } catch (ExecutionException failed) {
      return Optional.of(String.valueOf(failed.getCause().getMessage()));
    }
  }
}
