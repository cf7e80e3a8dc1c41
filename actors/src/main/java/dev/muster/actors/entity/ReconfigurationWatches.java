package dev.muster.actors.entity;

import dev.muster.actors.cluster.Reconfigurations;
import dev.muster.actors.entity.ClusterMessage.Watch;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.command.ReconfigurationProgress;
import dev.muster.journal.state.ClusterState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.javadsl.ActorContext;

/**
 * Who waits to hear of a reconfiguration. Each is answered once there is news, or when the cluster
 * looks again a moment later; only a memory, since whoever hears nothing asks again.
 */
final class ReconfigurationWatches {
  private static final Duration LOOK_AGAIN_AFTER = Duration.ofSeconds(1);

  private final ActorContext<ClusterMessage> context;
  private final Supplier<CatalogSnapshot> seen;
  private final List<Watch> waiting = new ArrayList<>(0);
  private boolean scheduled;

  /**
   * @param seen how far replicas are, on whichever node they run
   */
  ReconfigurationWatches(ActorContext<ClusterMessage> context, Supplier<CatalogSnapshot> seen) {
    this.context = context;
    this.seen = seen;
  }

  void add(Watch watch, ClusterState state) {
    if (!answered(watch, state)) {
      waiting.add(watch);
      if (!scheduled) {
        scheduled = true;
        context.scheduleOnce(LOOK_AGAIN_AFTER, context.getSelf(), new ClusterMessage.LookAgain());
      }
    }
  }

  /** The state may hold news. */
  void moved(ClusterState state) {
    if (!waiting.isEmpty()) {
      waiting.removeIf(watch -> answered(watch, state));
    }
  }

  /** The moment is over. */
  void lookAgain(ClusterState state) {
    scheduled = false;
    waiting.forEach(watch -> watch.replyTo().tell(progress(watch, state)));
    waiting.clear();
  }

  private boolean answered(Watch watch, ClusterState state) {
    ReconfigurationProgress now = progress(watch, state);
    if (watch.seen().equals(Optional.of(now))) {
      return false;
    }
    watch.replyTo().tell(now);
    return true;
  }

  private ReconfigurationProgress progress(Watch watch, ClusterState state) {
    return Reconfigurations.progress(
        state,
        watch.reconfiguration(),
        id -> Optional.ofNullable(seen.get().observations().get(id)));
  }
}
