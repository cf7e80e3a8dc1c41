/**
 * The hash chain over an entity's events: each event's hash is taken over what is stored of it and
 * over the hash of the event before it, so that nothing can be changed, removed, inserted or put in
 * another order without breaking it. Why it is so: {@code journal/adr/0005}.
 *
 * <p>{@link dev.muster.journal.chain.ChainHash} is pure. {@link
 * dev.muster.journal.chain.EntityChain} hangs the chain into Pekko's adapters of one entity; it may
 * touch those and the codec, never a journal.
 */
package dev.muster.journal.chain;
