package dev.muster.journal.state;

import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.EnvironmentEvent.ClusterCreationStarted;
import dev.muster.journal.event.EnvironmentEvent.ClusterDropFinished;
import dev.muster.journal.event.EnvironmentEvent.ClusterDropStarted;
import dev.muster.journal.event.EnvironmentEvent.ClusterNamesChanged;
import dev.muster.journal.event.NameChange;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;

/**
 * Which clusters the environment has, by id and by name. Its maps are persistent: an event over ten
 * thousand clusters copies a path, not the map.
 *
 * @param lastUserId the number of the user cluster created last; every number up to it was a
 *     cluster once
 * @param lastSystemId the same of the system clusters
 * @param entries those that exist or are being created; none that is being dropped
 * @param ids the same by name
 * @param dropping clusters whose drop was decided and has not finished
 */
public record ClusterRegistry(
    long lastUserId,
    long lastSystemId,
    PMap<ClusterId, ClusterEntry> entries,
    PMap<String, ClusterId> ids,
    PSet<ClusterId> dropping) {

  static final ClusterRegistry EMPTY =
      new ClusterRegistry(0, 0, HashTreePMap.empty(), HashTreePMap.empty(), HashTreePSet.empty());

  ClusterEntry entry(ClusterId id, EnvironmentEvent event) {
    return Optional.ofNullable(entries.get(id))
        .orElseThrow(() -> new ImpossibleEventException(this, event));
  }

  /** The entry has its id and name already. */
  ClusterRegistry with(ClusterEntry entry) {
    return with(entries.plus(entry.id(), entry), ids, dropping);
  }

  ClusterRegistry creating(ClusterCreationStarted started) {
    ClusterId id = started.id();
    boolean numberIsFresh = id.number() > (id.isSystem() ? lastSystemId : lastUserId);
    if (!numberIsFresh || ids.containsKey(started.name())) {
      throw new ImpossibleEventException(this, started);
    }
    ClusterEntry entry =
        new ClusterEntry(
            id,
            started.name(),
            started.owner(),
            Optional.of(new ClusterEntry.Creation(started.configuration(), started.replicas())));
    return new ClusterRegistry(
        id.isSystem() ? lastUserId : id.number(),
        id.isSystem() ? id.number() : lastSystemId,
        entries.plus(id, entry),
        ids.plus(entry.name(), id),
        dropping);
  }

  ClusterRegistry dropping(ClusterDropStarted started) {
    PMap<ClusterId, ClusterEntry> fewer = entries;
    PMap<String, ClusterId> fewerIds = ids;
    for (ClusterId id : started.ids()) {
      fewerIds = fewerIds.minus(entry(id, started).name());
      fewer = fewer.minus(id);
    }
    return with(fewer, fewerIds, dropping.plusAll(started.ids()));
  }

  ClusterRegistry dropped(ClusterDropFinished finished) {
    if (!dropping.contains(finished.id())) {
      throw new ImpossibleEventException(this, finished);
    }
    return with(entries, ids, dropping.minus(finished.id()));
  }

  /** All old names go before any new one comes, so that a swap passes through no clash. */
  ClusterRegistry renamed(ClusterNamesChanged changed) {
    PMap<ClusterId, ClusterEntry> renamed = entries;
    PMap<String, ClusterId> renamedIds = ids;
    for (NameChange change : changed.changes()) {
      if (!entry(change.id(), changed).name().equals(change.oldName())) {
        throw new ImpossibleEventException(this, changed);
      }
      renamedIds = renamedIds.minus(change.oldName());
    }
    for (NameChange change : changed.changes()) {
      if (renamedIds.containsKey(change.newName())) {
        throw new ImpossibleEventException(this, changed);
      }
      renamedIds = renamedIds.plus(change.newName(), change.id());
      renamed = renamed.plus(change.id(), renamed.get(change.id()).named(change.newName()));
    }
    return with(renamed, renamedIds, dropping);
  }

  private ClusterRegistry with(
      PMap<ClusterId, ClusterEntry> newEntries,
      PMap<String, ClusterId> newIds,
      PSet<ClusterId> newDropping) {
    return new ClusterRegistry(lastUserId, lastSystemId, newEntries, newIds, newDropping);
  }
}
