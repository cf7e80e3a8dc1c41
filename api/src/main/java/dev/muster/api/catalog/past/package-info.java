/**
 * The catalog as it was at an instant: the journal's events up to it, folded. What an instant asked
 * for before has in common with it is not folded again.
 *
 * <p>An event belongs to the past of an instant when its hybrid time's milliseconds are not later;
 * since every event carries one, all entities are seen at one instant. Reads through {@link
 * dev.muster.journal.read.JournalReader} and gives snapshots; never touches the engine, and never
 * the present.
 */
package dev.muster.api.catalog.past;
