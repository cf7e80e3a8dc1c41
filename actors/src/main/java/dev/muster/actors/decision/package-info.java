/** What a decider answers: accepted with events, or rejected. Pure. */
package dev.muster.actors.decision;
