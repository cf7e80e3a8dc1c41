package dev.muster.api.sql;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.metrics.Metrics;
import dev.muster.api.session.SessionRequest;
import dev.muster.api.session.SqlSession;
import dev.muster.api.session.SqlSession.Result;
import dev.muster.api.size.ReplicaSize;
import dev.muster.api.size.SizeCatalogue;
import dev.muster.api.sql.session.MusterSqlSessions;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A session over fakes, spoken to in whole messages as psql sends them. */
public final class Talk {
  public final FakeMuster muster = new FakeMuster();
  public final FakeQueries queries = new FakeQueries();
  public final Metrics metrics = new Metrics();
  private final List<SqlMessage> notices = new ArrayList<>();
  private SqlSession session;

  public Talk() {
    this("materialize", Map.of());
  }

  public Talk(String user, Map<String, String> parameters) {
    session = open(user, parameters, user.startsWith("mz_"));
  }

  public SqlSession open(String user, Map<String, String> parameters, boolean internal) {
    Map<String, String> all = new HashMap<>(parameters);
    all.put("user", user);
    InetSocketAddress client = new InetSocketAddress("127.0.0.1", 5555);
    return new MusterSqlSessions(muster, queries, sizes(), 5, metrics.statements())
        .open(new SessionRequest(all, client, internal));
  }

  static SizeCatalogue sizes() {
    return new SizeCatalogue(
        List.of(
            new ReplicaSize("small", 1, 1, 1, 1, 1, BigDecimal.ONE, true),
            new ReplicaSize("medium", 1, 1, 1, 1, 1, BigDecimal.TWO, true)));
  }

  public SqlSession session() {
    return session;
  }

  /** Sends a message; the results of its statements, in order. */
  public List<Result> send(String message) {
    notices.clear();
    List<Result> results = new ArrayList<>();
    boolean failed = true;
    try {
      for (SqlSession.Statement statement : session.parse(message)) {
        SqlSession.Prepared prepared = session.prepare(statement, List.of());
        results.add(session.execute(prepared, List.of(), notices::add));
      }
      failed = false;
    } finally {
      session.endOfMessage(failed);
    }
    return results;
  }

  /** The command tag of a message of one statement. */
  public String tag(String message) {
    return switch (send(message).getLast()) {
      case Result.Command command -> command.tag();
      case Result.Rows rows -> rows.tag();
    };
  }

  /** The rows of a message of one statement. */
  public List<List<Object>> rows(String message) {
    List<List<Object>> all = new ArrayList<>();
    ((Result.Rows) send(message).getLast()).rows().forEachRemaining(all::add);
    return all;
  }

  public String value(String message) {
    return (String) rows(message).getFirst().getFirst();
  }

  public SqlMessage fails(String message) {
    return assertThrows(SqlException.class, () -> send(message)).sqlMessage();
  }

  /** What was told beside the last message's results. */
  public List<String> notices() {
    return notices.stream().map(SqlMessage::message).toList();
  }

  public List<SqlMessage> noticeMessages() {
    return List.copyOf(notices);
  }
}
