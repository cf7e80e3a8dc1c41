package dev.muster.api.replay;

import dev.muster.api.command.SystemParameter;
import dev.muster.api.sql.tree.Statement;
import dev.muster.api.sql.tree.VariableValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What the system parameters need to be as they were, around the statements of a script.
 *
 * <p>No limit may refuse one of these: one that is to be reset goes first, one that is to be set
 * where there is none comes last. One that stays, or becomes another, is lifted meanwhile where
 * something is made or resized: a cluster that is being resized costs both sizes for a while, and
 * what there was then may have cost more than the limit of then.
 */
final class ParameterUndo {
  private final Map<String, String> present;
  private final Map<String, String> wanted;
  private final boolean lifts;

  ParameterUndo(
      Map<String, String> present, Map<String, String> wanted, List<Statement> statements) {
    this.present = present;
    this.wanted = wanted;
    this.lifts = statements.stream().anyMatch(ParameterUndo::mayCostMore);
  }

  private static boolean mayCostMore(Statement statement) {
    return statement instanceof Statement.CreateCluster
        || statement instanceof Statement.CreateReplica
        || statement instanceof Statement.AlterClusterSet
        || statement instanceof Statement.AlterClusterReset;
  }

  void before(Script script) {
    names(
        name -> {
          if (isLifted(name) && wanted.containsKey(name)) {
            script.remark("no limit while this runs; the last statement sets it again");
          }
          if (isLifted(name) || present.containsKey(name) && !wanted.containsKey(name)) {
            set(name, Optional.empty(), script);
          }
        });
  }

  void after(Script script) {
    names(
        name -> {
          Optional<String> is =
              isLifted(name) ? Optional.empty() : Optional.ofNullable(present.get(name));
          Optional<String> shall = Optional.ofNullable(wanted.get(name));
          if (shall.isPresent() && !shall.equals(is)) {
            set(name, shall, script);
          }
        });
  }

  private boolean isLifted(String name) {
    return lifts
        && name.equals(SystemParameter.MAX_CREDIT_CONSUMPTION_RATE)
        && present.containsKey(name);
  }

  private void names(Consumer<String> each) {
    TreeSet<String> names = new TreeSet<>(present.keySet());
    names.addAll(wanted.keySet());
    names.forEach(each);
  }

  /** A superuser may, as for zones: {@code mz_system} is not needed. */
  private static void set(String name, Optional<String> value, Script script) {
    script.run(
        new Statement.AlterSystem(
            name,
            value
                .<VariableValue>map(text -> new VariableValue.Values(List.of(text)))
                .orElseGet(VariableValue.Default::new)),
        false);
  }
}
