package dev.muster.journal.event;

import com.fasterxml.jackson.annotation.JsonValue;

/** Why a hydration burst is over. */
public enum BurstEnd {
  /** A steady replica has served for the linger duration. */
  CAUGHT_UP("caught-up"),
  /** The cluster was turned off. */
  TURNED_OFF("turned-off"),
  /** The strategy was changed or removed. */
  STRATEGY_CHANGED("strategy-changed"),
  /** The cluster's own size has become that of the burst. */
  SIZE_REACHED("size-reached"),
  /** The cluster became an unmanaged one. */
  RELEASED("released");

  private final String text;

  BurstEnd(String text) {
    this.text = text;
  }

  @JsonValue
  public String text() {
    return text;
  }
}
