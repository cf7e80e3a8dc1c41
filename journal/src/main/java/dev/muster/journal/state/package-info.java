/**
 * What the events fold into: {@link dev.muster.journal.state.ClusterState} and {@link
 * dev.muster.journal.state.EnvironmentState}, immutable, made anew only by {@code evolve}.
 *
 * <p>Live state equals the replay of its events, always (invariant 3). An event that cannot happen
 * in a state throws: a journal that says so is damaged, and guessing would hide it. Pure: no Pekko,
 * no I/O, no clock.
 */
package dev.muster.journal.state;
