/** The clock that stamps events. Kept apart from the pure packages, which are handed their time. */
package dev.muster.journal.time;
