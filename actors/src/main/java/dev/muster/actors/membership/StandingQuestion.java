package dev.muster.actors.membership;

import org.apache.pekko.actor.typed.ActorRef;

/**
 * Am I a member, as far as you know?
 *
 * @param asker with its incarnation
 * @param number comes back with the answer
 */
public record StandingQuestion(String asker, long number, ActorRef<StandingMessage> replyTo)
    implements StandingMessage {}
