package dev.muster.deploy.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ThrowawayMusterTest {
  @Test
  void itRunsWithOurOptionsButForTheHeapAndAgents() {
    assertEquals(
        List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseG1GC", "-Xmx1g"),
        ThrowawayMuster.virtualMachineOptions(
            List.of(
                "-Xmx8g",
                "--enable-native-access=ALL-UNNAMED",
                "-javaagent:coverage.jar",
                "-XX:+UseG1GC")));
  }
}
