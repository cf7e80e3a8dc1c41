package dev.muster.api.pgwire.conversation;

import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.pgwire.frame.BackendMessages;
import dev.muster.api.pgwire.frame.FrontendMessage.Bind;
import dev.muster.api.pgwire.frame.FrontendMessage.Close;
import dev.muster.api.pgwire.frame.FrontendMessage.Describe;
import dev.muster.api.pgwire.frame.FrontendMessage.Execute;
import dev.muster.api.pgwire.frame.FrontendMessage.Parse;
import dev.muster.api.session.Column;
import dev.muster.api.session.SqlSession;
import dev.muster.api.session.SqlSession.Prepared;
import dev.muster.api.session.SqlSession.Result;
import dev.muster.api.session.SqlSession.Statement;
import dev.muster.api.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The extended query protocol: statements and portals by name, the empty name being reused freely.
 * Statements live until they are closed, portals until the transaction ends.
 */
final class ExtendedQuery {
  private final SqlSession session;
  private final BackendMessages out;
  private final ResultWriter results;
  private final Map<String, Portal.Prototype> statements = new HashMap<>();
  private final Map<String, Portal> portals = new HashMap<>();

  ExtendedQuery(SqlSession session, BackendMessages out, ResultWriter results) {
    this.session = session;
    this.out = out;
    this.results = results;
  }

  void parse(Parse parse) {
    if (parse.statement().isEmpty()) {
      statements.remove("");
    } else if (statements.containsKey(parse.statement())) {
      throw error("42P05", "prepared statement \"%s\" already exists", parse.statement());
    }
    List<Statement> parsed = session.parse(parse.text());
    if (parsed.size() > 1) {
      throw error("42601", "cannot insert multiple commands into a prepared statement");
    }
    List<Optional<SqlType>> types = parse.parameterTypes().stream().map(this::declared).toList();
    Optional<Prepared> prepared =
        parsed.stream().findFirst().map(statement -> session.prepare(statement, types));
    statements.put(parse.statement(), new Portal.Prototype(prepared));
    out.parseComplete();
  }

  private Optional<SqlType> declared(int oid) {
    if (oid == 0 || oid == SqlType.UNKNOWN.oid()) {
      return Optional.empty();
    }
    return Optional.of(
        SqlType.ofOid(oid)
            .orElseThrow(
                () ->
                    error(
                        "42704",
                        "parameter type with OID %s does not exist",
                        Integer.toUnsignedString(oid))));
  }

  void bind(Bind bind) {
    Portal.Prototype statement = statement(bind.statement());
    if (bind.portal().isEmpty()) {
      closePortal("");
    } else if (portals.containsKey(bind.portal())) {
      throw error("42P03", "cursor \"%s\" already exists", bind.portal());
    }
    List<SqlType> types = statement.prepared().map(Prepared::parameterTypes).orElse(List.of());
    List<Object> parameters = Parameters.decode(bind, types, results.zone());
    int columns = statement.prepared().flatMap(Prepared::columns).map(List::size).orElse(0);
    if (columns > 0 && !bind.resultFormats().fit(columns)) {
      throw error(
          "08P01",
          "bind message has %d result formats but query has %d columns",
          bind.resultFormats().size(),
          columns);
    }
    portals.put(bind.portal(), new Portal(statement, parameters, bind.resultFormats()));
    out.bindComplete();
  }

  void describe(Describe describe) {
    switch (describe.target()) {
      case STATEMENT -> {
        Portal.Prototype statement = statement(describe.name());
        out.parameterDescription(
            statement.prepared().map(Prepared::parameterTypes).orElse(List.of()));
        statement
            .prepared()
            .flatMap(Prepared::columns)
            .ifPresentOrElse(columns -> out.rowDescription(columns, i -> 0), out::noData);
      }
      case PORTAL -> {
        Portal portal = portal(describe.name());
        portal
            .prototype()
            .prepared()
            .flatMap(Prepared::columns)
            .ifPresentOrElse(
                columns -> out.rowDescription(columns, portal.resultFormats()::code), out::noData);
      }
    }
  }

  void execute(Execute execute) {
    Portal portal = portal(execute.portal());
    Optional<Prepared> prepared = portal.prototype().prepared();
    if (prepared.isEmpty()) {
      out.emptyQueryResponse();
      return;
    }
    boolean first = portal.result().isEmpty();
    if (first) {
      portal.result(run(prepared.get(), portal.parameters()));
    }
    switch (portal.result().orElseThrow()) {
      case Result.Command command -> {
        if (!first) {
          throw error("55000", "portal \"%s\" cannot be run", execute.portal());
        }
        out.commandComplete(command.tag());
      }
      case Result.Rows rows -> send(rows, portal, execute.maxRows());
    }
  }

  private Result run(Prepared prepared, List<Object> parameters) {
    Notices notices = new Notices(out, session::cancel);
    Result result;
    try {
      result = session.execute(prepared, parameters, notices);
    } finally {
      notices.end();
    }
    if (result instanceof Result.Rows rows
        && !types(rows.columns()).equals(types(prepared.columns().orElse(List.of())))) {
      Portal.close(rows);
      throw error("0A000", "cached plan must not change result type");
    }
    return result;
  }

  private static List<SqlType> types(List<Column> columns) {
    return columns.stream().map(Column::type).toList();
  }

  /** As in PostgreSQL, a limit that is reached suspends, even where no row is left. */
  private void send(Result.Rows rows, Portal portal, int maxRows) {
    long sent = results.rows(rows, portal.resultFormats(), maxRows);
    if (maxRows > 0 && sent == maxRows) {
      out.portalSuspended();
    } else {
      results.complete(rows.tag(), sent);
    }
  }

  /** Closing what is not there is no error; closing a statement closes its portals. */
  void close(Close close) {
    switch (close.target()) {
      case STATEMENT -> {
        Portal.Prototype statement = statements.remove(close.name());
        List<String> dependents = new ArrayList<>();
        portals.forEach(
            (name, portal) -> {
              if (portal.prototype() == statement) {
                dependents.add(name);
              }
            });
        dependents.forEach(this::closePortal);
      }
      case PORTAL -> closePortal(close.name());
    }
    out.closeComplete();
  }

  /** A simple query does away with the unnamed statement and portal. */
  void closeUnnamed() {
    statements.remove("");
    closePortal("");
  }

  /** The transaction has ended. */
  void closePortals() {
    List.copyOf(portals.keySet()).forEach(this::closePortal);
  }

  private void closePortal(String name) {
    Portal portal = portals.remove(name);
    if (portal != null) {
      portal.close();
    }
  }

  private Portal.Prototype statement(String name) {
    Portal.Prototype statement = statements.get(name);
    if (statement == null) {
      throw name.isEmpty()
          ? error("26000", "unnamed prepared statement does not exist")
          : error("26000", "prepared statement \"%s\" does not exist", name);
    }
    return statement;
  }

  private Portal portal(String name) {
    Portal portal = portals.get(name);
    if (portal == null) {
      throw error("34000", "portal \"%s\" does not exist", name);
    }
    return portal;
  }

  private static SqlException error(String sqlState, String message, Object... arguments) {
    return new SqlException(SqlMessage.error(sqlState, message.formatted(arguments)));
  }
}
