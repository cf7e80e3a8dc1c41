package dev.muster.journal.state;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.muster.journal.event.ClusterConfiguration;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterConfiguration.Unmanaged;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.AutoScalingChanged;
import dev.muster.journal.event.ClusterEvent.AvailabilityZonesChanged;
import dev.muster.journal.event.ClusterEvent.BurstCaughtUp;
import dev.muster.journal.event.ClusterEvent.BurstEnded;
import dev.muster.journal.event.ClusterEvent.BurstResumed;
import dev.muster.journal.event.ClusterEvent.BurstStarted;
import dev.muster.journal.event.ClusterEvent.ClusterCreated;
import dev.muster.journal.event.ClusterEvent.ClusterDropped;
import dev.muster.journal.event.ClusterEvent.CommentChanged;
import dev.muster.journal.event.ClusterEvent.ConvertedToManaged;
import dev.muster.journal.event.ClusterEvent.ConvertedToUnmanaged;
import dev.muster.journal.event.ClusterEvent.ReconfigurationCancelled;
import dev.muster.journal.event.ClusterEvent.ReconfigurationFinished;
import dev.muster.journal.event.ClusterEvent.ReconfigurationRetargeted;
import dev.muster.journal.event.ClusterEvent.ReconfigurationStarted;
import dev.muster.journal.event.ClusterEvent.ReconfigurationTimedOut;
import dev.muster.journal.event.ClusterEvent.ReplicaAdded;
import dev.muster.journal.event.ClusterEvent.ReplicaDropped;
import dev.muster.journal.event.ClusterEvent.ReplicaFailed;
import dev.muster.journal.event.ClusterEvent.ReplicaHydrated;
import dev.muster.journal.event.ClusterEvent.ReplicaPlaced;
import dev.muster.journal.event.ClusterEvent.ReplicaRenamed;
import dev.muster.journal.event.ClusterEvent.ReplicaStarted;
import dev.muster.journal.event.ClusterEvent.ReplicaWaiting;
import dev.muster.journal.event.ClusterEvent.ReplicationFactorChanged;
import dev.muster.journal.event.ClusterEvent.ScalingDecided;
import dev.muster.journal.event.ClusterEvent.ScheduleChanged;
import dev.muster.journal.event.ClusterEvent.SettingsChanged;
import dev.muster.journal.event.ClusterEvent.SizeChanged;
import dev.muster.journal.event.ClusterEvent.SizeRangeChanged;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.ReconfigurationTarget;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaPromotion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A cluster, folded from its events: {@link Absent}, then {@link Live}, then {@link Dropped} for
 * ever.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ClusterState.Absent.class, name = "absent"),
  @JsonSubTypes.Type(value = ClusterState.Live.class, name = "live"),
  @JsonSubTypes.Type(value = ClusterState.Dropped.class, name = "dropped")
})
public sealed interface ClusterState {
  /**
   * The state after the event; throws {@link ImpossibleEventException} where the event cannot have
   * happened.
   */
  ClusterState evolve(HybridTime at, ClusterEvent event);

  /** Before the first event. */
  record Absent() implements ClusterState {
    @Override
    public ClusterState evolve(HybridTime at, ClusterEvent event) {
      if (event instanceof ClusterCreated created) {
        return new Live(
            created.id(),
            at,
            created.configuration(),
            List.of(),
            0,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
      }
      throw new ImpossibleEventException(this, event);
    }
  }

  /** After the last event. */
  record Dropped(ClusterId id, HybridTime at) implements ClusterState {
    @Override
    public ClusterState evolve(HybridTime at, ClusterEvent event) {
      throw new ImpossibleEventException(this, event);
    }
  }

  /**
   * A cluster that exists.
   *
   * @param replicas in the order in which they were added
   * @param lastReplicaNumber the number of the replica added last, dropped or not
   * @param latestReconfiguration the one under way, or else the one that ended last
   * @param burst the hydration burst under way
   * @param latestScaling what Muster decided last about the size, by itself
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Live(
      ClusterId id,
      HybridTime createdAt,
      ClusterConfiguration configuration,
      List<Replica> replicas,
      long lastReplicaNumber,
      Optional<String> comment,
      Optional<Reconfiguration> latestReconfiguration,
      Optional<Burst> burst,
      Optional<ScalingDecision> latestScaling)
      implements ClusterState {
    public Live {
      replicas = List.copyOf(replicas);
    }

    /** The reconfiguration under way. */
    @JsonIgnore
    public Optional<Reconfiguration> reconfiguration() {
      return latestReconfiguration.filter(Reconfiguration::isInProgress);
    }

    /**
     * The configuration as it was declared last, where Muster keeps the replicas: what is realized,
     * with the target of a reconfiguration under way in its place.
     */
    @JsonIgnore
    public Optional<Managed> declared() {
      return managed()
          .map(
              realized ->
                  reconfiguration()
                      .map(under -> under.target().applyTo(realized))
                      .orElse(realized));
    }

    /** The declared configuration, where Muster keeps the replicas. */
    @JsonIgnore
    public Optional<Managed> managed() {
      return configuration instanceof Managed managed ? Optional.of(managed) : Optional.empty();
    }

    public Optional<Replica> replica(String name) {
      return replicas.stream().filter(replica -> replica.name().equals(name)).findFirst();
    }

    @Override
    public ClusterState evolve(HybridTime at, ClusterEvent event) {
      return switch (event) {
        case ClusterCreated impossible -> throw new ImpossibleEventException(this, impossible);
        case ClusterDropped ignored -> {
          require(replicas.isEmpty(), event);
          yield new Dropped(id, at);
        }
        case SizeChanged changed ->
            configured(event, managed -> managed.withSize(changed.newSize()));
        case ReplicationFactorChanged changed ->
            configured(event, managed -> managed.withReplicationFactor(changed.newFactor()));
        case AvailabilityZonesChanged changed ->
            configured(event, managed -> managed.withAvailabilityZones(changed.newZones()));
        case SettingsChanged changed ->
            configured(event, managed -> managed.withSettings(changed.newSettings()));
        case ScheduleChanged changed ->
            configured(event, managed -> managed.withSchedule(changed.newSchedule()));
        case AutoScalingChanged changed ->
            configured(event, managed -> managed.withAutoScaling(changed.newStrategy()));
        case SizeRangeChanged changed ->
            configured(event, managed -> managed.withSizeRange(changed.newRange()));
        case ConvertedToManaged converted -> configured(converted.configuration());
        case ConvertedToUnmanaged ignored -> {
          requireNoReconfiguration(event);
          require(burst.isEmpty(), event);
          yield configured(new Unmanaged());
        }
        case ReconfigurationStarted started -> reconfiguring(at, started);
        case ReconfigurationRetargeted changed ->
            reconfiguring(
                reconfigurationUnder(changed, changed.oldTarget())
                    .retargeted(
                        changed.newTarget(),
                        changed.deadline(),
                        changed.onTimeout(),
                        changed.retargetedBy()));
        case ReconfigurationFinished finished -> cuttingOver(at, finished);
        case ReconfigurationTimedOut timedOut ->
            reconfiguring(
                reconfigurationUnder(timedOut, timedOut.target())
                    .ended(at, Reconfiguration.Status.TIMED_OUT));
        case ReconfigurationCancelled cancelled ->
            reconfiguring(
                reconfigurationUnder(cancelled, cancelled.target())
                    .ended(at, Reconfiguration.Status.CANCELLED));
        case BurstStarted started -> {
          require(managed().isPresent() && burst.isEmpty(), event);
          yield bursting(Optional.of(new Burst(at, started.size(), Optional.empty())));
        }
        case BurstCaughtUp caughtUp -> bursting(caughtUp);
        case BurstResumed resumed -> bursting(resumed);
        case BurstEnded ignored -> {
          require(burst.isPresent(), event);
          yield bursting(Optional.empty());
        }
        case ScalingDecided decided -> deciding(at, decided);
        case ReplicaAdded added -> adding(at, added);
        case ReplicaDropped dropped -> dropping(dropped.id(), dropped);
        case ReplicaWaiting waiting ->
            replacing(waiting.id(), event, replica -> moves(event).waits(replica, at, waiting));
        case ReplicaPlaced placed ->
            replacing(placed.id(), event, replica -> moves(event).placed(replica, at, placed));
        case ReplicaRenamed renamed ->
            replacing(renamed.id(), event, replica -> replica.renamed(renamed.newName()));
        case ReplicaStarted started ->
            replacing(started.id(), event, replica -> ReplicaMoves.starts(replica, at, started));
        case ReplicaHydrated hydrated ->
            replacing(
                hydrated.id(), event, replica -> moves(event).hydrates(replica, at, hydrated));
        case ReplicaFailed failed ->
            replacing(failed.id(), event, replica -> ReplicaMoves.fails(replica, at, failed));
        case CommentChanged changed -> commenting(changed);
      };
    }

    private ReplicaMoves moves(ClusterEvent event) {
      return new ReplicaMoves(() -> new ImpossibleEventException(this, event));
    }

    private Live configured(ClusterConfiguration newConfiguration) {
      return new Live(
          id,
          createdAt,
          newConfiguration,
          replicas,
          lastReplicaNumber,
          comment,
          latestReconfiguration,
          burst,
          latestScaling);
    }

    private Live populated(List<Replica> newReplicas, long newLastNumber) {
      return new Live(
          id,
          createdAt,
          configuration,
          newReplicas,
          newLastNumber,
          comment,
          latestReconfiguration,
          burst,
          latestScaling);
    }

    private Live bursting(ClusterEvent event) {
      Optional<Burst> next = burst.flatMap(under -> under.evolve(event));
      require(next.isPresent(), event);
      return bursting(next);
    }

    private Live bursting(Optional<Burst> newBurst) {
      return scaling(newBurst, latestScaling);
    }

    private Live deciding(HybridTime at, ScalingDecided decided) {
      requireNoReconfiguration(decided);
      require(
          managed()
              .filter(managed -> managed.sizeRange().isPresent())
              .filter(managed -> managed.size().equals(decided.fromSize()))
              .isPresent(),
          decided);
      return scaling(burst, Optional.of(ScalingDecision.of(at, decided)));
    }

    private Live scaling(Optional<Burst> newBurst, Optional<ScalingDecision> newDecision) {
      return new Live(
          id,
          createdAt,
          configuration,
          replicas,
          lastReplicaNumber,
          comment,
          latestReconfiguration,
          newBurst,
          newDecision);
    }

    private Live reconfiguring(Reconfiguration newReconfiguration) {
      return new Live(
          id,
          createdAt,
          configuration,
          replicas,
          lastReplicaNumber,
          comment,
          Optional.of(newReconfiguration),
          burst,
          latestScaling);
    }

    private Live reconfiguring(HybridTime at, ReconfigurationStarted started) {
      requireNoReconfiguration(started);
      require(
          managed().map(ReconfigurationTarget::of).filter(started.from()::equals).isPresent(),
          started);
      return reconfiguring(Reconfiguration.started(at, started));
    }

    private void requireNoReconfiguration(ClusterEvent event) {
      require(reconfiguration().isEmpty(), event);
    }

    private void require(boolean possible, ClusterEvent event) {
      if (!possible) {
        throw new ImpossibleEventException(this, event);
      }
    }

    private Reconfiguration reconfigurationUnder(ClusterEvent event, ReconfigurationTarget target) {
      return reconfiguration()
          .filter(under -> under.target().equals(target))
          .orElseThrow(() -> new ImpossibleEventException(this, event));
    }

    /** Names are free before they are taken: the retired go first. */
    private Live cuttingOver(HybridTime at, ReconfigurationFinished finished) {
      Reconfiguration ended =
          reconfigurationUnder(finished, finished.target())
              .ended(
                  at,
                  finished.hydrated()
                      ? Reconfiguration.Status.FINISHED
                      : Reconfiguration.Status.FORCED);
      Live now = configured(finished, finished.target()::applyTo);
      for (ReplicaId retired : finished.retired()) {
        now = now.dropping(retired, finished);
      }
      for (ReplicaPromotion promotion : finished.promoted()) {
        require(now.replica(promotion.newName()).isEmpty(), finished);
        now =
            now.replacing(
                promotion.id(), finished, replica -> replica.renamed(promotion.newName()));
      }
      return now.reconfiguring(ended);
    }

    private Live configured(ClusterEvent event, UnaryOperator<Managed> change) {
      return configured(
          change.apply(managed().orElseThrow(() -> new ImpossibleEventException(this, event))));
    }

    private Live adding(HybridTime at, ReplicaAdded added) {
      require(added.id().number() > lastReplicaNumber && replica(added.name()).isEmpty(), added);
      List<Replica> more = new ArrayList<>(replicas);
      more.add(Replica.added(at, added));
      return populated(more, added.id().number());
    }

    private Live dropping(ReplicaId dropped, ClusterEvent event) {
      List<Replica> fewer =
          replicas.stream().filter(replica -> !replica.id().equals(dropped)).toList();
      require(fewer.size() < replicas.size(), event);
      return populated(fewer, lastReplicaNumber);
    }

    private Live replacing(ReplicaId replicaId, ClusterEvent event, UnaryOperator<Replica> change) {
      require(replicas.stream().anyMatch(replica -> replica.id().equals(replicaId)), event);
      List<Replica> changed =
          replicas.stream()
              .map(replica -> replica.id().equals(replicaId) ? change.apply(replica) : replica)
              .toList();
      return populated(changed, lastReplicaNumber);
    }

    private Live commenting(CommentChanged changed) {
      if (changed.replica().isPresent()) {
        return replacing(
            changed.replica().get(), changed, replica -> replica.commented(changed.comment()));
      }
      return new Live(
          id,
          createdAt,
          configuration,
          replicas,
          lastReplicaNumber,
          changed.comment(),
          latestReconfiguration,
          burst,
          latestScaling);
    }
  }
}
