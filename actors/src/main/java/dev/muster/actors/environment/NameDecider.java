package dev.muster.actors.environment;

import dev.muster.actors.decision.Decision;
import dev.muster.api.command.EnvironmentCommand.RenameCluster;
import dev.muster.api.command.EnvironmentCommand.Swap;
import dev.muster.api.command.EnvironmentCommand.SwapClusters;
import dev.muster.api.command.Notice;
import dev.muster.api.command.Rejection;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.EnvironmentEvent.ClusterNamesChanged;
import dev.muster.journal.event.NameChange;
import dev.muster.journal.state.ClusterEntry;
import dev.muster.journal.state.EnvironmentState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Names change in one place, and always by one event. */
final class NameDecider {
  private NameDecider() {}

  /** Names of the system's own. */
  static boolean isReserved(String name) {
    return name.startsWith("mz_") || name.startsWith("pg_");
  }

  static Decision<EnvironmentEvent> rename(EnvironmentState state, RenameCluster rename) {
    Optional<ClusterEntry> entry = state.cluster(rename.name());
    if (entry.isEmpty()) {
      return rename.ifExists()
          ? Decision.noticed(new Notice.ClusterDoesNotExist(rename.name()))
          : Decision.rejected(new Rejection.ClusterUnknown(rename.name()));
    }
    if (entry.get().id().isSystem()) {
      return Decision.rejected(new Rejection.MustBeOwner(rename.name()));
    }
    if (isReserved(rename.newName())) {
      return Decision.rejected(new Rejection.ClusterNameReserved(rename.newName()));
    }
    if (state.cluster(rename.newName()).isPresent()) {
      return Decision.rejected(new Rejection.ClusterExists(rename.newName()));
    }
    return Decision.accepted(
        List.of(
            new ClusterNamesChanged(
                List.of(new NameChange(entry.get().id(), rename.name(), rename.newName())))));
  }

  /** The swaps happen in the order given; the event holds what they amount to. */
  static Decision<EnvironmentEvent> swap(EnvironmentState state, SwapClusters command) {
    Map<String, ClusterId> now = new LinkedHashMap<>();
    for (Swap swap : command.swaps()) {
      for (String name : List.of(swap.name(), swap.otherName())) {
        Optional<ClusterEntry> entry = state.cluster(name);
        if (entry.isEmpty()) {
          return Decision.rejected(new Rejection.ClusterUnknown(name));
        }
        if (entry.get().id().isSystem()) {
          return Decision.rejected(new Rejection.MustBeOwner(name));
        }
        now.putIfAbsent(name, entry.get().id());
      }
      ClusterId first = now.get(swap.name());
      now.put(swap.name(), now.get(swap.otherName()));
      now.put(swap.otherName(), first);
    }
    List<NameChange> changes = new ArrayList<>();
    now.forEach(
        (name, id) -> {
          String oldName = state.clusters().get(id).name();
          if (!oldName.equals(name)) {
            changes.add(new NameChange(id, oldName, name));
          }
        });
    return changes.isEmpty()
        ? Decision.nothing()
        : Decision.accepted(List.of(new ClusterNamesChanged(changes)));
  }
}
