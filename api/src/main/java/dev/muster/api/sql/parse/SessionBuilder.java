package dev.muster.api.sql.parse;

import dev.muster.api.sql.grammar.SqlGrammar.AlterRestContext;
import dev.muster.api.sql.grammar.SqlGrammar.ResetRestContext;
import dev.muster.api.sql.grammar.SqlGrammar.SetRestContext;
import dev.muster.api.sql.grammar.SqlGrammar.SetVariableContext;
import dev.muster.api.sql.grammar.SqlGrammar.ShowAllContext;
import dev.muster.api.sql.grammar.SqlGrammar.ShowClusterReplicasContext;
import dev.muster.api.sql.grammar.SqlGrammar.ShowCreateClusterContext;
import dev.muster.api.sql.grammar.SqlGrammar.ShowFilterContext;
import dev.muster.api.sql.grammar.SqlGrammar.ShowIsolationContext;
import dev.muster.api.sql.grammar.SqlGrammar.ShowObjectsContext;
import dev.muster.api.sql.grammar.SqlGrammar.ShowRestContext;
import dev.muster.api.sql.grammar.SqlGrammar.ShowTimeZoneContext;
import dev.muster.api.sql.grammar.SqlGrammar.ShowVariableContext;
import dev.muster.api.sql.grammar.SqlGrammar.SingleContext;
import dev.muster.api.sql.grammar.SqlGrammar.TransactionModeContext;
import dev.muster.api.sql.grammar.SqlGrammar.TransactionModesContext;
import dev.muster.api.sql.grammar.SqlGrammar.VariableNameContext;
import dev.muster.api.sql.grammar.SqlGrammar.VariableValueContext;
import dev.muster.api.sql.tree.ShowFilter;
import dev.muster.api.sql.tree.Statement;
import dev.muster.api.sql.tree.Statement.ObjectKind;
import dev.muster.api.sql.tree.TransactionMode;
import dev.muster.api.sql.tree.VariableValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.misc.Interval;

/** The part of {@link TreeBuilder} about looking, variables and transactions. */
final class SessionBuilder {
  private static final String TIME_ZONE = "timezone";
  private static final String ISOLATION = "transaction_isolation";

  private final CharStream characters;

  SessionBuilder(CharStream characters) {
    this.characters = characters;
  }

  // SHOW

  Statement show(ShowRestContext context) {
    return switch (context) {
      case ShowAllContext ignored -> new Statement.ShowAllVariables();
      case ShowObjectsContext objects ->
          new Statement.ShowObjects(
              ObjectKind.valueOf(objects.getStart().getText().toUpperCase(Locale.ROOT)),
              filter(objects.showFilter()),
              Optional.empty());
      case ShowClusterReplicasContext replicas ->
          replicas.REPLICAS() == null
              ? new Statement.ShowVariable("cluster")
              : new Statement.ShowObjects(
                  ObjectKind.CLUSTER_REPLICAS, filter(replicas.showFilter()), Optional.empty());
      case ShowCreateClusterContext cluster ->
          new Statement.ShowCreateCluster(TreeBuilder.name(cluster.identifier()), Optional.empty());
      case ShowTimeZoneContext ignored -> new Statement.ShowVariable(TIME_ZONE);
      case ShowIsolationContext ignored -> new Statement.ShowVariable(ISOLATION);
      case ShowVariableContext variable ->
          new Statement.ShowVariable(variableName(variable.variableName()));
      default -> throw TreeBuilder.unknown(context);
    };
  }

  private Optional<ShowFilter> filter(ShowFilterContext context) {
    if (context == null) {
      return Optional.empty();
    }
    if (context.LIKE() != null) {
      return Optional.of(new ShowFilter.Like(TreeBuilder.string(context.string())));
    }
    Interval words =
        Interval.of(
            context.anything().getFirst().getStart().getStartIndex(),
            context.anything().getLast().getStop().getStopIndex());
    return Optional.of(new ShowFilter.Where(characters.getText(words)));
  }

  // Variables

  private static String variableName(VariableNameContext context) {
    String first = TreeBuilder.name(context.variableWord());
    return context.identifier() == null
        ? first
        : first + "." + TreeBuilder.name(context.identifier());
  }

  Statement set(SetRestContext context) {
    if (context.transactionModes() != null) {
      return new Statement.SetTransaction(
          modes(context.transactionModes()), context.CHARACTERISTICS() != null);
    }
    return setVariable(context.setVariable(), context.LOCAL() != null);
  }

  private static Statement setVariable(SetVariableContext context, boolean local) {
    VariableValue value = value(context.variableValue());
    if (context.TIME() != null) {
      return new Statement.SetVariable(TIME_ZONE, value, local);
    }
    if (context.NAMES() != null) {
      return new Statement.SetVariable("client_encoding", value, local);
    }
    if (context.SCHEMA() != null) {
      return new Statement.SetVariable("search_path", value, local);
    }
    return new Statement.SetVariable(variableName(context.variableName()), value, local);
  }

  private static VariableValue value(List<VariableValueContext> contexts) {
    if (contexts.size() == 1 && contexts.getFirst().DEFAULT() != null) {
      return new VariableValue.Default();
    }
    return new VariableValue.Values(contexts.stream().map(SessionBuilder::value).toList());
  }

  private static String value(VariableValueContext context) {
    if (context.DEFAULT() != null) {
      throw SyntaxErrors.expected("variable value", context.getStart());
    }
    if (context.string() != null) {
      return TreeBuilder.string(context.string());
    }
    if (context.NUMBER() != null) {
      return OptionBuilder.sign(context.sign()) + context.NUMBER().getText();
    }
    return Literals.identifier(context.getStart());
  }

  static Statement system(AlterRestContext context) {
    if (context.ALL() != null) {
      return new Statement.ResetSystem();
    }
    return new Statement.AlterSystem(
        variableName(context.variableName()),
        context.RESET() != null ? new VariableValue.Default() : value(context.variableValue()));
  }

  Statement reset(ResetRestContext context) {
    if (context.ALL() != null) {
      return new Statement.ResetAllVariables();
    }
    return new Statement.ResetVariable(
        context.TIME() != null ? TIME_ZONE : variableName(context.variableName()));
  }

  // Transactions

  Statement transaction(SingleContext context) {
    if (context.START() != null || context.BEGIN() != null) {
      List<TransactionMode> modes =
          context.transactionModes() == null ? List.of() : modes(context.transactionModes());
      return new Statement.Begin(context.START() != null, modes);
    }
    boolean chain = context.chain() != null && context.chain().NO() == null;
    return context.COMMIT() != null || context.END() != null
        ? new Statement.Commit(chain)
        : new Statement.Rollback(chain);
  }

  private static List<TransactionMode> modes(TransactionModesContext context) {
    return context.transactionMode().stream().map(SessionBuilder::mode).toList();
  }

  private static TransactionMode mode(TransactionModeContext context) {
    if (context.ISOLATION() != null) {
      return new TransactionMode.Isolation(words(context.isolationLevel()));
    }
    if (context.DEFERRABLE() != null) {
      return new TransactionMode.Deferrable(context.NOT() == null);
    }
    return new TransactionMode.Access(context.ONLY() != null);
  }

  private static String words(ParserRuleContext context) {
    return context.children.stream()
        .map(word -> word.getText().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(" "));
  }
}
