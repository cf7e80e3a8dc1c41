package dev.muster.actors.runtime.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.muster.journal.event.ReplicaFailure;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExitCauseTest {
  private static ReplicaFailure.Kind kind(int code, boolean answered, boolean shortOfMemory) {
    return ExitCause.of(code, answered, shortOfMemory, Optional.empty()).kind();
  }

  @Test
  void codesAndSignalsAreToldApart() {
    assertEquals(ReplicaFailure.Kind.EXITED, kind(1, true, true));
    assertEquals(ReplicaFailure.Kind.OOM_KILLED, kind(12, true, false));
    assertEquals(ReplicaFailure.Kind.SIGNALED, kind(128 + 9, true, false));
    assertEquals(ReplicaFailure.Kind.OOM_KILLED, kind(128 + 9, true, true));
    assertEquals(ReplicaFailure.Kind.SIGNALED, kind(128 + 15, true, true));
    assertEquals(ReplicaFailure.Kind.FAILED_TO_START, kind(127, false, false));
    assertEquals(ReplicaFailure.Kind.EXITED, kind(127, true, false));
  }

  @ParameterizedTest
  @CsvSource({
    "1, SIGHUP",
    "5, SIGTRAP",
    "10, SIGUSR1",
    "15, SIGTERM",
    "24, SIGXCPU",
    "31, SIGSYS",
    "34, signal 34",
    "64, signal 64"
  })
  void everySignalIsOneNamedOrNot(int signal, String name) {
    assertEquals(
        new ReplicaFailure(ReplicaFailure.Kind.SIGNALED, Optional.of(name)),
        ExitCause.of(128 + signal, true, false, Optional.empty()));
    assertEquals(
        Optional.of(name),
        ExitCause.exit(ExitCause.of(128 + signal, true, false, Optional.of("bye"))));
  }

  @Test
  void codesBeyondSignalsAreCodes() {
    assertEquals(ReplicaFailure.Kind.EXITED, kind(128, true, false));
    assertEquals(ReplicaFailure.Kind.EXITED, kind(128 + 65, true, false));
    assertEquals(ReplicaFailure.Kind.EXITED, kind(255, true, false));
  }

  @Test
  void whatNobodyWasToldIsUnknownUnlessTheWorkloadSaidItItself() {
    assertEquals(
        new ReplicaFailure(
            ReplicaFailure.Kind.UNKNOWN,
            Optional.of("it ended while nobody was its parent; its last line: bye")),
        ExitCause.unknown(false, Optional.of("bye")));
    assertEquals(
        ReplicaFailure.Kind.OOM_KILLED,
        ExitCause.unknown(false, Optional.of("out of memory (exit code 12)")).kind());
    assertEquals(ReplicaFailure.Kind.OOM_KILLED, ExitCause.unknown(true, Optional.empty()).kind());
  }
}
