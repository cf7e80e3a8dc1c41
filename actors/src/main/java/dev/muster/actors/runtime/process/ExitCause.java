package dev.muster.actors.runtime.process;

import dev.muster.journal.event.ReplicaFailure;
import java.util.Map;
import java.util.Optional;

/** Reads the end of a process. Pure. */
final class ExitCause {
  /** By the workload contract: the workload ran out of the memory that it was given. */
  static final int OUT_OF_MEMORY = 12;

  private static final int SIGNAL_BASE = 128;
  private static final int SIGKILL = 9;
  private static final Map<Integer, String> SIGNALS =
      Map.ofEntries(
          Map.entry(1, "SIGHUP"),
          Map.entry(2, "SIGINT"),
          Map.entry(3, "SIGQUIT"),
          Map.entry(4, "SIGILL"),
          Map.entry(6, "SIGABRT"),
          Map.entry(7, "SIGBUS"),
          Map.entry(8, "SIGFPE"),
          Map.entry(SIGKILL, "SIGKILL"),
          Map.entry(11, "SIGSEGV"),
          Map.entry(13, "SIGPIPE"),
          Map.entry(14, "SIGALRM"),
          Map.entry(15, "SIGTERM"));

  private ExitCause() {}

  /**
   * The failure that an exit means.
   *
   * @param code as the JDK and shells tell it: 128 and the number for a signal
   * @param answered whether the workload had answered before
   * @param kernelWasShortOfMemory whether the kernel killed for memory while it ran
   * @param lastLine what the workload printed last
   */
  static ReplicaFailure of(
      int code, boolean answered, boolean kernelWasShortOfMemory, Optional<String> lastLine) {
    String printed = lastLine.map(line -> "; its last line: " + line).orElse("");
    if (code == OUT_OF_MEMORY) {
      return new ReplicaFailure(
          ReplicaFailure.Kind.OOM_KILLED, Optional.of("exit code " + code + printed));
    }
    String signal = SIGNALS.get(code - SIGNAL_BASE);
    if (signal != null) {
      boolean shortOfMemory = code - SIGNAL_BASE == SIGKILL && kernelWasShortOfMemory;
      return new ReplicaFailure(
          shortOfMemory ? ReplicaFailure.Kind.OOM_KILLED : ReplicaFailure.Kind.SIGNALED,
          Optional.of(signal + printed));
    }
    boolean notExecutable = !answered && (code == 126 || code == 127);
    return new ReplicaFailure(
        notExecutable ? ReplicaFailure.Kind.FAILED_TO_START : ReplicaFailure.Kind.EXITED,
        Optional.of("exit code " + code + printed));
  }

  /** The end of a process that was adopted: only its own parent is told how it ended. */
  static ReplicaFailure unknown(Optional<String> lastLine) {
    String printed = lastLine.map(line -> "; its last line: " + line).orElse("");
    return new ReplicaFailure(
        ReplicaFailure.Kind.EXITED, Optional.of("exit code unknown (adopted)" + printed));
  }
}
