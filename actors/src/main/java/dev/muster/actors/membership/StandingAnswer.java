package dev.muster.actors.membership;

/**
 * You are a member. Who is none gets no answer.
 *
 * @param member who says so, with its incarnation
 * @param number of the question
 */
public record StandingAnswer(String member, long number) implements StandingMessage {}
