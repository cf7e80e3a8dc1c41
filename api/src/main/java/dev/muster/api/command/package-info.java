/**
 * The message API: sealed commands in the imperative, replies, and rejections that state a fact.
 *
 * <p>Commands carry no actor reference, no clock and no randomness: whoever carries them out wraps
 * them in an envelope of its own. Rejections and notices carry facts, not texts; {@code
 * dev.muster.api.error} holds the one text and SQLSTATE of each. Pure: no Pekko, no I/O.
 */
package dev.muster.api.command;
