package dev.muster.api.sql;

import dev.muster.api.catalog.CatalogQueries;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.error.SqlException;
import dev.muster.api.session.Column;
import dev.muster.api.type.SqlType;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** An engine that remembers what it was asked, and always answers one row of one column. */
public final class FakeQueries implements CatalogQueries {
  private final List<String> prepared = new ArrayList<>();
  private final List<CatalogSnapshot> snapshots = new ArrayList<>();
  private final List<QueryContext> contexts = new ArrayList<>();
  private final List<PastInstant> instants = new ArrayList<>();
  private CatalogSnapshot past = CatalogSnapshot.EMPTY;
  private Optional<Object> answer = Optional.empty();
  private Optional<SqlException> failure = Optional.empty();
  private Optional<Runnable> whenStopped = Optional.empty();
  private Runnable whileRunning = () -> {};

  private record Remembered(String sql) implements Query {
    @Override
    public List<SqlType> parameterTypes() {
      return List.of();
    }

    @Override
    public List<Column> columns() {
      return List.of(new Column("answer", SqlType.TEXT));
    }

    @Override
    public boolean readsClusters() {
      return true;
    }
  }

  public void willFail(SqlException error) {
    failure = Optional.of(error);
  }

  /** Happens in the middle of each run. */
  public void whileRunning(Runnable action) {
    whileRunning = action;
  }

  /** Each run goes on until it is stopped, and then tells. */
  public void untilStopped(Runnable whenStopped) {
    this.whenStopped = Optional.of(whenStopped);
  }

  public List<String> prepared() {
    return List.copyOf(prepared);
  }

  public List<CatalogSnapshot> snapshots() {
    return List.copyOf(snapshots);
  }

  public QueryContext lastContext() {
    return contexts.getLast();
  }

  @Override
  public Query prepare(String sql, List<Optional<SqlType>> parameterTypes, QueryContext context) {
    prepared.add(sql);
    contexts.add(context);
    failure.ifPresent(
        error -> {
          throw error;
        });
    return new Remembered(sql);
  }

  @Override
  public Iterator<List<Object>> run(
      Query query,
      List<Object> parameters,
      QueryContext context,
      CatalogSnapshot snapshot,
      Cancellation cancellation) {
    snapshots.add(snapshot);
    contexts.add(context);
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    cancellation.onStarted(() -> stopped.complete(null));
    whileRunning.run();
    whenStopped.ifPresent(tell -> stopped.thenRun(tell).join());
    if (stopped.isDone()) {
      throw new SqlException(
          dev.muster.api.error.SqlMessage.error("57014", "the engine was interrupted"));
    }
    Object value = answer.orElseGet(() -> ((Remembered) query).sql());
    return List.of(List.of(value)).iterator();
  }

  @Override
  public Iterator<List<Object>> runAsOf(
      Query query,
      List<Object> parameters,
      QueryContext context,
      PastInstant instant,
      CatalogSnapshot present,
      Cancellation cancellation) {
    return run(query, parameters, context, present, cancellation);
  }

  /** What each run answers from now on, instead of its own text. */
  public void answers(Object value) {
    answer = Optional.of(value);
  }

  /** What there was, whenever. */
  public void was(CatalogSnapshot snapshot) {
    past = snapshot;
  }

  public List<PastInstant> instants() {
    return List.copyOf(instants);
  }

  @Override
  public CatalogSnapshot asOf(
      PastInstant instant, CatalogSnapshot present, Cancellation cancellation) {
    instants.add(instant);
    return past;
  }

  @Override
  public void close() {}
}
