package dev.muster.journal.event;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Why a replica was added or dropped; the texts are those of the reference system's audit log, and
 * more.
 */
public enum Reason {
  MANUAL("manual"),
  SCHEDULE("schedule"),
  SYSTEM("system"),
  RECONFIGURATION("reconfiguration"),
  HYDRATION_BURST("hydration-burst"),
  LOAD("load"),
  ZONE_REPAIR("zone-repair"),
  RETIRED("retired");

  private final String text;

  Reason(String text) {
    this.text = text;
  }

  @JsonValue
  public String text() {
    return text;
  }
}
