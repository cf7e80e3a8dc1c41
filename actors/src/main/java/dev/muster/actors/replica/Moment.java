package dev.muster.actors.replica;

import java.time.Instant;

/**
 * When something happened to a replica, and when that is heard of.
 *
 * @param at not after {@code now}
 */
record Moment(Instant at, Instant now) {}
