package dev.muster.api.catalog;

import dev.muster.journal.state.ReplicaProgress;

/** What a replica is about, in the words of the catalog, of the metrics and of a replay. */
public enum ReplicaState {
  PLACING("placing"),
  /** For a place. */
  WAITING("waiting"),
  PROVISIONING("provisioning"),
  HYDRATING("hydrating"),
  ONLINE("online"),
  BACKING_OFF("backing-off"),
  CRASH_LOOPING("crash-looping"),
  STOPPING("stopping");

  private final String text;

  ReplicaState(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  public static ReplicaState of(ReplicaProgress progress) {
    return switch (progress) {
      case ReplicaProgress.Pending pending -> pending.waiting().isPresent() ? WAITING : PLACING;
      case ReplicaProgress.Hydrating ignored -> HYDRATING;
      case ReplicaProgress.Online ignored -> ONLINE;
      case ReplicaProgress.Failed failed -> ofFailed(failed.consecutiveFailures());
    };
  }

  /**
   * What follows a failure.
   *
   * @param failures in a row
   */
  public static ReplicaState ofFailed(int failures) {
    return failures >= ReplicaProgress.CRASH_LOOP_FAILURES ? CRASH_LOOPING : BACKING_OFF;
  }
}
