package dev.muster.actors.runtime.process;

import java.time.Instant;
import java.util.Optional;

/**
 * How a replica's process ended.
 *
 * @param code as shells tell it: 128 and the number for a signal; empty where nobody was told
 * @param at when, or when its absence was noticed
 */
record ReplicaEnd(Optional<Integer> code, Instant at) {}
