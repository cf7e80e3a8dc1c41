package dev.muster.api.command;

import java.time.Duration;

/** How an {@code ALTER CLUSTER} changes what is serving: its {@code WITH (WAIT ...)} clause. */
public sealed interface WaitPolicy {
  /** No clause was given. */
  record Unspecified() implements WaitPolicy {}

  /** {@code WAIT FOR '..'}: zero is the immediate form, which drops all and recreates. */
  record For(Duration duration) implements WaitPolicy {}

  /** {@code WAIT UNTIL READY (TIMEOUT = '..', ON TIMEOUT = '..')}. */
  record UntilReady(Duration timeout, OnTimeout onTimeout) implements WaitPolicy {}

  /** What happens when the deadline has passed. */
  enum OnTimeout {
    COMMIT,
    ROLLBACK
  }
}
