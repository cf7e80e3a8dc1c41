package dev.muster.actors.entity;

/**
 * How far the environment's journal was when it was asked, said by a node that nobody can have
 * taken the environment over from: every change that was acknowledged before is no later.
 *
 * @param number the question's
 * @param sequenceNumber of its last event
 */
public record EnvironmentPosition(long number, long sequenceNumber) {}
