package dev.muster.api.catalog.relation;

import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.SizeRange;
import dev.muster.journal.state.Burst;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.ScalingDecision;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The columns of a cluster's row that tell how Muster scales it by itself. */
final class ScalingRows {
  private ScalingRows() {}

  static List<Object> columns(ClusterState.Live state) {
    Optional<SizeRange> range = state.managed().flatMap(Managed::sizeRange);
    Optional<ScalingDecision> latest = state.latestScaling();
    return Arrays.asList(
        range.map(SizeRange::minSize).orElse(null),
        range.map(SizeRange::maxSize).orElse(null),
        state.burst().map(ScalingRows::json).orElse(null),
        latest.map(decision -> decision.at().instant()).orElse(null),
        latest.map(ScalingDecision::fromSize).orElse(null),
        latest.map(ScalingDecision::toSize).orElse(null),
        latest.map(decision -> decision.cause().text()).orElse(null));
  }

  private static String json(Burst burst) {
    return "{\"on_hydration\":{\"burst_size\":%s,\"started_at\":\"%s\",\"lingers_until\":%s}}"
        .formatted(
            ReconfigurationRows.text(burst.size()),
            burst.startedAt().instant(),
            burst
                .lingersUntil()
                .map(Instant::toString)
                .map(ReconfigurationRows::text)
                .orElse("null"));
  }
}
