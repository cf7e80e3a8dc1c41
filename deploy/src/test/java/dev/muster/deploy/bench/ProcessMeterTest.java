package dev.muster.deploy.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class ProcessMeterTest {
  private static final String STAT =
      "4711 (postgres: a) b) S 1 4711 4711 0 -1 4194560 5000 6000 0 0 21 34 55 89 20 0 1 0 100 200"
          + " 300";

  @Test
  void ownTimeAndThatOfEndedChildrenCount() {
    assertEquals(21 + 34 + 55 + 89, ProcessMeter.ticks(STAT));
  }

  @Test
  void residentMemoryIsGivenInBytes() {
    assertEquals(
        2048 * 1024,
        ProcessMeter.residentBytes("Name:\tjava\nVmRSS:\t    2048 kB\nThreads:\t12\n"));
  }

  @Test
  void aRunningProcessHasMemoryAndThreads() {
    ProcessMeter meter = new ProcessMeter(ProcessHandle.current());

    assertTrue(meter.residentBytes() > 0);
    assertTrue(meter.threads() > 0);
    assertTrue(meter.cpu().isPositive());
  }
}
