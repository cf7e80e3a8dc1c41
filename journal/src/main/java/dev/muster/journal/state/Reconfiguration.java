package dev.muster.journal.state;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.muster.journal.event.ClusterEvent.ReconfigurationStarted;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.OnTimeout;
import dev.muster.journal.event.ReconfigurationTarget;
import java.time.Instant;

/**
 * The latest reconfiguration of a cluster: under way, or how it ended, which is kept until the next
 * one so that whoever waited for it can be told.
 *
 * @param startedAt when it was started: tells reconfigurations of one cluster apart
 * @param startedBy the role that asked for it, or that changed its target last
 * @param from the configuration that was realized when it started
 * @param since when it came to its status
 */
public record Reconfiguration(
    HybridTime startedAt,
    String startedBy,
    ReconfigurationTarget from,
    ReconfigurationTarget target,
    Instant deadline,
    OnTimeout onTimeout,
    Status status,
    HybridTime since) {

  /** The texts are those that {@code mz_cluster_reconfigurations.status} shows. */
  public enum Status {
    IN_PROGRESS("in-progress"),
    /** Cut over to with all of its replicas hydrated. */
    FINISHED("finished"),
    /** Cut over to before that. */
    FORCED("forced"),
    TIMED_OUT("timed-out"),
    CANCELLED("cancelled");

    private final String text;

    Status(String text) {
      this.text = text;
    }

    @JsonValue
    public String text() {
      return text;
    }
  }

  @JsonIgnore
  public boolean isInProgress() {
    return status == Status.IN_PROGRESS;
  }

  static Reconfiguration started(HybridTime at, ReconfigurationStarted event) {
    return new Reconfiguration(
        at,
        event.startedBy(),
        event.from(),
        event.target(),
        event.deadline(),
        event.onTimeout(),
        Status.IN_PROGRESS,
        at);
  }

  Reconfiguration retargeted(
      ReconfigurationTarget newTarget, Instant newDeadline, OnTimeout newAction, String by) {
    return new Reconfiguration(
        startedAt, by, from, newTarget, newDeadline, newAction, status, since);
  }

  Reconfiguration ended(HybridTime at, Status how) {
    return new Reconfiguration(startedAt, startedBy, from, target, deadline, onTimeout, how, at);
  }
}
