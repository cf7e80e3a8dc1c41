package dev.muster.actors.runtime.workload;

import dev.muster.journal.event.ReplicaFailure;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the end of a process. Pure. */
public final class ExitCause {
  /** What a JVM says when it was told to exit on an OutOfMemoryError, and its exit code then. */
  private static final String JVM_OUT_OF_MEMORY = "Terminating due to java.lang.OutOfMemoryError";

  private static final int JVM_EXIT_ON_OUT_OF_MEMORY = 3;

  /** How the bundled workload ends its last line. */
  private static final Pattern PRINTED_CODE = Pattern.compile(".*\\(exit code (\\d{1,3})\\)");

  /** By the workload contract: the workload ran out of the memory that it was given. */
  public static final int OUT_OF_MEMORY = 12;

  /** How a detail begins that tells the exit code or the signal. */
  private static final Pattern EXIT =
      Pattern.compile("(exit code \\d+|SIG[A-Z0-9]+|signal \\d+)(;.*)?", Pattern.DOTALL);

  private static final int SIGNAL_BASE = 128;
  private static final int SIGNAL_LAST = 64;
  private static final int SIGKILL = 9;

  /** Of Linux, from 1 on. Those behind it, for programs' own use, have no name. */
  private static final List<String> SIGNALS =
      List.of(
          "SIGHUP",
          "SIGINT",
          "SIGQUIT",
          "SIGILL",
          "SIGTRAP",
          "SIGABRT",
          "SIGBUS",
          "SIGFPE",
          "SIGKILL",
          "SIGUSR1",
          "SIGSEGV",
          "SIGUSR2",
          "SIGPIPE",
          "SIGALRM",
          "SIGTERM",
          "SIGSTKFLT",
          "SIGCHLD",
          "SIGCONT",
          "SIGSTOP",
          "SIGTSTP",
          "SIGTTIN",
          "SIGTTOU",
          "SIGURG",
          "SIGXCPU",
          "SIGXFSZ",
          "SIGVTALRM",
          "SIGPROF",
          "SIGWINCH",
          "SIGIO",
          "SIGPWR",
          "SIGSYS");

  private ExitCause() {}

  /**
   * The failure that an exit means.
   *
   * @param code as the JDK and shells tell it: 128 and the number for a signal
   * @param answered whether the workload had answered before
   * @param kernelWasShortOfMemory whether the kernel killed for memory while it ran
   * @param lastLine what the workload printed last
   */
  public static ReplicaFailure of(
      int code, boolean answered, boolean kernelWasShortOfMemory, Optional<String> lastLine) {
    String printed = lastLine.map(line -> "; its last line: " + line).orElse("");
    boolean jvmOutOfMemory =
        code == JVM_EXIT_ON_OUT_OF_MEMORY
            && lastLine.filter(line -> line.startsWith(JVM_OUT_OF_MEMORY)).isPresent();
    if (code == OUT_OF_MEMORY || jvmOutOfMemory) {
      return new ReplicaFailure(
          ReplicaFailure.Kind.OOM_KILLED, Optional.of("exit code " + code + printed));
    }
    int signal = code - SIGNAL_BASE;
    if (signal >= 1 && signal <= SIGNAL_LAST) {
      boolean shortOfMemory = signal == SIGKILL && kernelWasShortOfMemory;
      return new ReplicaFailure(
          shortOfMemory ? ReplicaFailure.Kind.OOM_KILLED : ReplicaFailure.Kind.SIGNALED,
          Optional.of(name(signal) + printed));
    }
    boolean notExecutable = !answered && (code == 126 || code == 127);
    return new ReplicaFailure(
        notExecutable ? ReplicaFailure.Kind.FAILED_TO_START : ReplicaFailure.Kind.EXITED,
        Optional.of("exit code " + code + printed));
  }

  /** The exit code or the signal alone, of a failure whose detail tells it. */
  public static Optional<String> exit(ReplicaFailure failure) {
    return failure
        .detail()
        .map(EXIT::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1));
  }

  /**
   * The end of a process of which nobody was told, as its waiter had been killed, or was none: what
   * it printed last must do.
   */
  public static ReplicaFailure unknown(boolean kernelWasShortOfMemory, Optional<String> lastLine) {
    Optional<Integer> code = lastLine.flatMap(ExitCause::printedCode);
    if (code.isPresent()) {
      return of(code.get(), true, false, lastLine);
    }
    String printed = lastLine.map(line -> "; its last line: " + line).orElse("");
    return new ReplicaFailure(
        kernelWasShortOfMemory ? ReplicaFailure.Kind.OOM_KILLED : ReplicaFailure.Kind.UNKNOWN,
        Optional.of("it ended while nobody was its parent" + printed));
  }

  private static String name(int signal) {
    return signal <= SIGNALS.size() ? SIGNALS.get(signal - 1) : "signal " + signal;
  }

  private static Optional<Integer> printedCode(String line) {
    if (line.startsWith(JVM_OUT_OF_MEMORY)) {
      return Optional.of(JVM_EXIT_ON_OUT_OF_MEMORY);
    }
    Matcher matcher = PRINTED_CODE.matcher(line);
    return matcher.matches() ? Optional.of(Integer.parseInt(matcher.group(1))) : Optional.empty();
  }
}
