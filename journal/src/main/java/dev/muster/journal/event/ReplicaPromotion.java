package dev.muster.journal.event;

/** A replica's part in a cut-over: it goes on running, under the name that it was meant for. */
public record ReplicaPromotion(ReplicaId id, String oldName, String newName) {}
