package dev.muster.journal.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.Optional;

/**
 * The options that are journaled and handed to the workload as they are.
 *
 * @param introspectionInterval how often the replica reports about itself; empty turns it off
 *     ({@code '0'})
 * @param introspectionDebugging whether it reports about its own reporting too
 * @param idleArrangementMergeEffort the effort of merging while idle; empty leaves it to the
 *     workload
 * @param disk whether it may spill to disk; empty leaves it to the size
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ReplicaSettings(
    Optional<Duration> introspectionInterval,
    boolean introspectionDebugging,
    Optional<Integer> idleArrangementMergeEffort,
    Optional<Boolean> disk) {

  public static final ReplicaSettings DEFAULT =
      new ReplicaSettings(
          Optional.of(Duration.ofSeconds(1)), false, Optional.empty(), Optional.empty());
}
