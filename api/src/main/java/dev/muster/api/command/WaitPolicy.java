package dev.muster.api.command;

import dev.muster.journal.event.OnTimeout;
import java.time.Duration;

/**
 * How an {@code ALTER CLUSTER} changes what is serving: its {@code WITH (WAIT ...)} clause. It is
 * of account only where replicas are replaced.
 */
public sealed interface WaitPolicy {
  /** A deadline lies no further away: nobody waits for longer, and times stay within bounds. */
  Duration LONGEST = Duration.ofDays(3650);

  /** Whether the statement asks to wait. */
  default boolean waits() {
    return switch (this) {
      case Unspecified ignored -> false;
      case For wait -> !wait.duration().isZero();
      case UntilReady ignored -> true;
    };
  }

  /** No clause was given: graceful, with the deadline of the configuration. */
  record Unspecified() implements WaitPolicy {}

  /**
   * {@code WAIT FOR '..'}: graceful for so long, and then cut over to, hydrated or not. Zero is the
   * immediate form, which drops all and recreates.
   */
  record For(Duration duration) implements WaitPolicy {
    /**
     * @throws IllegalArgumentException where it is longer than {@link #LONGEST}
     */
    public For {
      requireBounded(duration);
    }
  }

  /** {@code WAIT UNTIL READY (TIMEOUT = '..', ON TIMEOUT = '..')}. */
  record UntilReady(Duration timeout, OnTimeout onTimeout) implements WaitPolicy {
    /**
     * @throws IllegalArgumentException where it is longer than {@link #LONGEST}
     */
    public UntilReady {
      requireBounded(timeout);
    }
  }

  private static void requireBounded(Duration duration) {
    if (duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("longer than " + LONGEST.toDays() + " days: " + duration);
    }
  }
}
