package dev.muster.api.pgwire.conversation;

import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.pgwire.frame.BackendMessages;
import dev.muster.api.pgwire.frame.Formats;
import dev.muster.api.session.SqlSession;
import dev.muster.api.session.SqlSession.Prepared;
import dev.muster.api.session.SqlSession.Result;
import dev.muster.api.session.SqlSession.Statement;
import java.util.List;

/** The simple query protocol: a text with any number of statements, all results as text. */
final class SimpleQuery {
  private final SqlSession session;
  private final BackendMessages out;
  private final ResultWriter results;

  SimpleQuery(SqlSession session, BackendMessages out, ResultWriter results) {
    this.session = session;
    this.out = out;
    this.results = results;
  }

  /** Parses all, then carries out one after the other until one fails. */
  void run(String text) {
    List<Statement> statements = session.parse(text);
    if (statements.isEmpty()) {
      out.emptyQueryResponse();
    }
    statements.forEach(this::run);
  }

  private void run(Statement statement) {
    Prepared prepared = session.prepare(statement, List.of());
    if (!prepared.parameterTypes().isEmpty()) {
      throw new SqlException(SqlMessage.error("42P02", "there is no parameter $1"));
    }
    Notices notices = new Notices(out, session::cancel);
    Result result;
    try {
      result = session.execute(prepared, List.of(), notices);
    } finally {
      notices.end();
    }
    switch (result) {
      case Result.Command command -> out.commandComplete(command.tag());
      case Result.Rows rows -> send(rows);
    }
  }

  private void send(Result.Rows rows) {
    try {
      out.rowDescription(rows.columns(), column -> 0);
      results.complete(rows.tag(), results.rows(rows, Formats.TEXT, 0));
    } finally {
      Portal.close(rows);
    }
  }
}
