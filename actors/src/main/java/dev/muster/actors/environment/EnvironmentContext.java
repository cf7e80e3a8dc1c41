package dev.muster.actors.environment;

import dev.muster.actors.cluster.ClusterRules;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Origin;

/**
 * What the environment's decision depends on besides its state and the command.
 *
 * @param by who asks
 * @param rules what holds for every cluster
 */
public record EnvironmentContext(HybridTime now, Origin by, ClusterRules rules) {}
