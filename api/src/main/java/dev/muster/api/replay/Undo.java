package dev.muster.api.replay;

import dev.muster.api.replay.Declaration.Cluster;
import dev.muster.api.replay.Declaration.DeclaredReplica;
import dev.muster.api.sql.analysis.ClusterDefinition;
import dev.muster.api.sql.tree.ReplicaName;
import dev.muster.api.sql.tree.Statement;
import dev.muster.journal.event.ClusterConfiguration.Unmanaged;
import dev.muster.journal.event.ReplicaPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The statements that bring one declaration back to another.
 *
 * <p>A cluster is the same where its id is; one that was dropped and created again under its name
 * counts as the same, too, so that it is changed and not dropped. Zones go and come first; then
 * what is dropped goes, and names change, since a name must be free before it is taken; then come
 * creations and changes. What limits the credits is loosened before all of it and tightened after
 * it ({@link ParameterUndo}).
 */
public final class Undo {
  private final Declaration present;
  private final Declaration wanted;
  private final Script script;

  /** A cluster that there is, and what it shall be. */
  private record Pair(Cluster present, Cluster wanted) {}

  private Undo(Declaration present, Declaration wanted, Script script) {
    this.present = present;
    this.wanted = wanted;
    this.script = script;
  }

  /** What makes {@code wanted} of {@code present}; no line where they are the same. */
  public static Script of(Declaration present, Declaration wanted) {
    Script script = new Script();
    write(present, wanted, script);
    return script;
  }

  static void write(Declaration present, Declaration wanted, Script script) {
    Script changes = new Script();
    new Undo(present, wanted, changes).write();
    ParameterUndo parameters =
        new ParameterUndo(present.parameters(), wanted.parameters(), changes.statements());
    parameters.before(script);
    script.append(changes);
    parameters.after(script);
  }

  private void write() {
    present.zonesOut().keySet().stream()
        .filter(zone -> !wanted.zonesOut().containsKey(zone))
        .sorted()
        .forEach(zone -> script.run(new Statement.BringZoneBack(zone), false));
    wanted.zonesOut().entrySet().stream()
        .filter(out -> !present.zonesOut().containsKey(out.getKey()))
        .sorted(Map.Entry.comparingByKey())
        .forEach(out -> script.run(new Statement.TakeZoneOut(out.getKey(), out.getValue()), false));
    List<Pair> pairs = pairs();
    drop(pairs);
    rename(pairs);
    wanted.clusters().stream()
        .filter(cluster -> pairs.stream().noneMatch(pair -> pair.wanted() == cluster))
        .forEach(this::create);
    pairs.forEach(this::change);
    roleComments();
  }

  /** By id first, then what is left by name. */
  private List<Pair> pairs() {
    Map<Cluster, Cluster> found = new LinkedHashMap<>();
    for (Cluster cluster : wanted.clusters()) {
      present.cluster(cluster.id()).ifPresent(same -> found.put(cluster, same));
    }
    for (Cluster cluster : wanted.clusters()) {
      if (!found.containsKey(cluster)) {
        present.clusters().stream()
            .filter(other -> other.name().equals(cluster.name()) && !found.containsValue(other))
            .findFirst()
            .ifPresent(other -> found.put(cluster, other));
      }
    }
    return wanted.clusters().stream()
        .filter(found::containsKey)
        .map(cluster -> new Pair(found.get(cluster), cluster))
        .toList();
  }

  private void drop(List<Pair> pairs) {
    for (Cluster cluster : present.clusters()) {
      if (pairs.stream().noneMatch(pair -> pair.present() == cluster)) {
        script.run(
            new Statement.DropClusters(
                List.of(cluster.name()), false, Statement.DropBehavior.UNSPECIFIED),
            cluster.id().isSystem());
      }
    }
  }

  /** Who wants a name that is free takes it; where all wait for each other, two change places. */
  private void rename(List<Pair> pairs) {
    Map<String, Pair> holders = new LinkedHashMap<>();
    pairs.forEach(pair -> holders.put(pair.present().name(), pair));
    Predicate<Map.Entry<String, Pair>> misnamed =
        held -> !held.getKey().equals(held.getValue().wanted().name());
    Optional<Map.Entry<String, Pair>> next = first(holders, misnamed);
    while (next.isPresent()) {
      Map.Entry<String, Pair> free =
          first(holders, misnamed.and(held -> !holders.containsKey(target(held))))
              .orElse(next.get());
      String name = free.getKey();
      String target = target(free);
      Pair mover = holders.remove(name);
      Pair holder = holders.put(target, mover);
      if (holder == null) {
        script.run(new Statement.RenameCluster(name, false, target), isSystem(mover));
      } else {
        holders.put(name, holder);
        script.run(
            new Statement.SwapClusters(name, false, target), isSystem(mover) || isSystem(holder));
      }
      next = first(holders, misnamed);
    }
  }

  private static String target(Map.Entry<String, Pair> held) {
    return held.getValue().wanted().name();
  }

  private static Optional<Map.Entry<String, Pair>> first(
      Map<String, Pair> holders, Predicate<Map.Entry<String, Pair>> which) {
    return holders.entrySet().stream().filter(which).map(Map.Entry::copyOf).findFirst();
  }

  private static boolean isSystem(Pair pair) {
    return pair.present().id().isSystem();
  }

  private void create(Cluster cluster) {
    if (cluster.configuration().isEmpty()) {
      script.remark("cluster " + cluster.name() + " was still being created: it is not made again");
      return;
    }
    List<ReplicaPlan> plans =
        cluster.configuration().get() instanceof Unmanaged
            ? cluster.replicas().stream().map(DeclaredReplica::plan).toList()
            : List.of();
    boolean asSystem =
        cluster.id().isSystem()
            || plans.stream().anyMatch(plan -> plan.internal() || plan.billedAs().isPresent());
    script.run(
        ClusterDefinition.of(cluster.name(), cluster.configuration().get(), plans), asSystem);
    script.run(new Statement.ChangeClusterOwner(cluster.name(), false, cluster.owner()), asSystem);
    comment(cluster.name(), Optional.empty(), cluster.comment(), asSystem);
    new ClusterUndo(cluster, cluster, script, asSystem).comments();
  }

  private void change(Pair pair) {
    Cluster from = pair.present();
    Cluster to = pair.wanted();
    boolean asSystem = from.id().isSystem();
    if (!from.owner().equals(to.owner())) {
      script.run(new Statement.ChangeClusterOwner(to.name(), false, to.owner()), asSystem);
    }
    comment(to.name(), from.comment(), to.comment(), asSystem);
    if (from.configuration().isPresent() && to.configuration().isPresent()) {
      new ClusterUndo(from, to, script, asSystem).write();
    } else {
      script.remark("cluster " + to.name() + " is or was being created: it is left as it is");
    }
  }

  private void comment(
      String cluster, Optional<String> present, Optional<String> past, boolean asSystem) {
    if (!present.equals(past)) {
      script.run(new Statement.CommentOnCluster(cluster, past), asSystem);
    }
  }

  private void roleComments() {
    List<String> roles = new ArrayList<>(present.roleComments().keySet());
    wanted.roleComments().keySet().stream()
        .filter(role -> !roles.contains(role))
        .forEach(roles::add);
    roles.stream()
        .sorted()
        .filter(
            role ->
                !Optional.ofNullable(present.roleComments().get(role))
                    .equals(Optional.ofNullable(wanted.roleComments().get(role))))
        .forEach(
            role ->
                script.run(
                    new Statement.CommentOnRole(
                        role, Optional.ofNullable(wanted.roleComments().get(role))),
                    false));
  }

  /** A replica's full name. */
  static ReplicaName named(String cluster, String replica) {
    return new ReplicaName(cluster, replica);
  }
}
