package dev.muster.actors.runtime.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WorkloadTimesTest {
  private static final Instant BEGAN = Instant.ofEpochSecond(1_000_000);
  private static final Instant NOW = BEGAN.plusSeconds(3_600);
  private static final WorkloadTimes WATCHED = new WorkloadTimes(BEGAN, true);
  private static final WorkloadTimes ADOPTED = new WorkloadTimes(BEGAN, false);

  private static Instant after(long millis) {
    return BEGAN.plusMillis(millis);
  }

  private static Probe.Hydration said(Instant startedAt, Instant hydratedAt, Long elapsedMillis) {
    return new Probe.Hydration(
        1,
        1,
        1,
        1,
        true,
        Optional.empty(),
        Optional.ofNullable(startedAt),
        Optional.ofNullable(hydratedAt),
        Optional.ofNullable(elapsedMillis).map(Duration::ofMillis));
  }

  @Test
  void aWorkloadsOwnWordCountsHoweverLateItIsHeard() {
    Probe.Hydration said = said(after(150), after(1_150), 1_000L);
    for (WorkloadTimes times : new WorkloadTimes[] {WATCHED, ADOPTED}) {
      assertEquals(after(150), times.answeredAt(said, NOW));
      assertEquals(after(1_150), times.hydratedAt(said, NOW));
      assertEquals(Duration.ofMillis(1_150), times.took(said, NOW));
    }
  }

  @Test
  void theTimeAloneDoesToo() {
    assertEquals(Duration.ofMillis(1_150), ADOPTED.took(said(after(150), null, 1_000L), NOW));
    assertEquals(Duration.ofMillis(1_000), ADOPTED.took(said(null, null, 1_000L), NOW));
  }

  @Test
  void ofAWorkloadThatSaysNothingCountsWhatWasSeen() {
    Probe.Hydration mute = Probe.Hydration.UNKNOWN;
    assertEquals(NOW, WATCHED.answeredAt(mute, NOW));
    assertEquals(BEGAN, ADOPTED.answeredAt(mute, NOW));
    assertEquals(NOW, ADOPTED.hydratedAt(mute, NOW));
    assertEquals(Duration.ofHours(1), ADOPTED.took(mute, NOW));
  }

  @Test
  void whatCannotBeIsNotBelieved() {
    assertEquals(NOW, WATCHED.hydratedAt(said(null, NOW.plusMillis(1), null), NOW));
    assertEquals(NOW, WATCHED.hydratedAt(said(null, BEGAN.minusMillis(1), null), NOW));
    assertEquals(after(900), WATCHED.hydratedAt(said(null, BEGAN.minusMillis(1), 900L), NOW));
    assertEquals(NOW, WATCHED.answeredAt(said(BEGAN.minusMillis(1), null, null), NOW));
  }

  @Test
  void aClockThatWasSetBackMakesNoNegativeTime() {
    Instant earlier = BEGAN.minusSeconds(5);
    assertEquals(Duration.ofMillis(700), WATCHED.took(said(null, null, 700L), earlier));
    assertEquals(Duration.ZERO, WATCHED.took(Probe.Hydration.UNKNOWN, earlier));
    assertEquals(earlier, ADOPTED.answeredAt(Probe.Hydration.UNKNOWN, earlier));
  }
}
