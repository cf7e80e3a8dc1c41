package dev.muster.actors.runtime.workload;

import dev.muster.actors.runtime.Liveness;
import dev.muster.journal.event.ReplicaFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A replica runs, as far as anybody knows, and does not answer. Pure.
 *
 * @param since when it stopped serving, as far as anybody knows
 */
public record Silence(ReplicaFailure failure, Instant since) {
  /** It has answered before, and then did not for too many times. */
  public static Silence unresponsive(Liveness liveness) {
    return of(
        ReplicaFailure.Kind.UNRESPONSIVE,
        "no answer to %d questions in a row".formatted(liveness.failures()),
        liveness.silentSince().orElseThrow());
  }

  /**
   * It has not answered since somebody began to ask.
   *
   * @param within for so long
   * @param because what is known of the reason
   */
  public static Silence unanswered(
      ReplicaFailure.Kind kind, Duration within, Optional<String> because, Instant since) {
    String reason = because.map(text -> "; " + text).orElse("");
    return of(kind, "no answer within %d s%s".formatted(within.toSeconds(), reason), since);
  }

  private static Silence of(ReplicaFailure.Kind kind, String detail, Instant since) {
    return new Silence(new ReplicaFailure(kind, Optional.of(detail)), since);
  }
}
