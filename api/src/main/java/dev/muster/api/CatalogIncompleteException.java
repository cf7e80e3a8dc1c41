package dev.muster.api;

/** The catalog cannot be read as a whole now: better an error than the past. */
public final class CatalogIncompleteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CatalogIncompleteException(String message) {
    super(message);
  }
}
