package dev.muster.actors.gather;

import java.util.OptionalLong;

/**
 * How far the environment is that a node has published.
 *
 * @param node who answers, with its incarnation
 * @param number the question's
 * @param sequenceNumber of the environment's last event; empty where it lives elsewhere
 */
public record NameAnswer(String node, long number, OptionalLong sequenceNumber)
    implements GatherMessage {}
