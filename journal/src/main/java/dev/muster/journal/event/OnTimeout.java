package dev.muster.journal.event;

import com.fasterxml.jackson.annotation.JsonValue;

/** What becomes of a reconfiguration whose deadline has passed: {@code ON TIMEOUT}. */
public enum OnTimeout {
  /** It is cut over to, hydrated or not. */
  COMMIT("commit"),
  /** It is given up, and the cluster stays as it was. */
  ROLLBACK("rollback");

  private final String text;

  OnTimeout(String text) {
    this.text = text;
  }

  @JsonValue
  public String text() {
    return text;
  }
}
