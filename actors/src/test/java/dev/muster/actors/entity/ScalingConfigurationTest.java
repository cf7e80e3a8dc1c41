package dev.muster.actors.entity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.muster.actors.reconcile.LoadSettings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ScalingConfigurationTest {
  private static LoadSettings load(String settings) {
    Config config = ConfigFactory.parseString(settings).withFallback(ConfigFactory.load());
    return ScalingConfiguration.of(config.getConfig("muster")).load();
  }

  private static String refusal(String settings) {
    return assertThrows(IllegalArgumentException.class, () -> load(settings)).getMessage();
  }

  @Test
  void whatIsShippedIsObservedOftenEnough() {
    assertEquals(LoadSettings.DEFAULT, load("muster.runtime.name = process"));
    assertEquals(LoadSettings.DEFAULT, load("muster.runtime.name = kubernetes"));
  }

  @Test
  void windowsThatHoldTooFewObservationsAreRefusedInOneLine() {
    assertEquals(
        "muster.clusters.load.grow-window is 6000 ms; it must hold 3 observations, and"
            + " muster.runtime.process.observation-interval is 2001 ms: at least 6003 ms",
        refusal(
            """
            muster.runtime { name = process, process.observation-interval = 2001 ms }
            muster.clusters.load.grow-window = 6 s
            """));
    assertEquals(
        "muster.clusters.load.shrink-window is 44000 ms; it must hold 3 observations, and"
            + " muster.runtime.kubernetes.metrics-interval is 15000 ms: at least 45000 ms",
        refusal(
            """
            muster.runtime.name = kubernetes
            muster.clusters.load.shrink-window = 44 s
            """));
  }

  @Test
  void windowsOfThreeObservationsAreEnoughHoweverRarelyItIsAskedWhetherReplicasLive() {
    assertEquals(
        Duration.ofSeconds(6),
        load("""
        muster.runtime.name = process
        muster.runtime.process { observation-interval = 2 s, liveness-interval = 1 hour }
        muster.clusters.load.grow-window = 6 s
        """)
            .growWindow());
  }

  @Test
  void whoHasNoFiguresOfReplicasHasNoIntervalToHold() {
    assertEquals(
        Duration.ofSeconds(1),
        load("muster { runtime.name = simulated, clusters.load.grow-window = 1 s }").growWindow());
  }
}
