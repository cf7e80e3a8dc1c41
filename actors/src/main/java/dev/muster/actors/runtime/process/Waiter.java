package dev.muster.actors.runtime.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The parent of a replica's process: a shell that does nothing but wait for it, outlives Muster,
 * and writes down how it ended. The kernel tells that to nobody but the parent.
 *
 * <pre>
 *   Muster -- setsid sh (waiter) -- setsid sh, which becomes the workload
 * </pre>
 *
 * <p>The waiter is no replica: it lacks the variable that marks a process as the data directory's,
 * which only the workload is given. It passes nothing on, neither signals nor output: the workload
 * is signaled by its own process id, which it writes to the waiter's output, once it leads its own
 * session, carries the mark, and is sure to become the workload. A waiter that is killed takes
 * nothing with it; then the end of its replica is unknown.
 */
final class Waiter {
  /**
   * 1 the mark, 2 where to write the end, then the command. File 3 is the pipe to Muster, 4 the
   * log. What would end the waiter before its replica is caught, so that children ignore nothing.
   * What the shell itself has to say about the end is no line of the workload's: hence the
   * subshell, for a shell redirects itself, not its child, as long as a plain command runs.
   */
  private static final String WAIT =
      """
      export MUSTER_DATA_DIR="$1"
      muster_end=$2
      shift 2
      trap : HUP INT QUIT TERM
      exec 4>&2 2>/dev/null
      (exec setsid "$@" 3>&1 1>&4 2>&4 4>&-)
      muster_code=$?
      echo "$muster_code" >"$muster_end"
      exit "$muster_code"
      """;

  private static final String BECOME = "echo $$ >&3; exec \"$@\" 3>&-";

  private Waiter() {}

  /**
   * The command of a waiter and its workload. To be run without {@link
   * ReplicaProcess#DATA_DIRECTORY} in its environment, with its error output to the log; its first
   * line of output is the process id of the workload.
   *
   * @param marker of the data directory
   * @param end the file for the exit code
   */
  static List<String> command(String marker, Path end, List<String> workload) {
    List<String> command = new ArrayList<>();
    // A session of its own: no terminal, no signal meant for Muster's process group.
    command.addAll(List.of("setsid", "sh", "-c", WAIT, "muster-waiter", marker, end.toString()));
    command.addAll(List.of("sh", "-c", BECOME, "muster-replica"));
    command.addAll(workload);
    return command;
  }
}
