/**
 * The embedded journal: one SQLite file in the data directory, written through {@code
 * pekko-persistence-jdbc}.
 *
 * <p>{@link dev.muster.journal.sqlite.EmbeddedJournal#prepare} creates the file, or makes sure that
 * the one that is there is ours; {@link dev.muster.journal.sqlite.EmbeddedJournal#config} gives the
 * configuration that makes the plugin use it (see {@code embedded-journal.conf}). Every commit is
 * synced to the disk before it is acknowledged. {@link dev.muster.journal.sqlite.JournalErrors}
 * says in one line what is wrong when something is.
 *
 * <p>No storage code of ours: only the tables and the settings. Anyone can read the file with the
 * {@code sqlite3} shell.
 */
package dev.muster.journal.sqlite;
