package dev.muster.api.sql.session;

import dev.muster.api.Muster;
import dev.muster.api.catalog.CatalogQueries;
import dev.muster.api.catalog.CatalogQueries.PastInstant;
import dev.muster.api.error.RejectionMessages;
import dev.muster.api.error.SqlErrors;
import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.metrics.StatementMetrics;
import dev.muster.api.session.Column;
import dev.muster.api.session.SqlSession;
import dev.muster.api.sql.parse.ParsedStatement;
import dev.muster.api.sql.parse.SqlParser;
import dev.muster.api.sql.statement.CatalogQuery;
import dev.muster.api.sql.statement.Change;
import dev.muster.api.sql.statement.DataDefinition;
import dev.muster.api.sql.statement.Executable;
import dev.muster.api.sql.statement.Report;
import dev.muster.api.sql.statement.SessionStatement;
import dev.muster.api.sql.statement.StatementContext;
import dev.muster.api.sql.statement.Statements;
import dev.muster.api.sql.statement.TransactionControl;
import dev.muster.api.sql.tree.AsOf;
import dev.muster.api.type.SqlType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One client's conversation. */
final class Conversation implements SqlSession {
  private final String role;
  private final CatalogQueries queries;
  private final SessionVariables variables;
  private final Waiting waiting = new Waiting();
  private final TransactionBlock block = new TransactionBlock();
  private final List<SqlMessage> pending = new ArrayList<>();
  private final Errand errand;
  private final Optional<String> address;
  private final Muster muster;
  private final RejectionMessages rejections;
  private final StatementMetrics metrics;
  private String timeoutText = "";
  private Duration timeout = Duration.ZERO;

  Conversation(
      String role,
      Muster muster,
      CatalogQueries queries,
      RejectionMessages rejections,
      SessionVariables variables,
      StatementMetrics metrics,
      Optional<String> address) {
    this.role = role;
    this.queries = queries;
    this.variables = variables;
    this.muster = muster;
    this.rejections = rejections;
    this.metrics = metrics;
    this.address = address;
    this.errand = new Errand(muster, waiting, rejections, role, address);
  }

  /** A message for the client that waits until a statement runs. */
  void tellLater(SqlMessage message) {
    pending.add(message);
  }

  @Override
  public Map<String, String> reportedParameters() {
    return variables.reported();
  }

  @Override
  public Map<String, String> takeChangedParameters() {
    return variables.takeChanged();
  }

  @Override
  public List<Statement> parse(String text) {
    return understood(() -> List.copyOf(SqlParser.parse(text)));
  }

  @Override
  public Prepared prepare(Statement statement, List<Optional<SqlType>> parameterTypes) {
    return understood(() -> plan((ParsedStatement) statement, parameterTypes));
  }

  private Plan plan(ParsedStatement statement, List<Optional<SqlType>> parameterTypes) {
    requireNotFailed(statement.tree());
    Executable executable = Statements.of(statement.tree());
    return switch (executable) {
      case CatalogQuery query -> planned(statement, query, parameterTypes);
      case Report report -> Plan.of(statement, report, Optional.of(report.columns()));
      case DataDefinition other -> Plan.of(statement, other, Optional.empty());
      case SessionStatement other -> Plan.of(statement, other, Optional.empty());
      case TransactionControl other -> Plan.of(statement, other, Optional.empty());
    };
  }

  private Plan planned(
      ParsedStatement statement, CatalogQuery query, List<Optional<SqlType>> parameterTypes) {
    String sql = query.asOf().isPresent() ? query.shape() : query.sql(context(pending::add));
    CatalogQueries.Query prepared;
    try {
      prepared = queries.prepare(sql, parameterTypes, queryContext());
    } catch (SqlException e) {
      throw placed(e, statement, query);
    }
    return new Plan(
        statement,
        query,
        Optional.of(prepared),
        prepared.parameterTypes(),
        Optional.of(prepared.columns()));
  }

  /** A position in a query becomes one in the message, or goes where the query was not its text. */
  private static SqlException placed(
      SqlException e, ParsedStatement statement, CatalogQuery query) {
    SqlMessage message = e.sqlMessage();
    if (message.position().isEmpty()) {
      return e;
    }
    Optional<Integer> position =
        message.position().filter(at -> query.asWritten()).map(at -> at + statement.offset());
    return new SqlException(
        new SqlMessage(
            message.severity(),
            message.sqlState(),
            message.message(),
            message.detail(),
            message.hint(),
            position));
  }

  private CatalogQueries.QueryContext queryContext() {
    String path = variables.valueOf("search_path");
    String schema = path.split(",", 2)[0].strip().replace("\"", "");
    return new CatalogQueries.QueryContext(
        role, variables.valueOf("database"), schema, variables.all());
  }

  @Override
  public Result execute(Prepared prepared, List<Object> parameters, Consumer<SqlMessage> notices) {
    Plan plan = (Plan) prepared;
    StatementMetrics.Kind kind = metrics.of(plan.executable().tag());
    long beganNanos = System.nanoTime();
    try {
      Result result = guarded(() -> execute(plan, parameters, notices));
      kind.succeeded(System.nanoTime() - beganNanos);
      return result;
    } catch (SqlException e) {
      kind.ended(e.sqlMessage().sqlState(), System.nanoTime() - beganNanos);
      throw e;
    }
  }

  private Result execute(Plan plan, List<Object> parameters, Consumer<SqlMessage> notices) {
    requireNotFailed(plan.statement().tree());
    Consumer<SqlMessage> audible = Audible.only(variables, notices);
    pending.forEach(audible);
    pending.clear();
    waiting.begin(timeout());
    try {
      return run(plan, parameters, context(audible));
    } finally {
      waiting.end();
    }
  }

  private Duration timeout() {
    String text = variables.valueOf("statement_timeout");
    if (!text.equals(timeoutText)) {
      timeout = VariableKind.duration(text).orElse(Duration.ZERO);
      timeoutText = text;
    }
    return timeout;
  }

  private Context context(Consumer<SqlMessage> notices) {
    return new Context(role, address, muster, waiting, rejections, variables, notices);
  }

  private Result run(Plan plan, List<Object> parameters, Context context) {
    return switch (plan.executable()) {
      case CatalogQuery query -> rows(plan, query, parameters, context);
      case Report report -> {
        if (report.readsCatalog()) {
          block.read();
        }
        StatementContext seen =
            report.asOf().<StatementContext>map(clause -> past(clause, context)).orElse(context);
        yield new Result.Rows(report.columns(), report.rows(seen).iterator(), report.tag());
      }
      case SessionStatement statement -> {
        statement.run(context, block.isOpen());
        yield new Result.Command(statement.tag());
      }
      case DataDefinition definition -> define(plan, definition, context);
      case TransactionControl control -> control(control, context);
    };
  }

  private Result rows(Plan plan, CatalogQuery query, List<Object> parameters, Context context) {
    block.read();
    Routing.requireTarget(context);
    CatalogQueries.Query prepared = plan.query().orElseThrow();
    try {
      Optional<PastInstant> instant = query.asOf().map(clause -> instant(clause, context));
      if (query.hasReports()) { // their rows may have changed since
        StatementContext seen =
            instant.<StatementContext>map(at -> past(at, context)).orElse(context);
        prepared = queries.prepare(query.sql(seen), List.of(), queryContext());
      }
      Iterator<List<Object>> rows = run(prepared, instant, parameters, context);
      List<Column> columns = prepared.columns();
      return new Result.Rows(columns, rows, query.tag());
    } catch (SqlException e) {
      waiting.check(); // says more exactly why the engine was stopped
      throw placed(e, plan.statement(), query);
    }
  }

  private Iterator<List<Object>> run(
      CatalogQueries.Query prepared,
      Optional<PastInstant> instant,
      List<Object> parameters,
      Context context) {
    return instant.isEmpty()
        ? queries.run(prepared, parameters, queryContext(), context.catalog(), waiting::onStop)
        : queries.runAsOf(
            prepared, parameters, queryContext(), instant.get(), context.atHand(), waiting::onStop);
  }

  private PastInstant instant(AsOf clause, Context context) {
    return new PastInstants(queries, InstantSource.system())
        .read(
            clause,
            queryContext(),
            query -> query.readsClusters() ? context.catalog() : context.atHand());
  }

  private PastContext past(AsOf clause, Context context) {
    try {
      return past(instant(clause, context), context);
    } catch (SqlException e) {
      waiting.check(); // says more exactly why it was stopped
      throw e;
    }
  }

  private PastContext past(PastInstant instant, Context context) {
    return new PastContext(context, queries.asOf(instant, context.atHand(), waiting::onStop));
  }

  private Result define(Plan plan, DataDefinition definition, Context context) {
    if (variables
        .valueOf(block.isOpen() ? "transaction_read_only" : "default_transaction_read_only")
        .equals("on")) {
      throw SqlErrors.error(
          SqlErrors.READ_ONLY_SQL_TRANSACTION,
          "cannot execute " + definition.tag() + " in a read-only transaction");
    }
    definition.authorize(context);
    Change change = definition.resolve(context);
    String text = plan.statement().text();
    if (block.isOpen()) {
      block.stage(definition.tag(), change, text);
    } else {
      carryOut(change, text, true, context);
    }
    return new Result.Command(definition.tag());
  }

  private void carryOut(Change change, String text, boolean mayWait, Context context) {
    errand.run(change, text, variables.valueOf("application_name"), mayWait, context::notice);
  }

  private Result control(TransactionControl control, Context context) {
    return switch (control) {
      case TransactionControl.Begin begin -> begin(begin, context);
      case TransactionControl.Commit commit -> commit(commit, context);
      case TransactionControl.Rollback rollback -> {
        warnOutside(context);
        variables.rollbackIf(block.isOpen());
        block.end();
        yield new Result.Command(rollback.tag());
      }
    };
  }

  private Result begin(TransactionControl.Begin begin, Context context) {
    if (block.isOpen()) {
      context.notice(
          SqlMessage.notice(
                  SqlErrors.ACTIVE_SQL_TRANSACTION, "there is already a transaction in progress")
              .withSeverity(SqlMessage.Severity.WARNING));
    } else {
      block.begin();
      variables.begin();
    }
    begin.applyModes(variables);
    return new Result.Command(begin.tag());
  }

  private Result commit(TransactionControl.Commit commit, Context context) {
    warnOutside(context);
    if (block.status() == TransactionStatus.FAILED) {
      variables.rollbackIf(true);
      block.end();
      return new Result.Command(new TransactionControl.Rollback().tag());
    }
    Optional<TransactionBlock.Staged> staged = block.end();
    try {
      // What has been committed cannot fail any more: COMMIT does not wait for reconfigurations.
      staged.ifPresent(change -> carryOut(change.change(), change.statement(), false, context));
    } catch (SqlException e) {
      variables.rollbackIf(true);
      throw e;
    }
    variables.commit();
    return new Result.Command(commit.tag());
  }

  private void warnOutside(Context context) {
    if (!block.isOpen()) {
      context.notice(
          SqlMessage.notice(
                  SqlErrors.NO_ACTIVE_SQL_TRANSACTION, "there is no transaction in progress")
              .withSeverity(SqlMessage.Severity.WARNING));
    }
  }

  private void requireNotFailed(dev.muster.api.sql.tree.Statement statement) {
    boolean ends =
        statement instanceof dev.muster.api.sql.tree.Statement.Commit
            || statement instanceof dev.muster.api.sql.tree.Statement.Rollback;
    if (block.status() == TransactionStatus.FAILED && !ends) {
      throw SqlErrors.error(
          SqlErrors.IN_FAILED_SQL_TRANSACTION,
          "current transaction is aborted, commands ignored until end of transaction block");
    }
  }

  /** What comes to no statement is counted too. */
  private <T> T understood(Supplier<T> action) {
    long beganNanos = System.nanoTime();
    try {
      return guarded(action);
    } catch (SqlException e) {
      metrics
          .of(StatementMetrics.INVALID)
          .ended(e.sqlMessage().sqlState(), System.nanoTime() - beganNanos);
      throw e;
    }
  }

  /** Whatever goes wrong is told as one error, and fails the transaction block that it is in. */
  private <T> T guarded(Supplier<T> action) {
    try {
      return action.get();
    } catch (SqlException e) {
      block.fail();
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      block.fail();
      throw Waiting.failure(e);
    }
  }

  @Override
  public void endOfMessage(boolean failed) {
    if (failed) {
      block.fail();
    }
  }

  @Override
  public TransactionStatus transactionStatus() {
    return block.status();
  }

  @Override
  public void cancel() {
    waiting.cancel();
  }

  @Override
  public void close() {
    waiting.close();
    block.end();
  }
}
