/**
 * The embedded engine behind {@link dev.muster.api.catalog.CatalogQueries}: DuckDB, in memory.
 *
 * <p>The base tables follow the snapshots incrementally: before a query runs, what its snapshot has
 * newer is deleted and inserted, in one transaction; the query then sees at least its snapshot.
 * Native calls would pin virtual threads to their carriers, so all of them are made by a small
 * fixed pool of platform threads, each with a connection of its own. Nothing outside this package
 * sees a connection or an error of the engine.
 *
 * <p>How a query gets its rows, from the cheapest way to the dearest:
 *
 * <ol>
 *   <li>A lookup of a cluster or its replicas by key, of plain columns, is read from the snapshot,
 *       past the engine ({@code PointReader}).
 *   <li>A query that was asked before, if only with other literals, is planned already ({@code
 *       Variations}); the base tables are brought up to the snapshot at the cost of what has
 *       changed ({@code Differences}).
 *   <li>Whatever else is SQL is parsed, rewritten and planned.
 * </ol>
 *
 * All three give the same rows; that is tested by properties. What a result may take is bounded by
 * the query itself ({@code ResultBound}), and what all take together by {@code ResultMemory}.
 */
package dev.muster.api.catalog.engine;
