package dev.muster.journal.verify;

/**
 * Somebody who knows what the chain was at an event.
 *
 * @param who for people
 */
record Witness(String who, long sequenceNumber, String hash) {}
