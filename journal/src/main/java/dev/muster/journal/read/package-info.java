/**
 * Reading the past: the events of one entity, in the order of their numbers. No tags, no polling;
 * whoever wants what is newer asks from the number that it has read to.
 */
package dev.muster.journal.read;
