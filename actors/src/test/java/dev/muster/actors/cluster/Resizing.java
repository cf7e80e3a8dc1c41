package dev.muster.actors.cluster;

import static dev.muster.actors.cluster.ClusterScenario.given;
import static dev.muster.actors.testing.Commands.alter;
import static dev.muster.actors.testing.Commands.managed;

import dev.muster.api.command.WaitPolicy;
import dev.muster.journal.event.OnTimeout;
import java.time.Duration;
import java.time.Instant;

/** Where the tests of graceful reconfigurations begin. */
final class Resizing {
  /** Statements run at 2 ms, see the scenario. */
  static final Instant DAY_LATER = Instant.ofEpochMilli(2).plus(Duration.ofDays(1));

  private Resizing() {}

  static ClusterScenario serving() {
    return given(managed("small", 2)).hydrated("r1", "r2");
  }

  static ClusterScenario resizing() {
    return serving().and(alter().size("medium").build());
  }

  static WaitPolicy within(long millis, OnTimeout action) {
    return new WaitPolicy.UntilReady(Duration.ofMillis(millis), action);
  }
}
