/**
 * The embedded engine behind {@link dev.muster.api.catalog.CatalogQueries}: DuckDB, in memory.
 *
 * <p>The base tables follow the snapshots incrementally: before a query runs, what its snapshot has
 * newer is deleted and inserted, in one transaction; the query then sees at least its snapshot.
 * Native calls would pin virtual threads to their carriers, so all of them are made by a small
 * fixed pool of platform threads, each with a connection of its own. Nothing outside this package
 * sees a connection or an error of the engine.
 */
package dev.muster.api.catalog.engine;
