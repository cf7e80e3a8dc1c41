package dev.muster.actors.gather;

/** What the gatherer of a node receives. */
public interface GatherMessage {}
