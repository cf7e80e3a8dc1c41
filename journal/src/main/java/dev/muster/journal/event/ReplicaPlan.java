package dev.muster.journal.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Optional;

/**
 * A replica of an unmanaged cluster as its user asked for it.
 *
 * @param availabilityZone the zone asked for; empty leaves the choice to the placement
 * @param internal whether only the system may use it
 * @param billedAs the size that it is charged as, where that differs
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ReplicaPlan(
    String name,
    String size,
    Optional<String> availabilityZone,
    ReplicaSettings settings,
    boolean internal,
    Optional<String> billedAs) {}
