package dev.muster.actors.runtime.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final @SuppressWarnings("ConstantOverflow") // as System.nanoTime does
class CadenceTest {
  private static final long INTERVAL_NANOS = 100;

  /** {@link System#nanoTime} may be anything, and overflow. */
  private static final long BEGAN_NANOS = Long.MAX_VALUE - 50;

  private static Cadence cadence() {
    return new Cadence(Duration.ofNanos(INTERVAL_NANOS), BEGAN_NANOS);
  }

  @Test
  void isDueOneIntervalAfterItWasDoneLast() {
    assertFalse(cadence().isDue(BEGAN_NANOS + INTERVAL_NANOS - 1));
    assertTrue(cadence().isDue(BEGAN_NANOS + INTERVAL_NANOS));
    Cadence later = cadence().done(BEGAN_NANOS + 130);
    assertFalse(later.isDue(BEGAN_NANOS + 229));
    assertTrue(later.isDue(BEGAN_NANOS + 230));
  }

  @Test
  void whatIsLateIsLeftNoTime() {
    assertEquals(Duration.ofNanos(30), cadence().left(BEGAN_NANOS + 70));
    assertEquals(Duration.ZERO, cadence().left(BEGAN_NANOS + 170));
  }
}
