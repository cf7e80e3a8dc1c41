package dev.muster.api.sql.statement;

import dev.muster.api.command.Explanation;
import dev.muster.api.error.SqlException;
import dev.muster.api.session.Column;
import dev.muster.api.type.SqlType;
import java.util.List;

/**
 * {@code EXPLAIN <statement>}: what the statement would do, and nothing done. Whoever may not run
 * the statement may not have it explained, and what would be refused is refused here too.
 */
record ExplainStatement(DataDefinition explained) implements Report {
  @Override
  public List<Column> columns() {
    return List.of(new Column("plan", SqlType.TEXT));
  }

  @Override
  public boolean readsCatalog() {
    return true;
  }

  @Override
  public List<List<Object>> rows(StatementContext context) {
    explained.authorize(context);
    return switch (explained.resolve(context)) {
      case Change.Nothing ignored -> List.of(List.of(PlanText.NOTHING));
      case Change.OfEnvironment asked -> rows(context, asked, asked.subject());
      case Change.OfCluster asked -> rows(context, asked, asked.name());
    };
  }

  private static List<List<Object>> rows(StatementContext context, Change change, String cluster) {
    return switch (context.explain(change)) {
      case Explanation.Refused refused ->
          throw new SqlException(context.rejections().of(refused.rejection(), cluster));
      case Explanation.Planned planned ->
          PlanText.of(planned, cluster).stream().map(List::<Object>of).toList();
    };
  }

  @Override
  public String tag() {
    return "EXPLAIN";
  }
}
