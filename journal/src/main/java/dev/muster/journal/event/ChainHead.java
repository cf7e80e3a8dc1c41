package dev.muster.journal.event;

/**
 * How far the hash chain of a cluster's events had come.
 *
 * @param sequenceNumber of its last event then
 * @param hash that event's
 */
public record ChainHead(ClusterId cluster, long sequenceNumber, String hash) {}
