/**
 * What can be selected from: the relations of the catalog, each with its columns and the query that
 * makes it of the base tables, and the base tables with the rows that a snapshot gives them.
 *
 * <p>Relations are data: a schema, a name, typed columns, and a query over {@code base.*} and other
 * relations in the engine's own dialect. Adding one needs no other change; the checklist is in the
 * module's README. This package knows states and values; it never opens a connection.
 */
package dev.muster.api.catalog.relation;
