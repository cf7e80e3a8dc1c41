package dev.muster.actors.membership;

import java.util.Set;

/**
 * You are a member. Who is none gets no answer.
 *
 * @param member who says so, with its incarnation
 * @param number of the question
 * @param crashed members whose processes refuse its connections ({@link Crashes}); an earlier
 *     version says nothing
 */
public record StandingAnswer(String member, long number, Set<String> crashed)
    implements StandingMessage {
  public StandingAnswer {
    crashed = crashed == null ? Set.of() : Set.copyOf(crashed);
  }
}
