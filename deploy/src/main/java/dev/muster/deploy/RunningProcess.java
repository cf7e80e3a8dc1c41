package dev.muster.deploy;

import java.util.Optional;

/**
 * A process, told from a later one of the same number by when it began.
 *
 * @param startedAt as the system says it, empty where it does not
 */
public record RunningProcess(long pid, String startedAt) {
  public static RunningProcess of(long pid) {
    return new RunningProcess(pid, startedAt(pid));
  }

  /** The process, as long as it is alive. */
  public Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(handle -> startedAt(pid).equals(startedAt));
  }

  private static String startedAt(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(handle -> handle.info().startInstant())
        .map(Object::toString)
        .orElse("");
  }
}
