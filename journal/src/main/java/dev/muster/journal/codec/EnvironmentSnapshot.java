package dev.muster.journal.codec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.util.StdConverter;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterEntry;
import dev.muster.journal.state.ClusterRegistry;
import dev.muster.journal.state.EnvironmentState;
import dev.muster.journal.state.Role;
import dev.muster.journal.state.ZoneOutage;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;

/**
 * An {@link EnvironmentState} as the journal holds it: lists for the maps, sorted, so that equal
 * states give equal bytes. The names need no list of their own, each cluster carries its.
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record EnvironmentSnapshot(
    Optional<String> environmentId,
    long lastUserId,
    long lastSystemId,
    List<ClusterEntry> clusters,
    List<ClusterId> dropping,
    List<ReplicaId> replicaDrops,
    List<Role> roles,
    List<ZoneOutage> zoneOutages,
    SortedMap<String, String> parameters) {

  static final class FromState extends StdConverter<EnvironmentState, EnvironmentSnapshot> {
    @Override
    public EnvironmentSnapshot convert(EnvironmentState state) {
      return new EnvironmentSnapshot(
          state.environmentId(),
          state.lastUserId(),
          state.lastSystemId(),
          state.clusters().values().stream()
              .sorted(Comparator.comparing(ClusterEntry::id))
              .toList(),
          state.dropping().stream().sorted().toList(),
          state.replicaDrops().stream().sorted().toList(),
          state.roles().values().stream().sorted(Comparator.comparing(Role::name)).toList(),
          state.zoneOutages().values().stream()
              .sorted(Comparator.comparing(ZoneOutage::zone))
              .toList(),
          new TreeMap<>(state.parameters()));
    }
  }

  static final class ToState extends StdConverter<EnvironmentSnapshot, EnvironmentState> {
    @Override
    public EnvironmentState convert(EnvironmentSnapshot snapshot) {
      Map<ClusterId, ClusterEntry> clusters = new HashMap<>();
      Map<String, ClusterId> clusterIds = new HashMap<>();
      for (ClusterEntry entry : snapshot.clusters()) {
        if (clusters.put(entry.id(), entry) != null
            || clusterIds.put(entry.name(), entry.id()) != null) {
          throw new IllegalArgumentException("two clusters share an id or a name: " + entry);
        }
      }
      Map<String, Role> roles = new HashMap<>();
      snapshot.roles().forEach(role -> roles.put(role.name(), role));
      Map<String, ZoneOutage> outages = new HashMap<>();
      snapshot.zoneOutages().forEach(outage -> outages.put(outage.zone(), outage));
      return new EnvironmentState(
          snapshot.environmentId(),
          new ClusterRegistry(
              snapshot.lastUserId(),
              snapshot.lastSystemId(),
              HashTreePMap.from(clusters),
              HashTreePMap.from(clusterIds),
              HashTreePSet.from(snapshot.dropping())),
          HashTreePSet.from(snapshot.replicaDrops()),
          HashTreePMap.from(roles),
          HashTreePMap.from(outages),
          HashTreePMap.from(snapshot.parameters()));
    }
  }
}
