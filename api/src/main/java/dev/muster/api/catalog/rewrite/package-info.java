/**
 * From PostgreSQL's dialect to the engine's: names are resolved, functions and types renamed, what
 * is not a query or reaches outside the catalog is refused, and the types that clients shall be
 * told are traced from the relations to the result.
 *
 * <p>It works on the engine's own parse tree (JSON), never on text, and so accepts what the engine
 * accepts and nothing that it would read differently. Everything is allowed by name: relations that
 * are in the catalog, kinds of nodes that are known here, functions that are listed. It opens no
 * connection; the engine's parser is handed in.
 */
package dev.muster.api.catalog.rewrite;
