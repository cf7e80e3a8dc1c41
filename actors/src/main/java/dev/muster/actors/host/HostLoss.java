package dev.muster.actors.host;

import java.time.Instant;
import java.util.Optional;

/**
 * A zone has no host, and is not about to have one: it is out of service, or not configured.
 *
 * @param since where that is known
 */
public record HostLoss(Optional<Instant> since) {}
