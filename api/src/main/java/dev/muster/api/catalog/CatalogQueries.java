package dev.muster.api.catalog;

import dev.muster.api.session.Column;
import dev.muster.api.type.SqlType;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs queries over the catalog: the narrow door to the embedded engine, which nothing else may
 * touch. Safe for use by many threads.
 *
 * <p>Errors are {@link dev.muster.api.error.SqlException}s: 42P01 for a relation, 42703 for a
 * column, 42883 for a function that is not there, 42601 for what does not parse, 57014 when
 * canceled, 0A000 for what is not a query.
 */
public interface CatalogQueries extends AutoCloseable {
  /**
   * Resolves a query.
   *
   * @param sql one SELECT, VALUES, TABLE or WITH statement in PostgreSQL's dialect
   * @param parameterTypes declared by the client, by position; fewer, or empty ones, are inferred
   */
  Query prepare(String sql, List<Optional<SqlType>> parameterTypes, QueryContext context);

  /**
   * Runs it over a snapshot. Fails where the query needs clusters that the snapshot lacks since
   * they cannot be read ({@link CatalogSnapshot#damaged}).
   *
   * @param parameters Java values as {@link SqlType#javaType} says, null for NULL
   * @param cancellation is handed the means to stop the query once it runs
   */
  Iterator<List<Object>> run(
      Query query,
      List<Object> parameters,
      QueryContext context,
      CatalogSnapshot snapshot,
      Cancellation cancellation);

  /**
   * Runs it over the catalog as it was: after the last event that is not later than an instant.
   *
   * @param present whatever is known of now, by which most of the journal need not be read again;
   *     what it lacks is read
   * @throws dev.muster.api.error.SqlException also where there was no environment yet at that
   *     instant (22023, whose detail has the first instant that can be asked for)
   */
  Iterator<List<Object>> runAsOf(
      Query query,
      List<Object> parameters,
      QueryContext context,
      PastInstant instant,
      CatalogSnapshot present,
      Cancellation cancellation);

  /**
   * The state of everything as it was, with the errors of {@link #runAsOf}.
   *
   * @param present as there
   * @param cancellation stops also the reading of the journal
   */
  CatalogSnapshot asOf(PastInstant instant, CatalogSnapshot present, Cancellation cancellation);

  /**
   * An instant of the past.
   *
   * @param atLeast whether the first instant that is known will do where it is later
   */
  record PastInstant(Instant at, boolean atLeast) {}

  @Override
  void close();

  /** A resolved query. */
  interface Query {
    List<SqlType> parameterTypes();

    List<Column> columns();

    /** Whether it asks of clusters, or of what they were: who runs it needs their states. */
    boolean readsClusters();
  }

  /**
   * Who asks, for {@code current_user}, {@code current_setting} and their like.
   *
   * @param variables the session's variables, by lower-case name
   */
  record QueryContext(String role, String database, String schema, Map<String, String> variables) {
    public QueryContext {
      variables = Map.copyOf(variables);
    }
  }

  /**
   * Takes the means to stop what runs; they may be used from any thread, at most until the run
   * returns.
   */
  @FunctionalInterface
  interface Cancellation {
    void onStarted(Runnable stop);
  }
}
