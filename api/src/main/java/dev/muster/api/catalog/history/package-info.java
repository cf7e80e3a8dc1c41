/**
 * The relations that tell of the past, derived from the journal alone.
 *
 * <p>Filled on demand and incrementally: for each entity it is known how far its journal has been
 * read, and before a query runs only what its snapshot has newer is read. Every number up to the
 * environment's last was a cluster once, so dropped clusters are found without an index. This
 * package reads through {@link dev.muster.journal.read.JournalReader} and gives rows; it never
 * touches the engine.
 */
package dev.muster.api.catalog.history;
