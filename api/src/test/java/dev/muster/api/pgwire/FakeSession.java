package dev.muster.api.pgwire;

import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.error.SqlMessage.Severity;
import dev.muster.api.pgwire.value.TextInput;
import dev.muster.api.session.Column;
import dev.muster.api.session.SqlSession;
import dev.muster.api.type.SqlType;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A session whose statements do what a wire test wants to see.
 *
 * <pre>
 *   SELECT 1           one row; what divides an array's elements, as pgjdbc asks
 *   SAMPLE type        a row with the type's sample, and a NULL
 *   ECHO type $1       the parameter as it was understood ('..' in place of $1 also does)
 *   ROWS n             n rows (int4, text)
 *   CREATE x           a command tag
 *   NOTICE text        a notice, then a tag;  NOTICE LATER comes from another thread
 *   FAIL state text    an error with all its fields
 *   FATAL, CRASH, DEEP end of the conversation, a defect, a stack overflow
 *   WAIT               until cancelled
 *   CHATTER            notices until cancelled
 *   SET a = b, BEGIN, COMMIT, ROLLBACK
 * </pre>
 */
final class FakeSession implements SqlSession {
  private static final Pattern ECHO = Pattern.compile("ECHO (\\S+) (?:.*'(.*)'.*|.*\\$1.*)");

  private final Runnable onClose;
  private final Runnable onCancel;
  private final CountDownLatch cancelled = new CountDownLatch(1);
  private final Map<String, String> changed = new LinkedHashMap<>();
  private TransactionStatus status = TransactionStatus.IDLE;

  FakeSession(Runnable onClose, Runnable onCancel) {
    this.onClose = onClose;
    this.onCancel = onCancel;
  }

  record FakeStatement(String text) implements Statement {
    String word() {
      return text.split("\\s+", 2)[0].toUpperCase(Locale.ROOT);
    }

    String rest() {
      return text.contains(" ") ? text.split("\\s+", 2)[1].trim() : "";
    }

    Matcher echo() {
      Matcher echo = ECHO.matcher(text);
      if (!echo.matches()) {
        throw new SqlException(SqlMessage.error("42601", "bad ECHO").withPosition(6));
      }
      return echo;
    }
  }

  record FakePrepared(
      FakeStatement statement, List<SqlType> parameterTypes, Optional<List<Column>> columns)
      implements Prepared {}

  @Override
  public Map<String, String> reportedParameters() {
    return Map.of(
        "server_version", "9.5.0",
        "client_encoding", "UTF8",
        "standard_conforming_strings", "on",
        "integer_datetimes", "on",
        "DateStyle", "ISO, MDY",
        "TimeZone", "UTC");
  }

  @Override
  public Map<String, String> takeChangedParameters() {
    Map<String, String> taken = Map.copyOf(changed);
    changed.clear();
    return taken;
  }

  @Override
  public List<Statement> parse(String text) {
    List<Statement> statements = new ArrayList<>();
    for (String part : text.split(";")) {
      if (part.isBlank()) {
        continue;
      }
      if (part.strip().startsWith("SYNTAX")) {
        throw new SqlException(SqlMessage.error("42601", "Expected a statement").withPosition(1));
      }
      statements.add(new FakeStatement(part.strip()));
    }
    return statements;
  }

  @Override
  public Prepared prepare(Statement statement, List<Optional<SqlType>> parameterTypes) {
    FakeStatement fake = (FakeStatement) statement;
    if (fake.text().contains("typdelim")) {
      List<SqlType> parameters = fake.text().contains("$1") ? List.of(SqlType.OID) : List.of();
      return new FakePrepared(
          fake, parameters, Optional.of(List.of(new Column("typdelim", SqlType.CHAR))));
    }
    if (fake.word().equals("ECHO")) {
      Matcher echo = fake.echo();
      SqlType type = type(echo.group(1));
      SqlType declared = parameterTypes.stream().flatMap(Optional::stream).findFirst().orElse(type);
      List<SqlType> parameters = echo.group(2) == null ? List.of(declared) : List.of();
      return new FakePrepared(fake, parameters, Optional.of(List.of(new Column("echo", type))));
    }
    Optional<List<Column>> columns =
        switch (fake.word()) {
          case "SELECT" -> Optional.of(List.of(new Column("?column?", SqlType.INT4)));
          case "SAMPLE" -> {
            SqlType type = type(fake.rest());
            yield Optional.of(List.of(new Column("sample", type), new Column("none", type)));
          }
          case "ROWS" ->
              Optional.of(List.of(new Column("n", SqlType.INT4), new Column("t", SqlType.TEXT)));
          case "SHOW" -> Optional.of(List.of(new Column(fake.rest(), SqlType.TEXT)));
          default -> Optional.empty();
        };
    return new FakePrepared(fake, List.of(), columns);
  }

  private static SqlType type(String name) {
    return Arrays.stream(SqlType.values())
        .filter(type -> type.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () -> new SqlException(SqlMessage.error("42704", "no type \"%s\"".formatted(name))));
  }

  @Override
  public Result execute(Prepared prepared, List<Object> parameters, Consumer<SqlMessage> notices) {
    FakePrepared fake = (FakePrepared) prepared;
    FakeStatement statement = fake.statement();
    return switch (statement.word()) {
      case "SELECT" -> {
        boolean driverAsks = statement.text().contains("typdelim");
        yield rows(fake, List.of(List.<Object>of(driverAsks ? "," : 1)).iterator());
      }
      case "SAMPLE" -> {
        Object sample = Samples.value(fake.columns().orElseThrow().getFirst().type());
        yield rows(fake, List.of(Arrays.asList(sample, null)).iterator());
      }
      case "ECHO" -> rows(fake, List.of(Arrays.asList(echo(fake, parameters))).iterator());
      case "ROWS" -> rows(fake, numbered(Integer.parseInt(statement.rest())));
      case "SHOW" ->
          new Result.Rows(
              fake.columns().orElseThrow(), List.of(List.<Object>of("shown")).iterator(), "SHOW");
      default -> new Result.Command(command(statement, notices));
    };
  }

  private static Object[] echo(FakePrepared prepared, List<Object> parameters) {
    SqlType type = prepared.columns().orElseThrow().getFirst().type();
    String literal = prepared.statement().echo().group(2);
    return new Object[] {
      literal == null ? parameters.getFirst() : TextInput.parse(type, literal, ZoneOffset.UTC)
    };
  }

  private static Result rows(FakePrepared prepared, Iterator<List<Object>> rows) {
    return new Result.Rows(prepared.columns().orElseThrow(), rows, "SELECT");
  }

  private static Iterator<List<Object>> numbered(int count) {
    return IntStream.range(0, count).mapToObj(n -> List.<Object>of(n, "row " + n)).iterator();
  }

  private String command(FakeStatement statement, Consumer<SqlMessage> notices) {
    switch (statement.word()) {
      case "CREATE" -> {
        return "CREATE CLUSTER";
      }
      case "BEGIN" -> status = TransactionStatus.IN_TRANSACTION;
      case "COMMIT", "ROLLBACK" -> status = TransactionStatus.IDLE;
      case "SET" -> {
        String[] parts = statement.rest().split("\\s*(=|TO)\\s*");
        changed.put(parts[0], parts[1].replace("'", ""));
      }
      case "NOTICE" -> notice(statement.rest(), notices);
      case "WAIT" -> awaitCancel();
      case "CHATTER" -> chatterUntilCancelled(notices);
      case "FAIL" -> throw failure(statement);
      case "FATAL" ->
          throw new SqlException(SqlMessage.error("57P02", "the end").withSeverity(Severity.FATAL));
      case "CRASH" -> throw new IllegalStateException("a defect that clients must not see");
      case "DEEP" -> deep(0);
      default ->
          throw new SqlException(SqlMessage.error("42601", "no statement " + statement.word()));
    }
    return statement.word();
  }

  private static SqlException failure(FakeStatement statement) {
    String[] parts = statement.rest().split(" ", 2);
    return new SqlException(
        SqlMessage.error(parts[0], parts[1])
            .withDetail("the detail")
            .withHint("the hint")
            .withPosition(6));
  }

  private static void notice(String text, Consumer<SqlMessage> notices) {
    SqlMessage notice = SqlMessage.notice("00000", text);
    if (!text.equals("LATER")) {
      notices.accept(notice);
      return;
    }
    Thread other = Thread.ofPlatform().start(() -> notices.accept(notice));
    try {
      other.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void chatterUntilCancelled(Consumer<SqlMessage> notices) {
    try {
      while (!cancelled.await(5, TimeUnit.MILLISECONDS)) {
        notices.accept(SqlMessage.notice("00000", "still waiting"));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    awaitCancel();
  }

  private void awaitCancel() {
    try {
      cancelled.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    throw new SqlException(
        SqlMessage.error("57014", "canceling statement due to user request")
            .withDetail("What it began goes on."));
  }

  @SuppressWarnings("InfiniteRecursion") // the stack is to run over
  private static int deep(int depth) {
    return deep(depth + 1) + 1;
  }

  @Override
  public void endOfMessage(boolean failed) {
    if (failed && status == TransactionStatus.IN_TRANSACTION) {
      status = TransactionStatus.FAILED;
    }
  }

  @Override
  public TransactionStatus transactionStatus() {
    return status;
  }

  @Override
  public void cancel() {
    onCancel.run();
    cancelled.countDown();
  }

  @Override
  public void close() {
    onClose.run();
  }
}
