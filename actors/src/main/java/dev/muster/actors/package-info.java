/**
 * How Muster acts: one pure decider per entity, the pure reconcile kernel, placement as a pure
 * function, and the behaviours that do nothing but decide, persist, carry out effects and reply.
 *
 * <p>A line belongs in this module when it is a decision or an effect.
 */
package dev.muster.actors;
