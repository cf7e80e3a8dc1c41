package dev.muster.actors.membership;

/** What the keeper of a node's standing receives. */
public interface StandingMessage {}
