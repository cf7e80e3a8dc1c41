package dev.muster.journal.state;

import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.EnvironmentEvent.ChainsCheckpointed;
import dev.muster.journal.event.EnvironmentEvent.ClusterCreationFinished;
import dev.muster.journal.event.EnvironmentEvent.ClusterCreationStarted;
import dev.muster.journal.event.EnvironmentEvent.ClusterDropFinished;
import dev.muster.journal.event.EnvironmentEvent.ClusterDropStarted;
import dev.muster.journal.event.EnvironmentEvent.ClusterNamesChanged;
import dev.muster.journal.event.EnvironmentEvent.ClusterOwnerChanged;
import dev.muster.journal.event.EnvironmentEvent.EnvironmentInitialized;
import dev.muster.journal.event.EnvironmentEvent.ReplicaDropFinished;
import dev.muster.journal.event.EnvironmentEvent.ReplicaDropStarted;
import dev.muster.journal.event.EnvironmentEvent.RoleCommentChanged;
import dev.muster.journal.event.EnvironmentEvent.RoleCreated;
import dev.muster.journal.event.EnvironmentEvent.SystemParameterChanged;
import dev.muster.journal.event.EnvironmentEvent.ZoneBroughtBack;
import dev.muster.journal.event.EnvironmentEvent.ZoneTakenOut;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.ReplicaId;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;

/**
 * The environment, folded from its events. Its maps are persistent: a reader on another thread
 * keeps what it was given.
 *
 * @param environmentId empty before the first event
 * @param registry which clusters there are
 * @param replicaDrops replicas whose drop was decided here and has not finished
 * @param roles by name
 * @param zoneOutages the availability zones that are out of service, by name
 * @param parameters the system parameters that were set, by name
 */
public record EnvironmentState(
    Optional<String> environmentId,
    ClusterRegistry registry,
    PSet<ReplicaId> replicaDrops,
    PMap<String, Role> roles,
    PMap<String, ZoneOutage> zoneOutages,
    PMap<String, String> parameters) {

  public static final EnvironmentState EMPTY =
      new EnvironmentState(
          Optional.empty(),
          ClusterRegistry.EMPTY,
          HashTreePSet.empty(),
          HashTreePMap.empty(),
          HashTreePMap.empty(),
          HashTreePMap.empty());

  /** The clusters that exist or are being created; none that is being dropped. */
  public PMap<ClusterId, ClusterEntry> clusters() {
    return registry.entries();
  }

  /** The same by name. */
  public PMap<String, ClusterId> clusterIds() {
    return registry.ids();
  }

  /** Clusters whose drop was decided and has not finished. */
  public PSet<ClusterId> dropping() {
    return registry.dropping();
  }

  /** The number of the user cluster created last; every number up to it was a cluster once. */
  public long lastUserId() {
    return registry.lastUserId();
  }

  /** The same of the system clusters. */
  public long lastSystemId() {
    return registry.lastSystemId();
  }

  public Optional<ClusterEntry> cluster(String name) {
    return Optional.ofNullable(clusterIds().get(name)).map(clusters()::get);
  }

  public Optional<ClusterEntry> cluster(ClusterId id) {
    return Optional.ofNullable(clusters().get(id));
  }

  public Optional<Role> role(String name) {
    return Optional.ofNullable(roles.get(name));
  }

  /**
   * The state after the event; throws {@link ImpossibleEventException} where the event cannot have
   * happened.
   */
  public EnvironmentState evolve(HybridTime at, EnvironmentEvent event) {
    return switch (event) {
      case EnvironmentInitialized initialized -> initialized(initialized);
      case ClusterCreationStarted started -> registry(registry.creating(started));
      case ClusterCreationFinished finished ->
          registry(registry.with(registry.entry(finished.id(), event).created()));
      case ClusterDropStarted started -> registry(registry.dropping(started));
      case ClusterDropFinished finished -> registry(registry.dropped(finished));
      case ReplicaDropStarted started -> replicaDrops(replicaDrops.plusAll(started.ids()));
      case ReplicaDropFinished finished -> replicaDrops(replicaDrops.minusAll(finished.ids()));
      case ClusterNamesChanged changed -> registry(registry.renamed(changed));
      case ClusterOwnerChanged changed ->
          registry(registry.with(registry.entry(changed.id(), event).owned(changed.newOwner())));
      case RoleCreated created -> roleCreated(created);
      case RoleCommentChanged changed -> roleCommented(changed);
      case ZoneTakenOut out -> zoneTakenOut(at, out);
      case ZoneBroughtBack back -> zoneBroughtBack(back);
      case SystemParameterChanged changed -> parameterChanged(changed);
      case ChainsCheckpointed ignored -> this;
    };
  }

  private EnvironmentState initialized(EnvironmentInitialized initialized) {
    if (environmentId.isPresent()) {
      throw new ImpossibleEventException(this, initialized);
    }
    return new EnvironmentState(
        Optional.of(initialized.environmentId()),
        registry,
        replicaDrops,
        roles,
        zoneOutages,
        parameters);
  }

  private EnvironmentState zoneTakenOut(HybridTime at, ZoneTakenOut out) {
    if (zoneOutages.containsKey(out.zone())) {
      throw new ImpossibleEventException(this, out);
    }
    return zoneOutages(zoneOutages.plus(out.zone(), new ZoneOutage(out.zone(), at, out.reason())));
  }

  private EnvironmentState zoneBroughtBack(ZoneBroughtBack back) {
    if (!zoneOutages.containsKey(back.zone())) {
      throw new ImpossibleEventException(this, back);
    }
    return zoneOutages(zoneOutages.minus(back.zone()));
  }

  private EnvironmentState parameterChanged(SystemParameterChanged changed) {
    if (!Optional.ofNullable(parameters.get(changed.name())).equals(changed.oldValue())) {
      throw new ImpossibleEventException(this, changed);
    }
    return parameters(
        changed
            .newValue()
            .map(value -> parameters.plus(changed.name(), value))
            .orElseGet(() -> parameters.minus(changed.name())));
  }

  private EnvironmentState roleCreated(RoleCreated created) {
    if (roles.containsKey(created.name())) {
      throw new ImpossibleEventException(this, created);
    }
    return role(
        new Role(
            created.id(),
            created.name(),
            created.superuser(),
            created.login(),
            created.inherit(),
            Optional.empty()));
  }

  private EnvironmentState roleCommented(RoleCommentChanged changed) {
    return role(changed.role())
        .map(role -> role(role.commented(changed.comment())))
        .orElseThrow(() -> new ImpossibleEventException(this, changed));
  }

  private EnvironmentState registry(ClusterRegistry changed) {
    return new EnvironmentState(
        environmentId, changed, replicaDrops, roles, zoneOutages, parameters);
  }

  private EnvironmentState replicaDrops(PSet<ReplicaId> changed) {
    return new EnvironmentState(environmentId, registry, changed, roles, zoneOutages, parameters);
  }

  private EnvironmentState role(Role changed) {
    return new EnvironmentState(
        environmentId,
        registry,
        replicaDrops,
        roles.plus(changed.name(), changed),
        zoneOutages,
        parameters);
  }

  private EnvironmentState zoneOutages(PMap<String, ZoneOutage> changed) {
    return new EnvironmentState(environmentId, registry, replicaDrops, roles, changed, parameters);
  }

  private EnvironmentState parameters(PMap<String, String> changed) {
    return new EnvironmentState(environmentId, registry, replicaDrops, roles, zoneOutages, changed);
  }
}
