package dev.muster.actors.gather;

import org.apache.pekko.actor.typed.ActorRef;

/**
 * How far is the environment, if you have it?
 *
 * @param asker the node that asks, with its incarnation
 * @param number comes back with the answer
 */
public record NameQuestion(String asker, long number, ActorRef<NameAnswer> replyTo)
    implements GatherMessage {}
