package dev.muster.journal.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.muster.journal.event.HybridTime;
import java.util.Optional;

/**
 * An availability zone that was taken out of service.
 *
 * @param since when that was
 * @param reason what was said about it
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ZoneOutage(String zone, HybridTime since, Optional<String> reason) {}
