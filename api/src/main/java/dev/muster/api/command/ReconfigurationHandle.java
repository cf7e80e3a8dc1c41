package dev.muster.api.command;

import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.ReconfigurationTarget;

/**
 * What a statement waits for: that a reconfiguration comes to its target.
 *
 * @param startedAt tells which of the cluster's reconfigurations
 * @param target the target as the statement left it; should it be changed, the statement waits in
 *     vain
 */
public record ReconfigurationHandle(HybridTime startedAt, ReconfigurationTarget target) {}
