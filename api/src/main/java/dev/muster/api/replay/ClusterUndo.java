package dev.muster.api.replay;

import dev.muster.api.replay.Declaration.Cluster;
import dev.muster.api.replay.Declaration.DeclaredReplica;
import dev.muster.api.sql.analysis.ClusterDefinition;
import dev.muster.api.sql.tree.Option;
import dev.muster.api.sql.tree.OptionName;
import dev.muster.api.sql.tree.OptionValue;
import dev.muster.api.sql.tree.Statement;
import dev.muster.journal.event.ClusterConfiguration;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ReplicaPlan;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.event.Schedule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What one cluster's configuration and replicas need to be as they were. */
final class ClusterUndo {
  /** As many replicas as a cluster may have where nothing else is configured. */
  private static final int REPLICAS_BESIDE_MAX = 5;

  private final Cluster present;
  private final Cluster wanted;
  private final Script script;
  private final boolean asSystem;

  ClusterUndo(Cluster present, Cluster wanted, Script script, boolean asSystem) {
    this.present = present;
    this.wanted = wanted;
    this.script = script;
    this.asSystem = asSystem;
  }

  void write() {
    ClusterConfiguration is = present.configuration().orElseThrow();
    switch (wanted.configuration().orElseThrow()) {
      case Managed shall -> managed(is, shall);
      case ClusterConfiguration.Unmanaged ignored -> unmanaged(is);
    }
  }

  private void managed(ClusterConfiguration is, Managed shall) {
    Managed from =
        switch (is) {
          case Managed managed -> managed;
          case ClusterConfiguration.Unmanaged ignored -> converted(shall);
        };
    reconfigure(from, shall);
    // A comment stays with the name, also where another replica has it.
    comment(is instanceof Managed || from.replicationFactor() > 0 ? comments(present) : Map.of());
  }

  private void reconfigure(Managed from, Managed to) {
    List<OptionName> reset = ManagedChange.reset(from, to);
    if (!reset.isEmpty()) {
      script.run(new Statement.AlterClusterReset(wanted.name(), false, reset), asSystem);
    }
    List<Option> set = ManagedChange.set(from, to);
    if (!set.isEmpty()) {
      script.run(
          new Statement.AlterClusterSet(wanted.name(), false, set, Optional.empty()), asSystem);
    }
  }

  /**
   * Converts, and says what the configuration is after that. The replicas must be {@code r1..rN} of
   * one size; where they are not, they go first.
   */
  private Managed converted(Managed shall) {
    List<ReplicaPlan> plans = present.replicas().stream().map(DeclaredReplica::plan).toList();
    List<String> names =
        IntStream.rangeClosed(1, plans.size()).mapToObj(number -> "r" + number).toList();
    boolean fit =
        plans.stream()
                .map(ReplicaPlan::name)
                .sorted()
                .toList()
                .equals(names.stream().sorted().toList())
            && plans.stream().map(ReplicaPlan::size).distinct().count() == 1;
    List<Option> options = new ArrayList<>();
    options.add(Option.of(OptionName.MANAGED, new OptionValue.Flag(true)));
    String size = fit ? plans.getFirst().size() : shall.size();
    if (!fit) {
      if (!plans.isEmpty()) {
        script.remark("cluster " + wanted.name() + " serves nothing until it has replicas again");
        drop(plans.stream().map(ReplicaPlan::name).toList(), false);
      }
      options.add(Option.of(OptionName.SIZE, new OptionValue.Text(size)));
    }
    script.run(
        new Statement.AlterClusterSet(wanted.name(), false, options, Optional.empty()), asSystem);
    ReplicaSettings settings =
        plans.stream()
            .filter(plan -> fit && plan.name().equals("r1"))
            .findFirst()
            .map(ReplicaPlan::settings)
            .orElse(ReplicaSettings.DEFAULT);
    return new Managed(
        size,
        fit ? plans.size() : 0,
        List.of(),
        settings,
        new Schedule.Manual(),
        Optional.empty(),
        Optional.empty());
  }

  private void unmanaged(ClusterConfiguration is) {
    List<DeclaredReplica> now = present.replicas();
    if (is instanceof Managed managed) {
      hold(managed);
      script.run(
          new Statement.AlterClusterSet(
              wanted.name(),
              false,
              List.of(Option.of(OptionName.MANAGED, new OptionValue.Flag(false))),
              Optional.empty()),
          asSystem);
      now = released();
    }
    replicas(now);
  }

  /**
   * A resize that is under way, and what Muster decides by itself, must not change the replicas
   * before the conversion keeps them: the configuration becomes what they are.
   */
  private void hold(Managed managed) {
    List<ReplicaPlan> own = own().get(true).stream().map(DeclaredReplica::plan).toList();
    boolean alike =
        own.stream().map(ReplicaPlan::size).distinct().count() == 1
            && own.stream().map(ReplicaPlan::settings).distinct().count() == 1;
    if (alike) {
      reconfigure(
          managed,
          new Managed(
              own.getFirst().size(),
              own.size(),
              managed.availabilityZones(),
              own.getFirst().settings(),
              new Schedule.Manual(),
              Optional.empty(),
              Optional.empty()));
    }
  }

  private Map<Boolean, List<DeclaredReplica>> own() {
    return present.replicas().stream()
        .collect(Collectors.partitioningBy(one -> one.plan().name().matches("r[1-9][0-9]*")));
  }

  /** The conversion keeps the cluster's own replicas; what else there is goes, or goes by this. */
  private List<DeclaredReplica> released() {
    Map<Boolean, List<DeclaredReplica>> own = own();
    if (!own.get(false).isEmpty()) {
      drop(own.get(false).stream().map(one -> one.plan().name()).toList(), true);
    }
    return own.get(true);
  }

  /** Replicas that only have another name keep running. */
  private void replicas(List<DeclaredReplica> now) {
    Map<String, String> renames = new HashMap<>();
    List<String> unwanted = new ArrayList<>();
    List<DeclaredReplica> missing = new ArrayList<>(wanted.replicas());
    Map<String, Optional<String>> comments = new HashMap<>();
    for (DeclaredReplica replica : now) {
      Optional<DeclaredReplica> same =
          missing.stream().filter(one -> isSame(replica, one)).findFirst();
      if (same.isPresent()) {
        missing.remove(same.get());
        renames.put(replica.plan().name(), same.get().plan().name());
        comments.put(same.get().plan().name(), replica.comment());
      } else {
        unwanted.add(replica.plan().name());
      }
    }
    boolean serves = !renames.isEmpty();
    List<DeclaredReplica> first = createdFirst(now, missing);
    first.forEach(this::create);
    if (!unwanted.isEmpty()) {
      if (!serves && !missing.isEmpty()) {
        remark(first.isEmpty());
      }
      drop(unwanted, false);
    }
    rename(renames);
    missing.stream().filter(replica -> !first.contains(replica)).forEach(this::create);
    comment(comments);
  }

  /** Those whose names are free, as far as there is room beside what is about to go. */
  private static List<DeclaredReplica> createdFirst(
      List<DeclaredReplica> now, List<DeclaredReplica> missing) {
    Set<String> held = now.stream().map(one -> one.plan().name()).collect(Collectors.toSet());
    return missing.stream()
        .filter(one -> !held.contains(one.plan().name()))
        .limit(Math.max(0, REPLICAS_BESIDE_MAX - now.size()))
        .toList();
  }

  private void remark(boolean noneBefore) {
    script.remark(
        noneBefore
            ? "cluster " + wanted.name() + " serves nothing until its new replicas have hydrated"
            : "before the next statement wait until the new replicas of cluster "
                + wanted.name()
                + " have hydrated: until then it would serve nothing");
  }

  private void create(DeclaredReplica replica) {
    ReplicaPlan plan = replica.plan();
    script.run(
        ClusterDefinition.of(wanted.name(), plan),
        asSystem || plan.internal() || plan.billedAs().isPresent());
  }

  private static boolean isSame(DeclaredReplica now, DeclaredReplica then) {
    ReplicaPlan plan = now.plan();
    boolean likeIt =
        plan.size().equals(then.plan().size())
            && plan.availabilityZone().equals(then.plan().availabilityZone())
            && plan.settings().equals(then.plan().settings())
            && plan.internal() == then.plan().internal()
            && plan.billedAs().equals(then.plan().billedAs());
    return likeIt && (now.id().equals(then.id()) || plan.name().equals(then.plan().name()));
  }

  /** Where all wait for each other's names, one steps aside. */
  private void rename(Map<String, String> wishes) {
    Map<String, String> open = new HashMap<>(wishes);
    open.entrySet().removeIf(wish -> wish.getKey().equals(wish.getValue()));
    Map<String, String> held = new HashMap<>(wishes);
    while (!open.isEmpty()) {
      Optional<String> free =
          open.keySet().stream()
              .sorted()
              .filter(name -> !held.containsKey(open.get(name)))
              .findFirst();
      String name = free.orElseGet(() -> open.keySet().stream().sorted().findFirst().orElseThrow());
      String target = free.isPresent() ? open.get(name) : aside(held);
      script.run(
          new Statement.RenameReplica(Undo.named(wanted.name(), name), false, target), asSystem);
      String wish = open.remove(name);
      held.remove(name);
      held.put(target, wish);
      if (!target.equals(wish)) {
        open.put(target, wish);
      }
    }
  }

  private static String aside(Map<String, String> held) {
    return IntStream.iterate(1, number -> number + 1)
        .mapToObj(number -> "undo" + number)
        .filter(name -> !held.containsKey(name) && !held.containsValue(name))
        .findFirst()
        .orElseThrow();
  }

  private void drop(List<String> names, boolean ifExists) {
    script.run(
        new Statement.DropReplicas(
            names.stream().map(name -> Undo.named(wanted.name(), name)).toList(), ifExists),
        asSystem);
  }

  private static Map<String, Optional<String>> comments(Cluster cluster) {
    return cluster.replicas().stream()
        .collect(Collectors.toMap(one -> one.plan().name(), DeclaredReplica::comment));
  }

  /** Comments of replicas that have just been made. */
  void comments() {
    comment(Map.of());
  }

  /**
   * Comments of replicas; of a managed cluster's those that it has when nothing is under way.
   *
   * @param known what there is, by name
   */
  private void comment(Map<String, Optional<String>> known) {
    for (DeclaredReplica replica : wanted.replicas()) {
      String name = replica.plan().name();
      boolean stays =
          !(wanted.configuration().orElseThrow() instanceof Managed managed)
              || isAmong(name, managed.replicationFactor());
      boolean differs = !known.getOrDefault(name, Optional.empty()).equals(replica.comment());
      if (stays && differs) {
        script.run(
            new Statement.CommentOnReplica(Undo.named(wanted.name(), name), replica.comment()),
            asSystem);
      }
    }
  }

  private static boolean isAmong(String name, int factor) {
    return IntStream.rangeClosed(1, factor).anyMatch(number -> name.equals("r" + number));
  }
}
