package dev.muster.journal.verify;

/** A snapshot as it is stored: of the state after the event of its number. */
public record RawSnapshot(
    String persistenceId, long sequenceNumber, int serializerId, String manifest, byte[] payload) {}
