/**
 * What a command would do, found by doing it to a copy of the state: the deciders and the kernel
 * that carry commands out are run on immutable states, and what they would journal is read off.
 * There is no second set of rules that could differ from the first.
 *
 * <p>A plan goes on until nothing more is to be done: as long as all goes well every new replica
 * hydrates, and the kernel runs as it would then; where a reconfiguration is under way another
 * course is followed, in which none hydrates until the deadline.
 *
 * <p>Clusters that one command concerns go through it step by step, each on the hosts as those
 * before it have left them. Where several look for places by themselves, as when a zone goes, it is
 * not settled who comes first: whatever may come of that is said ({@link
 * dev.muster.actors.explain.OpenZones}).
 *
 * <p>Pure: no Pekko, no I/O, no clock, no randomness.
 */
package dev.muster.actors.explain;
