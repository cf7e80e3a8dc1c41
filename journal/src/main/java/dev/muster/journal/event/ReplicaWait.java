package dev.muster.journal.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

/**
 * Why a replica that was decided on has no place yet.
 *
 * @param detail what is known beyond the kind: what is asked for, and what there is
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ReplicaWait(Kind kind, Optional<String> detail) {
  /** The texts are those that {@code mz_cluster_replica_statuses.reason} shows. */
  public enum Kind {
    /** No host in the zones that it may be in has room for it. */
    NO_CAPACITY("no-capacity"),
    /** Of the zones that it may be in, none is in service. */
    ZONE_LOST("zone-lost");

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
