package dev.muster.actors.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LivenessTest {
  private static final Instant T0 = Instant.ofEpochSecond(1_000);

  @Test
  void onlySoManyUnansweredQuestionsInARowMakeItUnresponsive() {
    Liveness two = Liveness.of(3).asked(T0, false).asked(T0, false);
    assertTrue(two.isDoubtful());
    assertFalse(two.isUnresponsive());
    assertTrue(two.asked(T0, false).isUnresponsive());
  }

  @Test
  void oneAnswerForgivesAll() {
    assertEquals(Liveness.of(3), Liveness.of(3).asked(T0, false).asked(T0, false).asked(T0, true));
    assertFalse(Liveness.of(3).asked(T0, true).isDoubtful());
  }

  @Test
  void itIsSilentSinceTheFirstQuestionOfTheRow() {
    Liveness silent =
        Liveness.of(3)
            .asked(T0, false)
            .asked(T0.plusSeconds(1), true)
            .asked(T0.plusSeconds(2), false)
            .asked(T0.plusSeconds(3), false)
            .asked(T0.plusSeconds(4), false)
            .asked(T0.plusSeconds(5), false);
    assertEquals(Optional.of(T0.plusSeconds(2)), silent.silentSince());
    assertEquals(Optional.empty(), silent.asked(T0.plusSeconds(6), true).silentSince());
  }

  @Test
  void whoNeverLosesPatienceIsNoJudge() {
    assertThrows(IllegalArgumentException.class, () -> Liveness.of(0));
  }
}
