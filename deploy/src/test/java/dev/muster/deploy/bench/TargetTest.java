package dev.muster.deploy.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class TargetTest {
  @Test
  void theBoundItselfKeepsThePromise() {
    assertEquals(
        "- throughput: 1.00 (target: at least 1.00): met",
        Target.atLeast("throughput", 1, "").verdict(1));
    assertEquals(
        "- idle: 5.00 % (target: at most 5.00 %): met", Target.atMost("idle", 5, " %").verdict(5));
  }

  @Test
  void whatIsMissedIsSaidAloud() {
    assertEquals(
        "- throughput: 0.900 (target: at least 1.00): MISSED",
        Target.atLeast("throughput", 1, "").verdict(0.9));
    assertEquals(
        "- latency: 1.60 (target: at most 1.50): MISSED",
        Target.atMost("latency", 1.5, "").verdict(1.6));
  }
}
