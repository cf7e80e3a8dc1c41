package dev.muster.api.sql.statement;

import dev.muster.api.command.ClusterCommand;
import dev.muster.api.command.EnvironmentCommand;
import dev.muster.api.command.Notice;
import dev.muster.api.command.Rejection;
import dev.muster.api.error.NoticeMessages;
import dev.muster.api.sql.tree.ReplicaName;
import dev.muster.api.sql.tree.Statement;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.state.ClusterEntry;
import dev.muster.journal.state.ClusterState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code DROP CLUSTER REPLICA c.r, d.s}: all or none. Those of one cluster are that cluster's own
 * business; those of several are checked here, against one snapshot, and dropped under the lead of
 * the environment.
 */
record DropReplicasStatement(Statement.DropReplicas tree) implements DataDefinition {
  @Override
  public String tag() {
    return "DROP CLUSTER REPLICA";
  }

  @Override
  public void authorize(StatementContext context) {
    // The clusters' owners may: see resolve.
  }

  @Override
  public Change resolve(StatementContext context) {
    Map<ClusterEntry, List<String>> byCluster = new LinkedHashMap<>();
    for (ReplicaName name : tree.names().stream().distinct().toList()) {
      Ownership.changeable(context, name.cluster(), tree.ifExists())
          .ifPresent(
              cluster ->
                  byCluster
                      .computeIfAbsent(cluster, ignored -> new ArrayList<>())
                      .add(name.replica()));
    }
    if (byCluster.isEmpty()) {
      return new Change.Nothing();
    }
    if (byCluster.size() == 1) {
      Map.Entry<ClusterEntry, List<String>> only = byCluster.entrySet().iterator().next();
      return new Change.OfCluster(
          only.getKey().id(),
          only.getKey().name(),
          new ClusterCommand.DropReplicas(only.getValue(), tree.ifExists()));
    }
    List<ReplicaId> ids = new ArrayList<>();
    byCluster.forEach((cluster, names) -> ids.addAll(replicas(context, cluster, names)));
    return ids.isEmpty()
        ? new Change.Nothing()
        : new Change.OfEnvironment(new EnvironmentCommand.DropReplicas(ids));
  }

  private List<ReplicaId> replicas(
      StatementContext context, ClusterEntry cluster, List<String> names) {
    ClusterState.Live state = ClusterLookup.required(context, cluster);
    if (state.managed().isPresent()) {
      throw context.refused(
          new Rejection.ReplicasAreManaged(Rejection.ReplicaAction.DROP), cluster.name());
    }
    List<ReplicaId> ids = new ArrayList<>();
    for (String name : names) {
      Optional<ReplicaId> id = state.replica(name).map(replica -> replica.id());
      if (id.isPresent()) {
        ids.add(id.get());
      } else if (tree.ifExists()) {
        context.notice(NoticeMessages.of(new Notice.ReplicaDoesNotExist(name)));
      } else {
        throw context.refused(new Rejection.ReplicaUnknown(name), cluster.name());
      }
    }
    return ids;
  }
}
