package dev.muster.api.sql.parse;

import dev.muster.api.sql.tree.Option;
import dev.muster.api.sql.tree.OptionName;
import dev.muster.api.sql.tree.OptionValue;
import dev.muster.api.sql.tree.ReplicaName;
import dev.muster.api.sql.tree.ShowFilter;
import dev.muster.api.sql.tree.Statement;
import dev.muster.api.sql.tree.Statement.DropBehavior;
import dev.muster.api.sql.tree.Statement.ObjectKind;
import dev.muster.api.sql.tree.TransactionMode;
import dev.muster.api.sql.tree.VariableValue;
import dev.muster.api.sql.tree.WaitClause;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random trees that a text can say. */
final class Trees {
  private static final Set<OptionName> OF_REPLICAS =
      EnumSet.of(
          OptionName.AVAILABILITY_ZONE,
          OptionName.BILLED_AS,
          OptionName.DISK,
          OptionName.IDLE_ARRANGEMENT_MERGE_EFFORT,
          OptionName.INTERNAL,
          OptionName.INTROSPECTION_DEBUGGING,
          OptionName.INTROSPECTION_INTERVAL,
          OptionName.SIZE);

  private static final Set<OptionName> OF_CLUSTERS =
      EnumSet.of(
          OptionName.AVAILABILITY_ZONES,
          OptionName.DISK,
          OptionName.IDLE_ARRANGEMENT_MERGE_EFFORT,
          OptionName.INTROSPECTION_DEBUGGING,
          OptionName.INTROSPECTION_INTERVAL,
          OptionName.MANAGED,
          OptionName.MAX_SIZE,
          OptionName.MIN_SIZE,
          OptionName.REPLICATION_FACTOR,
          OptionName.SIZE,
          OptionName.WORKLOAD_CLASS);

  private Trees() {}

  private static Arbitrary<String> texts() {
    return Arbitraries.strings().withChars("aZ1 '\"\\$;-/*äß😀\n").ofMaxLength(8);
  }

  private static Arbitrary<String> names() {
    return Arbitraries.oneOf(
        texts().filter(text -> !text.isEmpty()),
        Arbitraries.of("c", "Q", "select", "replica", "if", "size", "x.y"));
  }

  private static Arbitrary<ReplicaName> replicas() {
    return Combinators.combine(names(), names()).as(ReplicaName::new);
  }

  private static Arbitrary<Boolean> flags() {
    return Arbitraries.of(true, false);
  }

  private static Arbitrary<OptionValue> plainValues() {
    return Arbitraries.oneOf(
        texts().map(OptionValue.Text::new),
        names().map(OptionValue.Word::new),
        texts().map(OptionValue.Interval::new),
        Arbitraries.of("0", "3", "-1", "1.5", "99999999999", "1e9").map(OptionValue.Number::new),
        flags().map(OptionValue.Flag::new),
        Arbitraries.just(new OptionValue.Null()));
  }

  private static Arbitrary<OptionValue> values() {
    return Arbitraries.oneOf(
        plainValues(),
        plainValues().list().ofMaxSize(3).map(OptionValue.Items::new).map(v -> (OptionValue) v));
  }

  private static Arbitrary<Option> replicaOptions() {
    return Combinators.combine(Arbitraries.of(OF_REPLICAS), values().optional()).as(Option::new);
  }

  private static Arbitrary<OptionValue> definitions() {
    return Combinators.combine(names(), replicaOptions().list().ofMaxSize(2))
        .as(OptionValue.ReplicaDefinition::new)
        .list()
        .ofMaxSize(3)
        .map(OptionValue.Replicas::new);
  }

  private static Arbitrary<OptionValue> schedules() {
    return Arbitraries.oneOf(
        Arbitraries.just(new OptionValue.Manual()),
        values().optional().map(OptionValue.OnRefresh::new));
  }

  private static Arbitrary<OptionValue> strategies() {
    return Arbitraries.oneOf(
        Arbitraries.just(new OptionValue.NoStrategy()),
        Combinators.combine(Arbitraries.of(OptionValue.StrategyOptionName.class), values())
            .as(OptionValue.StrategyOption::new)
            .list()
            .ofMinSize(1)
            .ofMaxSize(2)
            .map(OptionValue.OnHydration::new));
  }

  private static Arbitrary<Option> clusterOptions() {
    return Arbitraries.oneOf(
        Combinators.combine(Arbitraries.of(OF_CLUSTERS), values().optional()).as(Option::new),
        definitions().map(value -> Option.of(OptionName.REPLICAS, value)),
        schedules().map(value -> Option.of(OptionName.SCHEDULE, value)),
        strategies().map(value -> Option.of(OptionName.AUTO_SCALING_STRATEGY, value)));
  }

  private static <T> Arbitrary<List<T>> some(Arbitrary<T> items) {
    return items.list().ofMinSize(1).ofMaxSize(3);
  }

  private static Arbitrary<WaitClause> waits() {
    return Arbitraries.oneOf(
        values().map(WaitClause.For::new),
        some(Combinators.combine(Arbitraries.of(WaitClause.ReadyOptionName.class), values())
                .as(WaitClause.ReadyOption::new))
            .map(WaitClause.UntilReady::new));
  }

  private static Arbitrary<TransactionMode> modes() {
    return Arbitraries.oneOf(
        Arbitraries.of("read committed", "repeatable read", "serializable", "strict serializable")
            .map(TransactionMode.Isolation::new),
        flags().map(TransactionMode.Access::new),
        flags().map(TransactionMode.Deferrable::new));
  }

  private static Arbitrary<ShowFilter> filters() {
    return Arbitraries.oneOf(
        texts().map(ShowFilter.Like::new),
        Arbitraries.of("name = 'x'", "a IN (SELECT 1) AND b").map(ShowFilter.Where::new));
  }

  private static Arbitrary<VariableValue> variableValues() {
    return Arbitraries.oneOf(
        Arbitraries.just(new VariableValue.Default()),
        some(texts()).map(VariableValue.Values::new));
  }

  private static Arbitrary<Statement> ofClusters() {
    return Arbitraries.oneOf(
        Combinators.combine(names(), flags(), some(clusterOptions()))
            .as(Statement.CreateCluster::new),
        Combinators.combine(names(), flags(), some(clusterOptions()), waits().optional())
            .as(Statement.AlterClusterSet::new),
        Combinators.combine(names(), flags(), some(Arbitraries.of(OF_CLUSTERS)))
            .as(Statement.AlterClusterReset::new),
        Combinators.combine(names(), flags(), names()).as(Statement.RenameCluster::new),
        Combinators.combine(names(), flags(), names()).as(Statement.SwapClusters::new),
        Combinators.combine(names(), flags(), names()).as(Statement.ChangeClusterOwner::new),
        Combinators.combine(some(names()), flags(), Arbitraries.of(DropBehavior.class))
            .as(Statement.DropClusters::new));
  }

  private static Arbitrary<Statement> ofOthers() {
    return Arbitraries.oneOf(
        Combinators.combine(replicas(), flags(), some(replicaOptions()))
            .as(Statement.CreateReplica::new),
        Combinators.combine(replicas(), flags(), names()).as(Statement.RenameReplica::new),
        Combinators.combine(some(replicas()), flags()).as(Statement.DropReplicas::new),
        Combinators.combine(names(), texts().optional()).as(Statement.CommentOnCluster::new),
        Combinators.combine(replicas(), texts().optional()).as(Statement.CommentOnReplica::new),
        Combinators.combine(names(), texts().optional()).as(Statement.CommentOnRole::new),
        Combinators.combine(names(), texts().optional()).as(Statement.TakeZoneOut::new),
        names().map(Statement.BringZoneBack::new),
        names()
            .map(
                name -> new Statement.AlterSystem(name, new VariableValue.Values(List.of("12.5")))),
        Arbitraries.just(new Statement.ResetSystem()),
        Combinators.combine(names(), names()).as(Statement.SwapSchemas::new),
        Combinators.combine(names(), flags()).as(Statement.DropSchema::new));
  }

  private static Arbitrary<Statement> ofSessions() {
    return Arbitraries.oneOf(
        Combinators.combine(Arbitraries.of(ObjectKind.class), filters().optional())
            .as((kind, filter) -> new Statement.ShowObjects(kind, filter, Optional.empty())),
        names().map(name -> new Statement.ShowCreateCluster(name, Optional.empty())),
        Arbitraries.of("cluster", "a.b", "Q").map(Statement.ShowVariable::new),
        Combinators.combine(Arbitraries.of("cluster", "a.b", "Q"), variableValues(), flags())
            .as(Statement.SetVariable::new),
        Arbitraries.of("cluster", "Q").map(Statement.ResetVariable::new),
        Combinators.combine(some(modes()), flags()).as(Statement.SetTransaction::new),
        names().optional().map(Statement.Deallocate::new),
        Combinators.combine(flags(), modes().list().ofMaxSize(3)).as(Statement.Begin::new),
        flags().map(Statement.Commit::new),
        flags().map(Statement.Rollback::new),
        Arbitraries.just(new Statement.ShowAllVariables()),
        Arbitraries.just(new Statement.ResetAllVariables()),
        Arbitraries.of("ALL", "PLANS").map(Statement.Discard::new));
  }

  static Arbitrary<Statement> statements() {
    return Arbitraries.oneOf(
        ofClusters(), ofOthers(), ofSessions(), ofClusters().map(Statement.Explain::new));
  }
}
