package dev.muster.api.sql.tree;

/** What narrows a {@code SHOW}. */
public sealed interface ShowFilter {
  record Like(String pattern) implements ShowFilter {}

  /** A condition over the columns shown, in the words of the catalog's engine. */
  record Where(String condition) implements ShowFilter {}
}
