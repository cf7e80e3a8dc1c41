/**
 * The embedded journal: one SQLite file in the data directory, Pekko's two plugins over it, for
 * events and snapshots, and a reader of the past.
 *
 * <p>{@link dev.muster.journal.sqlite.EmbeddedJournal#prepare} creates the file, or makes sure that
 * the one that is there is ours; {@link dev.muster.journal.sqlite.EmbeddedJournal#config} gives the
 * configuration that names the plugins (see {@code embedded-journal.conf}). Every commit is synced
 * to the disk before it is acknowledged, beside the next one ({@code LogSync}). {@link
 * dev.muster.journal.JournalErrors} says in one line what is wrong when something is.
 *
 * <p>It may touch JDBC, the file, and Pekko's plugin interfaces. It never looks into an event that
 * it stores: those are bytes with a manifest. Anyone can read the file with the {@code sqlite3}
 * shell. Why it is our own code: {@code journal/adr}.
 */
package dev.muster.journal.sqlite;
