package dev.muster.replicad;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class JsonTest {
  @Test
  void valuesAreWrittenByTheirKind() {
    assertEquals(
        "{\"a\": 1, \"b\": true, \"c\": null, \"d\": [1, [\"x\"], null], \"e\": \"NaN\"}",
        Json.object()
            .put("a", 1L)
            .put("b", true)
            .put("c", null)
            .put("d", Arrays.asList(1, List.of("x"), null))
            .put("e", Double.NaN)
            .text());
  }

  @Test
  void textIsEscaped() {
    assertEquals(
        "{\"a\": \"\\\"\\\\\\n\\u0001\\u000dä\"}",
        Json.object().put("a", "\"\\\n\u0001\rä").text());
  }
}
