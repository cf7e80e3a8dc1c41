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
import dev.muster.journal.event.ClusterEvent.ClusterCreated;
import dev.muster.journal.event.ClusterEvent.ClusterDropped;
import dev.muster.journal.event.ClusterEvent.CommentChanged;
import dev.muster.journal.event.ClusterEvent.ConvertedToManaged;
import dev.muster.journal.event.ClusterEvent.ConvertedToUnmanaged;
import dev.muster.journal.event.ClusterEvent.ReplicaAdded;
import dev.muster.journal.event.ClusterEvent.ReplicaDropped;
import dev.muster.journal.event.ClusterEvent.ReplicaFailed;
import dev.muster.journal.event.ClusterEvent.ReplicaHydrated;
import dev.muster.journal.event.ClusterEvent.ReplicaRenamed;
import dev.muster.journal.event.ClusterEvent.ReplicaStarted;
import dev.muster.journal.event.ClusterEvent.ReplicationFactorChanged;
import dev.muster.journal.event.ClusterEvent.ScheduleChanged;
import dev.muster.journal.event.ClusterEvent.SettingsChanged;
import dev.muster.journal.event.ClusterEvent.SizeChanged;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.ReplicaId;
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
        return new Live(created.id(), at, created.configuration(), List.of(), 0, Optional.empty());
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
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Live(
      ClusterId id,
      HybridTime createdAt,
      ClusterConfiguration configuration,
      List<Replica> replicas,
      long lastReplicaNumber,
      Optional<String> comment)
      implements ClusterState {
    public Live {
      replicas = List.copyOf(replicas);
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
          if (!replicas.isEmpty()) {
            throw new ImpossibleEventException(this, event);
          }
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
        case ConvertedToManaged converted -> configured(converted.configuration());
        case ConvertedToUnmanaged ignored -> configured(new Unmanaged());
        case ReplicaAdded added -> adding(at, added);
        case ReplicaDropped dropped -> dropping(dropped);
        case ReplicaRenamed renamed ->
            replacing(renamed.id(), event, replica -> replica.renamed(renamed.newName()));
        case ReplicaStarted started ->
            replacing(
                started.id(),
                event,
                replica -> replica.progressed(hydrating(at, started, replica)));
        case ReplicaHydrated hydrated ->
            replacing(
                hydrated.id(), event, replica -> replica.progressed(online(at, hydrated, replica)));
        case ReplicaFailed failed ->
            replacing(
                failed.id(),
                event,
                replica ->
                    replica.progressed(
                        new ReplicaProgress.Failed(
                            at,
                            failed.incarnation(),
                            failed.failure(),
                            failed.consecutiveFailures())));
        case CommentChanged changed -> commenting(changed);
      };
    }

    private static ReplicaProgress hydrating(
        HybridTime at, ReplicaStarted started, Replica replica) {
      int failures =
          replica.progress() instanceof ReplicaProgress.Failed failed
              ? failed.consecutiveFailures()
              : 0;
      return new ReplicaProgress.Hydrating(
          at, started.incarnation(), started.host(), started.processId(), failures);
    }

    private ReplicaProgress online(HybridTime at, ReplicaHydrated hydrated, Replica replica) {
      if (replica.progress() instanceof ReplicaProgress.Hydrating hydrating
          && hydrating.incarnation() == hydrated.incarnation()) {
        return new ReplicaProgress.Online(
            at,
            hydrating.incarnation(),
            hydrating.host(),
            hydrating.processId(),
            hydrating.consecutiveFailures());
      }
      throw new ImpossibleEventException(this, hydrated);
    }

    private Live configured(ClusterConfiguration newConfiguration) {
      return new Live(id, createdAt, newConfiguration, replicas, lastReplicaNumber, comment);
    }

    private Live configured(ClusterEvent event, UnaryOperator<Managed> change) {
      return configured(
          change.apply(managed().orElseThrow(() -> new ImpossibleEventException(this, event))));
    }

    private Live adding(HybridTime at, ReplicaAdded added) {
      if (added.id().number() <= lastReplicaNumber || replica(added.name()).isPresent()) {
        throw new ImpossibleEventException(this, added);
      }
      List<Replica> more = new ArrayList<>(replicas);
      more.add(Replica.added(at, added));
      return new Live(id, createdAt, configuration, more, added.id().number(), comment);
    }

    private Live dropping(ReplicaDropped dropped) {
      List<Replica> fewer =
          replicas.stream().filter(replica -> !replica.id().equals(dropped.id())).toList();
      if (fewer.size() == replicas.size()) {
        throw new ImpossibleEventException(this, dropped);
      }
      return new Live(id, createdAt, configuration, fewer, lastReplicaNumber, comment);
    }

    private Live replacing(ReplicaId replicaId, ClusterEvent event, UnaryOperator<Replica> change) {
      if (replicas.stream().noneMatch(replica -> replica.id().equals(replicaId))) {
        throw new ImpossibleEventException(this, event);
      }
      List<Replica> changed =
          replicas.stream()
              .map(replica -> replica.id().equals(replicaId) ? change.apply(replica) : replica)
              .toList();
      return new Live(id, createdAt, configuration, changed, lastReplicaNumber, comment);
    }

    private Live commenting(CommentChanged changed) {
      if (changed.replica().isPresent()) {
        return replacing(
            changed.replica().get(), changed, replica -> replica.commented(changed.comment()));
      }
      return new Live(id, createdAt, configuration, replicas, lastReplicaNumber, changed.comment());
    }
  }
}
