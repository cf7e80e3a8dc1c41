package dev.muster.api.sql.session;

import dev.muster.api.catalog.CatalogQueries;
import dev.muster.api.catalog.CatalogQueries.PastInstant;
import dev.muster.api.catalog.CatalogQueries.QueryContext;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.error.SqlErrors;
import dev.muster.api.error.SqlException;
import dev.muster.api.error.SqlMessage;
import dev.muster.api.sql.tree.AsOf;
import dev.muster.api.type.SessionZone;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what {@code AS OF} says. The engine works out the expression, so that all that makes a time
 * elsewhere makes one here: {@code '2026-11-20 10:00'}, {@code now() - INTERVAL '1 hour'}, and as
 * in the reference system a number of milliseconds since the epoch. A time that names no zone is
 * one of the session's.
 */
final class PastInstants {
  /** The class of SQLSTATEs that are about a value. */
  private static final String DATA_EXCEPTION = "22";

  private static final String SYNTAX_ERROR = "42601";
  private static final String COMES_LAST =
      "AS OF is the last clause of a statement: ORDER BY and LIMIT come before it.";

  private final CatalogQueries queries;
  private final InstantSource clock;

  PastInstants(CatalogQueries queries, InstantSource clock) {
    this.queries = queries;
    this.clock = clock;
  }

  /** What a query runs on. */
  interface Present {
    CatalogSnapshot of(CatalogQueries.Query query);
  }

  /**
   * @throws SqlException 22023 for what is no instant, or one in the future; what the engine says
   *     of an expression that it cannot work out, with its place in the statement
   */
  PastInstant read(AsOf clause, QueryContext context, Present present) {
    Instant instant = instant(clause, context, present);
    Instant now = clock.instant();
    if (instant.isAfter(now)) {
      throw SqlErrors.error("22023", "AS OF " + instant + " is in the future")
          .withDetail("It is " + now + " now.");
    }
    return new PastInstant(instant, clause.atLeast());
  }

  private Instant instant(AsOf clause, QueryContext context, Present present) {
    String expression = clause.expression();
    SessionZone zone = SessionZone.of(context.variables());
    try {
      Object value = value("SELECT " + whole(expression), context, present);
      if (value instanceof String text) {
        value = fromText(text, expression, context, present);
      }
      return switch (value) {
        case Instant instant -> instant;
        case LocalDateTime local -> zone.instant(local);
        case LocalDate date -> zone.instant(date.atStartOfDay());
        case Number number ->
            Instant.ofEpochMilli(new BigDecimal(number.toString()).longValueExact());
        case null, default -> throw noInstant(expression);
      };
    } catch (DateTimeException | ArithmeticException e) {
      throw noInstant(expression);
    } catch (SqlException e) {
      throw placed(e, clause);
    }
  }

  /** The engine's own words about a text that is no time would not say which, nor what is. */
  private Object fromText(String text, String expression, QueryContext context, Present present) {
    try {
      return value("SELECT " + whole(expression) + "::timestamptz", context, present);
    } catch (SqlException refused) {
      throw refused.sqlMessage().sqlState().startsWith(DATA_EXCEPTION)
          ? noInstant(expression).withDetail("It is the text " + SqlErrors.quoted(text) + ".")
          : refused;
    }
  }

  /** What follows it, such as LIMIT, would else be a clause of the question that is asked of it. */
  private static String whole(String expression) {
    return "(" + expression + "\n)";
  }

  private Object value(String sql, QueryContext context, Present present) {
    CatalogQueries.Query query = queries.prepare(sql, List.of(), context);
    List<List<Object>> rows = new ArrayList<>();
    queries
        .run(query, List.of(), context, present.of(query), stop -> {})
        .forEachRemaining(rows::add);
    return rows.size() == 1 && rows.getFirst().size() == 1 ? rows.getFirst().getFirst() : null;
  }

  private static SqlException noInstant(String expression) {
    return SqlErrors.error("22023", "AS OF " + expression + " is no instant")
        .withHint(
            "Give a time, such as '2026-11-20 10:00' or now() - INTERVAL '1 hour', or a number of"
                + " milliseconds since the epoch.");
  }

  /** Positions in what the engine was asked become positions in the message. */
  private static SqlException placed(SqlException e, AsOf clause) {
    SqlMessage message = e.sqlMessage();
    return new SqlException(
        new SqlMessage(
            message.severity(),
            message.sqlState(),
            message.message(),
            message.detail(),
            message.sqlState().equals(SYNTAX_ERROR) ? Optional.of(COMES_LAST) : message.hint(),
            Optional.of(clause.offset() + 1)));
  }
}
