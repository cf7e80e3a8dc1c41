package dev.muster.api;

import java.util.Optional;

/** The catalog cannot be read as a whole now: better an error than the past. */
public final class CatalogIncompleteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String damage;

  public CatalogIncompleteException(String message) {
    this(message, null);
  }

  private CatalogIncompleteException(String message, String damage) {
    super(message);
    this.damage = damage;
  }

  /**
   * It will not get better by waiting: what is missing cannot be read.
   *
   * @param damage what is missing, and why, in one line
   */
  public static CatalogIncompleteException damaged(String message, String damage) {
    return new CatalogIncompleteException(message, damage);
  }

  /** What cannot be read, and why; empty where trying again may help. */
  public Optional<String> damage() {
    return Optional.ofNullable(damage);
  }
}
