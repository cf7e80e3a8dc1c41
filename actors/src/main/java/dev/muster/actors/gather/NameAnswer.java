package dev.muster.actors.gather;

import java.util.OptionalLong;

/**
 * How far the environment is that a node has published.
 *
 * @param node who answers, with its incarnation
 * @param number the question's
 * @param sequenceNumber of the environment's last event; empty where it lives elsewhere
 * @param certain whether nobody else can have a later one: it lives there, and the node's standing
 *     held after the question had come. Nodes of earlier versions never say so
 */
public record NameAnswer(String node, long number, OptionalLong sequenceNumber, boolean certain)
    implements GatherMessage {}
