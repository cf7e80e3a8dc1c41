package dev.muster.api.sql.tree;

/** A part of a query. */
public sealed interface QueryPiece {
  /** Text for the catalog's engine. */
  record Text(String text) implements QueryPiece {}

  /** A {@code SHOW} that stands where a subquery may, without its parentheses. */
  record Show(Statement show) implements QueryPiece {}
}
