package dev.muster.journal.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Duration;
import java.util.Optional;

/** When a managed cluster is on: the {@code SCHEDULE} option. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Schedule.Manual.class, name = "manual"),
  @JsonSubTypes.Type(value = Schedule.OnRefresh.class, name = "on-refresh")
})
public sealed interface Schedule {
  /** Whenever its replication factor says so. */
  record Manual() implements Schedule {}

  /**
   * Around the refreshes of what it maintains, started ahead by the estimate of the hydration's
   * time.
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record OnRefresh(Optional<Duration> hydrationTimeEstimate) implements Schedule {}
}
