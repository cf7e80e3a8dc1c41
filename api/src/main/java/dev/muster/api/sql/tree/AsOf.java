package dev.muster.api.sql.tree;

/**
 * The clause {@code AS OF [AT LEAST] expression} at the end of a query: the instant at which the
 * catalog is asked.
 *
 * @param atLeast an instant before the first one that is known stands for that one
 * @param expression in the engine's hands: milliseconds since the epoch, or a time
 * @param offset where the expression begins in the statement's message, in characters from 0
 */
public record AsOf(boolean atLeast, String expression, int offset) {}
