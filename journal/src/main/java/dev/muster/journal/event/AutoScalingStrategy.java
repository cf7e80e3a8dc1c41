package dev.muster.journal.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.Optional;

/**
 * The {@code AUTO SCALING STRATEGY (ON HYDRATION (...))} option: a larger replica while the steady
 * ones hydrate.
 *
 * @param hydrationSize the larger size
 * @param lingerDuration how long it stays once a steady replica has hydrated
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record AutoScalingStrategy(String hydrationSize, Optional<Duration> lingerDuration) {}
