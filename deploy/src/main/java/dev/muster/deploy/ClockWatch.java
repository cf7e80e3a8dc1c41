package dev.muster.deploy;

import dev.muster.journal.time.HybridClock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says when this machine's clock has jumped back behind what is journaled. */
final class ClockWatch {
  /** Clocks that are kept by a time server are corrected by less. */
  private static final Duration NOTICED = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);

  private ClockWatch() {}

  static void sayIfBack(HybridClock clock) {
    line(clock.aheadOfWall()).ifPresent(LOG::warn);
  }

  /** What to say of a clock that is so far behind the journal. */
  static Optional<String> line(Duration behind) {
    return behind.compareTo(NOTICED) < 0
        ? Optional.empty()
        : Optional.of(
            ("this machine's clock jumped back: the journal's last event is %s seconds ahead of it."
                    + " Until the clock has caught up, events are given times just after that one:"
                    + " their order is kept, their distances are not. Check the clock")
                .formatted(behind.toMillis() / 1000.0));
  }
}
