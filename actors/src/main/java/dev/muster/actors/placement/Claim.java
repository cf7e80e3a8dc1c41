package dev.muster.actors.placement;

import dev.muster.journal.event.ReplicaId;

/** A replica's place on a host. */
public record Claim(ReplicaId replica, String host, Resources demand) {}
