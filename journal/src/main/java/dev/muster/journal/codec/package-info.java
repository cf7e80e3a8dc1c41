/**
 * The wire format: what an event and a snapshot look like on disk, for ever.
 *
 * <p>JSON, so that the journal reads well in the {@code sqlite3} shell. Beside the bytes stands a
 * manifest such as {@code cluster.size-changed:1}: a type id and a version, never the name of a
 * Java class. The ids stand in three tables: {@link dev.muster.journal.codec.ClusterEventTypes},
 * {@link dev.muster.journal.codec.EnvironmentEventTypes} and {@link
 * dev.muster.journal.codec.SnapshotTypes}. An older version is brought up to date, one version at a
 * time, by the upcasters of its type; a newer one is refused with {@link
 * dev.muster.journal.codec.NewerFormatException}, and bytes that make no sense with {@link
 * dev.muster.journal.codec.DamagedRecordException}. Reading is strict: an unknown field, a missing
 * one, a wrong type all count as damage, since guessing would hide it.
 *
 * <p>Only {@link dev.muster.journal.codec.JournalSerializer} knows Pekko. No I/O, no clock.
 */
package dev.muster.journal.codec;
