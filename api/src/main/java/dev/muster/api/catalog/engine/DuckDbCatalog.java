package dev.muster.api.catalog.engine;

import dev.muster.api.catalog.CatalogQueries;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.HostCatalogue;
import dev.muster.api.catalog.history.HistoryRows;
import dev.muster.api.catalog.history.JournalHistory;
import dev.muster.api.catalog.past.Patience;
import dev.muster.api.catalog.relation.Feed;
import dev.muster.api.catalog.relation.Relations;
import dev.muster.api.catalog.relation.StateRows;
import dev.muster.api.catalog.rewrite.ExpansionTokens;
import dev.muster.api.catalog.rewrite.LiteralShape;
import dev.muster.api.catalog.rewrite.Rewriter;
import dev.muster.api.catalog.rewrite.Rewritten;
import dev.muster.api.catalog.rewrite.SqlErrors;
import dev.muster.api.catalog.rewrite.TypeNames;
import dev.muster.api.error.SqlException;
import dev.muster.api.session.Column;
import dev.muster.api.size.SizeCatalogue;
import dev.muster.api.type.SessionZone;
import dev.muster.api.type.SqlType;
import dev.muster.journal.read.JournalReader;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** The catalog's queries, run by DuckDB. Starts in the background; whoever comes first waits. */
public final class DuckDbCatalog implements CatalogQueries {
  private static final int CACHED_QUERIES = 512;

  /** A command is older than this when it is journaled never. */
  private static final Duration UNDER_WAY_AT_MOST = Duration.ofMinutes(1);

  /** Classes of SQLSTATEs: syntax and names, values, what is not supported. */
  private static final Set<String> PLANNING_ERRORS = Set.of("42", "22", "0A");

  private static final String PARSE = "SELECT json_serialize_sql(?::VARCHAR)";
  private static final String PRINT = "SELECT json_deserialize_sql(?::JSON)";

  private final Relations relations = new Relations();
  private final ResultMemory memory;
  private final BaseTables tables;
  private final HostTable hosts;
  private final PointReader points;
  private final EnginePool pool;
  private final Map<CacheKey, PreparedQuery> cache = Collections.synchronizedMap(new Cache());
  private final Variations variations = new Variations();
  private final JournalHistory history;
  private final PastCatalogs pasts;

  public DuckDbCatalog(SizeCatalogue sizes, JournalReader journal, EngineLimits limits) {
    this(sizes, () -> HostCatalogue.EMPTY, journal, limits);
  }

  /**
   * @param hosts asked before each query; the same object as long as nothing has changed. Zones and
   *     sizes never do
   */
  public DuckDbCatalog(
      SizeCatalogue sizes,
      Supplier<HostCatalogue> hosts,
      JournalReader journal,
      EngineLimits limits) {
    this(sizes, hosts, journal, limits, new ResultMemory(limits), Optional.empty());
  }

  private DuckDbCatalog(
      SizeCatalogue sizes,
      Supplier<HostCatalogue> hosts,
      JournalReader journal,
      EngineLimits limits,
      ResultMemory memory,
      Optional<Instant> past) {
    this.memory = memory;
    this.history = new JournalHistory(journal, this::insert);
    StateRows rows = new StateRows(sizes);
    this.tables = new BaseTables(rows);
    this.hosts = new HostTable(hosts);
    this.points = new PointReader(rows);
    this.pool =
        new EnginePool(limits, () -> Engine.open(relations, sizes, hosts.get(), limits, past));
    this.pasts =
        new PastCatalogs(
            journal,
            (until, at) ->
                new DuckDbCatalog(sizes, hosts, until, limits.ofPast(), memory, Optional.of(at)),
            limits.longestWait());
  }

  /** Rows of the past, as they are read: before any query looks that needs them. */
  private void insert(HistoryRows rows) {
    pool.call(
        connection -> {
          BaseTables.insertHistory(connection, rows);
          return rows;
        });
  }

  /** Why the past could not be read when a query last needed it; empty where it could. */
  public Optional<String> historyUnreadable() {
    return history.unreadable();
  }

  @Override
  public Query prepare(String sql, List<Optional<SqlType>> parameterTypes, QueryContext context) {
    CacheKey key = new CacheKey(sql, List.copyOf(parameterTypes), context.database());
    PreparedQuery known = cache.get(key);
    if (known != null) {
      return known;
    }
    Optional<Query> lifted = parameterTypes.isEmpty() ? lifted(sql, context) : Optional.empty();
    return lifted.orElseGet(() -> prepare(key, context));
  }

  /** The query with parameters in the place of those of its literals that vary. */
  private Optional<Query> lifted(String sql, QueryContext context) {
    Optional<LiteralShape> shape = LiteralShape.of(sql);
    Set<Integer> varying = shape.map(variations::observe).orElse(Set.of());
    if (varying.isEmpty()) {
      return Optional.empty();
    }
    LiteralShape.Lifted lifted = shape.get().lift(varying);
    CacheKey key = new CacheKey(lifted.sql(), List.of(), context.database());
    PreparedQuery known = cache.get(key);
    if (known == null) {
      known = planned(key).orElse(null);
      if (known == null) {
        variations.refuse(shape.get());
        return Optional.empty();
      }
      cache.put(key, known);
    }
    return LiftedQuery.of(known, lifted.parameters()).map(Function.identity());
  }

  /** Empty where the query cannot be planned, or not surely to the same effect. */
  private Optional<PreparedQuery> planned(CacheKey key) {
    try {
      PreparedQuery made =
          pool.call(connection -> prepare(connection, key, value -> Optional.empty()));
      return Optional.of(made).filter(PreparedQuery::isDescribed).filter(LiftedQuery::accepts);
    } catch (SqlException e) {
      if (PLANNING_ERRORS.contains(e.sqlMessage().sqlState().substring(0, 2))) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private PreparedQuery prepare(CacheKey key, QueryContext context) {
    PreparedQuery made =
        pool.call(connection -> prepare(connection, key, value -> Optional.empty()));
    if (made.isDescribed()) {
      cache.put(key, made);
      return made;
    }
    // The engine cannot tell without values: parameters of no known type are texts, and the
    // context is written into the query, which therefore is not kept.
    CacheKey typed =
        new CacheKey(
            key.sql(),
            made.parameterTypes().stream().map(Optional::of).toList(),
            context.database());
    PreparedQuery described =
        pool.call(
            connection -> prepare(connection, typed, value -> PreparedQuery.known(value, context)));
    if (!described.isDescribed()) {
      throw SqlErrors.error("42P18", "could not determine data type of a parameter");
    }
    return described;
  }

  @Override
  public Iterator<List<Object>> run(
      Query query,
      List<Object> parameters,
      QueryContext context,
      CatalogSnapshot snapshot,
      Cancellation cancellation) {
    return switch (query) {
      case PreparedQuery prepared -> run(prepared, parameters, context, snapshot, cancellation);
      case LiftedQuery lifted when parameters.isEmpty() ->
          run(lifted.prepared(), lifted.values(), context, snapshot, cancellation);
      default -> throw new IllegalArgumentException("not a query of this catalog");
    };
  }

  private Iterator<List<Object>> run(
      PreparedQuery prepared,
      List<Object> parameters,
      QueryContext context,
      CatalogSnapshot snapshot,
      Cancellation cancellation) {
    List<Object> values = prepared.values(parameters, context, snapshot);
    Optional<List<List<Object>>> found =
        prepared.rewritten().lookup().flatMap(lookup -> points.read(lookup, values, snapshot));
    if (found.isPresent()) {
      return found.get().iterator();
    }
    if (prepared.readsClusters()) {
      snapshot.requireWhole();
    }
    SessionZone zone = SessionZone.of(context.variables());
    QueryRun run = new QueryRun(prepared, values, memory, pool::wake);
    cancellation.onStarted(run::cancel);
    if (prepared.rewritten().feeds().contains(Feed.HISTORY)) {
      history.readTo(snapshot, run::isCanceled);
    }
    return pool.call(
        connection -> {
          hosts.refresh(connection);
          tables.refresh(connection, snapshot, prepared.rewritten().feeds());
          connection.zone(zone);
          return run.on(connection);
        },
        run::isCanceled);
  }

  @Override
  public Iterator<List<Object>> runAsOf(
      Query query,
      List<Object> parameters,
      QueryContext context,
      PastInstant instant,
      CatalogSnapshot present,
      Cancellation cancellation) {
    Instant settled = Instant.now().minus(UNDER_WAY_AT_MOST);
    try (PastCatalog past = pasts.at(instant, present, settled, new Patience(cancellation))) {
      return past.catalog().run(query, parameters, context, past.snapshot(), cancellation);
    }
  }

  @Override
  public CatalogSnapshot asOf(
      PastInstant instant, CatalogSnapshot present, Cancellation cancellation) {
    Instant settled = Instant.now().minus(UNDER_WAY_AT_MOST);
    try (PastCatalog past = pasts.at(instant, present, settled, new Patience(cancellation))) {
      return past.snapshot();
    }
  }

  /**
   * Makes a catalog of the past tell of another instant.
   *
   * @param before the one that it tells of
   * @return false where it cannot: the history that it has read is longer than that of the other
   */
  boolean moveTo(Instant instant, Instant before) {
    if (instant.isBefore(before) && history.hasBegun()) {
      return false;
    }
    return pool.call(
        connection -> {
          connection.execute("CREATE OR REPLACE MACRO fn." + Macros.instant(Optional.of(instant)));
          return true;
        });
  }

  @Override
  public void close() {
    pasts.close();
    pool.close();
  }

  private PreparedQuery prepare(
      EngineConnection connection,
      CacheKey key,
      Function<Rewritten.ContextValue, Optional<String>> fixed)
      throws SQLException {
    Rewritten rewritten =
        new Rewriter(relations, key.database(), key.parameterTypes(), fixed)
            .rewrite(connection.text(PARSE, ExpansionTokens.prepare(key.sql())));
    String engineSql = connection.text(PRINT, rewritten.tree());
    PreparedStatement statement = connection.prepare(engineSql);
    return new PreparedQuery(
        ResultBound.bounded(engineSql, statement.getMetaData(), memory.oneBytes()),
        rewritten,
        parameterTypes(statement.getParameterMetaData(), rewritten, key.parameterTypes()),
        columns(statement.getMetaData(), rewritten.columns()));
  }

  private static List<SqlType> parameterTypes(
      ParameterMetaData engine, Rewritten rewritten, List<Optional<SqlType>> declared)
      throws SQLException {
    int count = rewritten.userParameters();
    if (engine.getParameterCount() != count + rewritten.context().size()) {
      throw SqlErrors.error("42P18", "could not determine data type of some parameter");
    }
    List<SqlType> types = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Optional<SqlType> given = i < declared.size() ? declared.get(i) : Optional.empty();
      SqlType inferred = TypeNames.ofEngine(engine.getParameterTypeName(i + 1));
      types.add(given.filter(type -> type != SqlType.UNKNOWN).orElse(inferred));
    }
    return types;
  }

  private static List<Column> columns(ResultSetMetaData engine, List<Rewritten.Output> traced)
      throws SQLException {
    boolean known = traced.size() == engine.getColumnCount();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < engine.getColumnCount(); i++) {
      SqlType ofEngine = TypeNames.ofEngine(engine.getColumnTypeName(i + 1));
      columns.add(
          new Column(
              engine.getColumnLabel(i + 1),
              known ? traced.get(i).type().orElse(ofEngine) : ofEngine));
    }
    return columns;
  }

  private record CacheKey(String sql, List<Optional<SqlType>> parameterTypes, String database) {}

  /** The queries used last. */
  private static final class Cache extends LinkedHashMap<CacheKey, PreparedQuery> {
    private static final long serialVersionUID = 1L;

    Cache() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<CacheKey, PreparedQuery> eldest) {
      return size() > CACHED_QUERIES;
    }
  }
}
