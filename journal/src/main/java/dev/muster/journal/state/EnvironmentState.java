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
import dev.muster.journal.event.NameChange;
import dev.muster.journal.event.ReplicaId;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;

/**
 * The environment, folded from its events. Its maps are persistent: an event over ten thousand
 * clusters copies a path, not the map, and a reader on another thread keeps what it was given.
 *
 * @param environmentId empty before the first event
 * @param lastUserId the number of the user cluster created last; every number up to it was a
 *     cluster once
 * @param lastSystemId the same of the system clusters
 * @param clusters those that exist or are being created; none that is being dropped
 * @param clusterIds the same by name
 * @param dropping clusters whose drop was decided and has not finished
 * @param replicaDrops replicas whose drop was decided here and has not finished
 * @param roles by name
 * @param zoneOutages the availability zones that are out of service, by name
 * @param parameters the system parameters that were set, by name
 */
public record EnvironmentState(
    Optional<String> environmentId,
    long lastUserId,
    long lastSystemId,
    PMap<ClusterId, ClusterEntry> clusters,
    PMap<String, ClusterId> clusterIds,
    PSet<ClusterId> dropping,
    PSet<ReplicaId> replicaDrops,
    PMap<String, Role> roles,
    PMap<String, ZoneOutage> zoneOutages,
    PMap<String, String> parameters) {

  public static final EnvironmentState EMPTY =
      new EnvironmentState(
          Optional.empty(),
          0,
          0,
          HashTreePMap.empty(),
          HashTreePMap.empty(),
          HashTreePSet.empty(),
          HashTreePSet.empty(),
          HashTreePMap.empty(),
          HashTreePMap.empty(),
          HashTreePMap.empty());

  public Optional<ClusterEntry> cluster(String name) {
    return Optional.ofNullable(clusterIds.get(name)).map(clusters::get);
  }

  public Optional<ClusterEntry> cluster(ClusterId id) {
    return Optional.ofNullable(clusters.get(id));
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
      case ClusterCreationStarted started -> creating(started);
      case ClusterCreationFinished finished -> entry(entryOf(finished.id(), event).created());
      case ClusterDropStarted started -> dropping(started);
      case ClusterDropFinished finished -> dropped(finished);
      case ReplicaDropStarted started -> replicaDrops(replicaDrops.plusAll(started.ids()));
      case ReplicaDropFinished finished -> replicaDrops(replicaDrops.minusAll(finished.ids()));
      case ClusterNamesChanged changed -> renamed(changed);
      case ClusterOwnerChanged changed ->
          entry(entryOf(changed.id(), event).owned(changed.newOwner()));
      case RoleCreated created -> roleCreated(created);
      case RoleCommentChanged changed -> roleCommented(changed);
      case ZoneTakenOut out -> zoneTakenOut(at, out);
      case ZoneBroughtBack back -> zoneBroughtBack(back);
      case SystemParameterChanged changed -> parameterChanged(changed);
      case ChainsCheckpointed ignored -> this;
    };
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

  private EnvironmentState zoneOutages(PMap<String, ZoneOutage> newOutages) {
    return new EnvironmentState(
        environmentId,
        lastUserId,
        lastSystemId,
        clusters,
        clusterIds,
        dropping,
        replicaDrops,
        roles,
        newOutages,
        parameters);
  }

  private EnvironmentState parameterChanged(SystemParameterChanged changed) {
    if (!Optional.ofNullable(parameters.get(changed.name())).equals(changed.oldValue())) {
      throw new ImpossibleEventException(this, changed);
    }
    return new EnvironmentState(
        environmentId,
        lastUserId,
        lastSystemId,
        clusters,
        clusterIds,
        dropping,
        replicaDrops,
        roles,
        zoneOutages,
        changed
            .newValue()
            .map(value -> parameters.plus(changed.name(), value))
            .orElseGet(() -> parameters.minus(changed.name())));
  }

  private EnvironmentState initialized(EnvironmentInitialized initialized) {
    if (environmentId.isPresent()) {
      throw new ImpossibleEventException(this, initialized);
    }
    return new EnvironmentState(
        Optional.of(initialized.environmentId()),
        lastUserId,
        lastSystemId,
        clusters,
        clusterIds,
        dropping,
        replicaDrops,
        roles,
        zoneOutages,
        parameters);
  }

  private EnvironmentState creating(ClusterCreationStarted started) {
    ClusterId id = started.id();
    boolean numberIsFresh = id.number() > (id.isSystem() ? lastSystemId : lastUserId);
    if (!numberIsFresh || clusterIds.containsKey(started.name())) {
      throw new ImpossibleEventException(this, started);
    }
    ClusterEntry entry =
        new ClusterEntry(
            id,
            started.name(),
            started.owner(),
            Optional.of(new ClusterEntry.Creation(started.configuration(), started.replicas())));
    return new EnvironmentState(
        environmentId,
        id.isSystem() ? lastUserId : id.number(),
        id.isSystem() ? id.number() : lastSystemId,
        clusters.plus(id, entry),
        clusterIds.plus(entry.name(), id),
        dropping,
        replicaDrops,
        roles,
        zoneOutages,
        parameters);
  }

  private EnvironmentState dropping(ClusterDropStarted started) {
    PMap<ClusterId, ClusterEntry> fewer = clusters;
    PMap<String, ClusterId> fewerNames = clusterIds;
    for (ClusterId id : started.ids()) {
      fewerNames = fewerNames.minus(entryOf(id, started).name());
      fewer = fewer.minus(id);
    }
    return new EnvironmentState(
        environmentId,
        lastUserId,
        lastSystemId,
        fewer,
        fewerNames,
        dropping.plusAll(started.ids()),
        replicaDrops,
        roles,
        zoneOutages,
        parameters);
  }

  private EnvironmentState dropped(ClusterDropFinished finished) {
    if (!dropping.contains(finished.id())) {
      throw new ImpossibleEventException(this, finished);
    }
    return new EnvironmentState(
        environmentId,
        lastUserId,
        lastSystemId,
        clusters,
        clusterIds,
        dropping.minus(finished.id()),
        replicaDrops,
        roles,
        zoneOutages,
        parameters);
  }

  /** All old names go before any new one comes, so that a swap passes through no clash. */
  private EnvironmentState renamed(ClusterNamesChanged changed) {
    PMap<ClusterId, ClusterEntry> entries = clusters;
    PMap<String, ClusterId> ids = clusterIds;
    for (NameChange change : changed.changes()) {
      if (!entryOf(change.id(), changed).name().equals(change.oldName())) {
        throw new ImpossibleEventException(this, changed);
      }
      ids = ids.minus(change.oldName());
    }
    for (NameChange change : changed.changes()) {
      if (ids.containsKey(change.newName())) {
        throw new ImpossibleEventException(this, changed);
      }
      ids = ids.plus(change.newName(), change.id());
      entries = entries.plus(change.id(), entries.get(change.id()).named(change.newName()));
    }
    return new EnvironmentState(
        environmentId,
        lastUserId,
        lastSystemId,
        entries,
        ids,
        dropping,
        replicaDrops,
        roles,
        zoneOutages,
        parameters);
  }

  private EnvironmentState roleCreated(RoleCreated created) {
    if (roles.containsKey(created.name())) {
      throw new ImpossibleEventException(this, created);
    }
    return roles(
        roles.plus(
            created.name(),
            new Role(
                created.id(),
                created.name(),
                created.superuser(),
                created.login(),
                created.inherit(),
                Optional.empty())));
  }

  private EnvironmentState roleCommented(RoleCommentChanged changed) {
    Role role = role(changed.role()).orElseThrow(() -> new ImpossibleEventException(this, changed));
    return roles(
        roles.plus(
            role.name(),
            new Role(
                role.id(),
                role.name(),
                role.superuser(),
                role.login(),
                role.inherit(),
                changed.comment())));
  }

  private ClusterEntry entryOf(ClusterId id, EnvironmentEvent event) {
    return cluster(id).orElseThrow(() -> new ImpossibleEventException(this, event));
  }

  private EnvironmentState entry(ClusterEntry entry) {
    return new EnvironmentState(
        environmentId,
        lastUserId,
        lastSystemId,
        clusters.plus(entry.id(), entry),
        clusterIds,
        dropping,
        replicaDrops,
        roles,
        zoneOutages,
        parameters);
  }

  private EnvironmentState replicaDrops(PSet<ReplicaId> newDrops) {
    return new EnvironmentState(
        environmentId,
        lastUserId,
        lastSystemId,
        clusters,
        clusterIds,
        dropping,
        newDrops,
        roles,
        zoneOutages,
        parameters);
  }

  private EnvironmentState roles(PMap<String, Role> newRoles) {
    return new EnvironmentState(
        environmentId,
        lastUserId,
        lastSystemId,
        clusters,
        clusterIds,
        dropping,
        replicaDrops,
        newRoles,
        zoneOutages,
        parameters);
  }
}
