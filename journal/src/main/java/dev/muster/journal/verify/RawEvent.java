package dev.muster.journal.verify;

/**
 * An event as it is stored.
 *
 * @param hash of the chain; empty where it was written without
 */
public record RawEvent(
    String persistenceId,
    long sequenceNumber,
    String hash,
    int serializerId,
    String manifest,
    byte[] payload) {}
