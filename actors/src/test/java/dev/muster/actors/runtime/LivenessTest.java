package dev.muster.actors.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class LivenessTest {
  @Test
  void onlySoManyUnansweredQuestionsInARowMakeItUnresponsive() {
    Liveness two = Liveness.of(3).asked(false).asked(false);
    assertTrue(two.isDoubtful());
    assertFalse(two.isUnresponsive());
    assertTrue(two.asked(false).isUnresponsive());
  }

  @Test
  void oneAnswerForgivesAll() {
    assertEquals(Liveness.of(3), Liveness.of(3).asked(false).asked(false).asked(true));
    assertFalse(Liveness.of(3).asked(true).isDoubtful());
  }

  @Test
  void whoNeverLosesPatienceIsNoJudge() {
    assertThrows(IllegalArgumentException.class, () -> Liveness.of(0));
  }
}
