package dev.muster.journal.verify;

/**
 * What a running Muster says of one of its entities.
 *
 * @param sequenceNumber of the last event in it
 * @param digest of the state, by {@link StateDigest}
 */
public record LiveState(long sequenceNumber, String digest) {}
