package dev.muster.api.sql.parse;

import dev.muster.api.sql.grammar.SqlGrammar.ClusterOptionContext;
import dev.muster.api.sql.grammar.SqlGrammar.ClusterOptionNameContext;
import dev.muster.api.sql.grammar.SqlGrammar.ClusterPlainOptionContext;
import dev.muster.api.sql.grammar.SqlGrammar.FalseValueContext;
import dev.muster.api.sql.grammar.SqlGrammar.IntervalValueContext;
import dev.muster.api.sql.grammar.SqlGrammar.ListValueContext;
import dev.muster.api.sql.grammar.SqlGrammar.NullValueContext;
import dev.muster.api.sql.grammar.SqlGrammar.NumberValueContext;
import dev.muster.api.sql.grammar.SqlGrammar.OptionValueContext;
import dev.muster.api.sql.grammar.SqlGrammar.ReadyOptionContext;
import dev.muster.api.sql.grammar.SqlGrammar.ReplicaDefinitionContext;
import dev.muster.api.sql.grammar.SqlGrammar.ReplicaOptionContext;
import dev.muster.api.sql.grammar.SqlGrammar.ReplicaOptionNameContext;
import dev.muster.api.sql.grammar.SqlGrammar.ScheduleContext;
import dev.muster.api.sql.grammar.SqlGrammar.SignContext;
import dev.muster.api.sql.grammar.SqlGrammar.StrategyContext;
import dev.muster.api.sql.grammar.SqlGrammar.StrategyOptionContext;
import dev.muster.api.sql.grammar.SqlGrammar.TextValueContext;
import dev.muster.api.sql.grammar.SqlGrammar.TrueValueContext;
import dev.muster.api.sql.grammar.SqlGrammar.WaitClauseContext;
import dev.muster.api.sql.grammar.SqlGrammar.WordValueContext;
import dev.muster.api.sql.tree.Option;
import dev.muster.api.sql.tree.OptionName;
import dev.muster.api.sql.tree.OptionValue;
import dev.muster.api.sql.tree.OptionValue.StrategyOptionName;
import dev.muster.api.sql.tree.WaitClause;
import dev.muster.api.sql.tree.WaitClause.ReadyOptionName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.ParserRuleContext;

/** The options' part of {@link TreeBuilder}. */
final class OptionBuilder {
  List<Option> ofCluster(List<ClusterOptionContext> contexts) {
    return contexts.stream().map(this::option).toList();
  }

  List<Option> ofReplica(List<ReplicaOptionContext> contexts) {
    return contexts.stream().map(this::option).toList();
  }

  List<OptionName> names(List<ClusterOptionNameContext> contexts) {
    return contexts.stream().map(OptionBuilder::optionName).toList();
  }

  private Option option(ClusterOptionContext context) {
    if (context.REPLICAS() != null) {
      return Option.of(
          OptionName.REPLICAS,
          new OptionValue.Replicas(
              context.replicaDefinitions().replicaDefinition().stream()
                  .map(this::definition)
                  .toList()));
    }
    if (context.SCHEDULE() != null) {
      return Option.of(OptionName.SCHEDULE, schedule(context.schedule()));
    }
    if (context.STRATEGY() != null) {
      return Option.of(OptionName.AUTO_SCALING_STRATEGY, strategy(context.strategy()));
    }
    ClusterPlainOptionContext name = context.clusterPlainOption();
    return new Option(
        optionName(name), Optional.ofNullable(context.optionValue()).map(this::value));
  }

  private Option option(ReplicaOptionContext context) {
    ReplicaOptionNameContext name = context.replicaOptionName();
    return new Option(
        optionName(name), Optional.ofNullable(context.optionValue()).map(this::value));
  }

  /** The words of an option's name are the keywords that its rule took. */
  private static OptionName optionName(ParserRuleContext context) {
    if (context.getChildCount() == 1 && context.getChild(0) instanceof ParserRuleContext only) {
      return optionName(only);
    }
    return OptionName.valueOf(
        context.children.stream()
            .map(word -> word.getText().toUpperCase(Locale.ROOT))
            .collect(Collectors.joining("_")));
  }

  private OptionValue.ReplicaDefinition definition(ReplicaDefinitionContext context) {
    return new OptionValue.ReplicaDefinition(
        TreeBuilder.name(context.identifier()), ofReplica(context.replicaOption()));
  }

  private OptionValue schedule(ScheduleContext context) {
    if (context.MANUAL() != null) {
      return new OptionValue.Manual();
    }
    return new OptionValue.OnRefresh(Optional.ofNullable(context.optionValue()).map(this::value));
  }

  private OptionValue strategy(StrategyContext context) {
    if (context.ON() == null) {
      return new OptionValue.NoStrategy();
    }
    return new OptionValue.OnHydration(
        context.strategyOption().stream().map(this::strategyOption).toList());
  }

  private OptionValue.StrategyOption strategyOption(StrategyOptionContext context) {
    return new OptionValue.StrategyOption(
        context.SIZE() != null
            ? StrategyOptionName.HYDRATION_SIZE
            : StrategyOptionName.LINGER_DURATION,
        value(context.optionValue()));
  }

  WaitClause wait(WaitClauseContext context) {
    if (context.FOR() != null) {
      return new WaitClause.For(value(context.optionValue()));
    }
    return new WaitClause.UntilReady(
        context.readyOption().stream().map(this::readyOption).toList());
  }

  private WaitClause.ReadyOption readyOption(ReadyOptionContext context) {
    return new WaitClause.ReadyOption(
        context.ON() != null ? ReadyOptionName.ON_TIMEOUT : ReadyOptionName.TIMEOUT,
        value(context.optionValue()));
  }

  private OptionValue value(OptionValueContext context) {
    return switch (context) {
      case TextValueContext text -> new OptionValue.Text(TreeBuilder.string(text.string()));
      case NumberValueContext number ->
          new OptionValue.Number(sign(number.sign()) + number.NUMBER().getText());
      case TrueValueContext ignored -> new OptionValue.Flag(true);
      case FalseValueContext ignored -> new OptionValue.Flag(false);
      case NullValueContext ignored -> new OptionValue.Null();
      case IntervalValueContext interval ->
          new OptionValue.Interval(TreeBuilder.string(interval.string()));
      case ListValueContext list ->
          new OptionValue.Items(list.optionValue().stream().map(this::value).toList());
      case WordValueContext word -> new OptionValue.Word(TreeBuilder.name(word.wordOfValue()));
      default -> throw TreeBuilder.unknown(context);
    };
  }

  /** {@code -} or {@code +}; the grammar lets every operator through to here. */
  static String sign(SignContext context) {
    if (context == null) {
      return "";
    }
    return switch (context.getText()) {
      case "-" -> "-";
      case "+" -> "";
      default -> throw SyntaxErrors.expected("option value", context.getStart());
    };
  }
}
