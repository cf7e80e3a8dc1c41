package dev.muster.journal.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/**
 * Why a replica stopped serving.
 *
 * @param detail what is known beyond the kind: the exit code, the signal, the last line that it
 *     printed
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ReplicaFailure(Kind kind, Optional<String> detail) {
  /** The texts are those that {@code mz_cluster_replica_statuses.reason} shows. */
  public enum Kind {
    EXITED("exited"),
    SIGNALED("signaled"),
    OOM_KILLED("oom-killed"),
    FAILED_TO_START("failed-to-start"),
    UNRESPONSIVE("unresponsive"),
    /** It ended, and nobody was there to be told how. */
    UNKNOWN("unknown"),
    HOST_LOST("host-lost");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    @JsonValue
    public String text() {
      return text;
    }
  }
}
