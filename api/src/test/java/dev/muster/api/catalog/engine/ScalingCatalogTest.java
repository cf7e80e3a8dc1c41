package dev.muster.api.catalog.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.typesafe.config.ConfigFactory;
import dev.muster.api.catalog.CatalogFixture;
import dev.muster.journal.event.AutoScalingStrategy;
import dev.muster.journal.event.BurstEnd;
import dev.muster.journal.event.ClusterEvent.AutoScalingChanged;
import dev.muster.journal.event.ClusterEvent.BurstCaughtUp;
import dev.muster.journal.event.ClusterEvent.BurstEnded;
import dev.muster.journal.event.ClusterEvent.BurstStarted;
import dev.muster.journal.event.ClusterEvent.ScalingDecided;
import dev.muster.journal.event.ClusterEvent.SizeRangeChanged;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.LoadFigures;
import dev.muster.journal.event.ScalingCause;
import dev.muster.journal.event.SizeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the catalog shows of clusters that Muster scales by itself. */
class ScalingCatalogTest {
  private final CatalogFixture fixture = new CatalogFixture();
  private final DuckDbCatalog catalog =
      new DuckDbCatalog(
          CatalogFixture.SIZES, fixture.journal(), EngineLimits.load(ConfigFactory.load()));
  private final Asking ask = new Asking(catalog);
  private final ClusterId id = fixture.managed("prod", "small", 1);

  @AfterEach
  void close() {
    catalog.close();
  }

  private List<List<Object>> rows(String sql) {
    return ask.rows(fixture.snapshot(), sql);
  }

  @Test
  void aBurstIsShownBesideItsStrategyAsLongAsItLasts() {
    String sql =
        "SELECT strategy->'on_hydration'->>'hydration_size',"
            + " state->'on_hydration'->>'burst_size', state->'on_hydration'->>'lingers_until'"
            + " FROM mz_internal.mz_cluster_auto_scaling_strategies";
    Optional<AutoScalingStrategy> strategy =
        Optional.of(new AutoScalingStrategy("medium", Optional.of(Duration.ofSeconds(5))));
    fixture.cluster(id, new AutoScalingChanged(Optional.empty(), strategy));
    assertEquals(List.of(Arrays.asList("medium", null, null)), rows(sql));
    fixture.cluster(id, new BurstStarted("medium"));
    assertEquals(List.of(Arrays.asList("medium", "medium", null)), rows(sql));
    fixture.cluster(id, new BurstCaughtUp(Instant.parse("2026-01-02T00:00:00Z")));
    fixture.cluster(id, new AutoScalingChanged(strategy, Optional.empty()));
    assertEquals(List.of(Arrays.asList(null, "medium", "2026-01-02T00:00:00Z")), rows(sql));
    fixture.cluster(id, new BurstEnded(BurstEnd.STRATEGY_CHANGED));
    assertEquals(List.of(), rows(sql));
  }

  @Test
  void aRangeIsShownWithTheSizeAndTheLatestDecision() {
    String sql =
        "SELECT min_size, max_size, size, from_size, to_size, reason"
            + " FROM mz_internal.mz_cluster_load_scaling";
    assertEquals(List.of(), rows(sql));
    decide();
    assertEquals(
        List.of(Arrays.asList("small", "xlarge", "small", "small", "medium", "cpu-high")),
        rows(sql));
  }

  private void decide() {
    fixture.cluster(
        id, new SizeRangeChanged(Optional.empty(), Optional.of(new SizeRange("small", "xlarge"))));
    fixture.cluster(
        id,
        new ScalingDecided(
            "small",
            "medium",
            ScalingCause.CPU_HIGH,
            new LoadFigures(Duration.ofMinutes(2), 1, 97, 41)));
  }

  @Test
  void everyDecisionStaysInTheHistoryWithItsReasonAndItsFigures() {
    fixture.cluster(id, new BurstStarted("medium"));
    fixture.cluster(id, new BurstEnded(BurstEnd.CAUGHT_UP));
    decide();
    assertEquals(
        List.of(
            Arrays.asList("hydration", "burst-started", null, "medium", "hydrating", null, null),
            Arrays.asList("hydration", "burst-ended", null, "medium", "caught-up", null, null),
            Arrays.asList("load", "resize", "small", "medium", "cpu-high", 97L, 41L)),
        rows(
            "SELECT strategy, decision, from_size, to_size, reason, cpu_percent, memory_percent"
                + " FROM mz_internal.mz_cluster_scaling_decisions ORDER BY decided_at"));
    assertEquals(
        List.of(Arrays.asList("prod", "00:02:00", 1L)),
        rows(
            "SELECT cluster_name, measured_over::text, replicas"
                + " FROM mz_internal.mz_cluster_scaling_decisions WHERE strategy = 'load'"));
  }
}
