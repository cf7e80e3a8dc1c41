package dev.muster.deploy.bench;

import dev.muster.deploy.workload.BundledWorkload;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

/**
 * {@code muster bench crash}: from the SIGKILL of a replica to its next process, to one that has
 * hydrated, and to a query that says so; beside supervisord with the same program.
 *
 * <p>Replicas are real processes of the bundled workload. Each crash is the first in its row: the
 * backoff of later ones is meant to be long.
 */
@Command(
    name = "crash",
    description =
        "SIGKILL of a replica: time to its next process and to hydrated, beside supervisord.",
    mixinStandardHelpOptions = true)
final class CrashBenchmark extends Benchmark {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(1);

  /** By then Muster has seen that it hydrated, and has forgotten the crash before. */
  private static final Duration BETWEEN_CRASHES = FORGOTTEN_AFTER.plusMillis(1_500);

  private static final String SETTINGS =
      """
      muster.replica.backoff-reset-after = %d ms
      """
          .formatted(FORGOTTEN_AFTER.toMillis());

  private static final String HYDRATIONS =
      "SELECT count(*) FROM mz_internal.mz_cluster_hydration_history WHERE cluster_name ="
          + " 'crashed'";

  /**
   * One crash, in milliseconds after the kill.
   *
   * @param restarted when there was another process
   * @param hydrated when that said that it had hydrated
   */
  private record Crash(double restarted, double hydrated) {}

  @Override
  void measure(Workshop workshop, BenchOptions given, PrintWriter out) {
    Optional<ThrowawaySupervisor> peer = peer(workshop);
    List<Crash> ours = new ArrayList<>();
    List<Double> shown = new ArrayList<>();
    List<Crash> theirs = new ArrayList<>();
    try (RealReplicas replicas = RealReplicas.start(workshop, "crashed", 1, SETTINGS)) {
      WatchedProcess replica = new WatchedProcess(replicas.data(), replicas.replicaId());
      for (int round = 0; round < given.rounds(5); round++) {
        Await.until("Muster's replica serves", PATIENCE, replica::isHydrated);
        Await.pause(BETWEEN_CRASHES);
        long hydrations = replicas.number(HYDRATIONS);
        long beginNanos = System.nanoTime();
        ours.add(crash(replica));
        Await.until("Muster says so", PATIENCE, () -> replicas.number(HYDRATIONS) > hydrations);
        shown.add(millisSince(beginNanos));
        peer.ifPresent(other -> theirs.add(crash(other.process())));
      }
    } catch (SQLException failure) {
      throw new BenchException("a statement failed: " + failure.getMessage(), failure);
    }
    print(ours, shown, theirs, out);
  }

  private static Optional<ThrowawaySupervisor> peer(Workshop workshop) {
    try {
      return ThrowawaySupervisor.start(
          workshop, BundledWorkload.command(workshop.directory().resolve("cache")));
    } catch (IOException failure) {
      throw new BenchException("the workload cannot be unpacked: " + failure.getMessage(), failure);
    }
  }

  private static Crash crash(WatchedProcess process) {
    Await.until("the program serves", PATIENCE, process::isHydrated);
    long killed = process.pid().orElseThrow(() -> new BenchException("nothing to kill"));
    long beginNanos = System.nanoTime();
    ProcessHandle.of(killed).ifPresent(ProcessHandle::destroyForcibly);
    process.awaitOther(killed, PATIENCE);
    double restarted = millisSince(beginNanos);
    Await.until("the program serves again", PATIENCE, process::isHydrated);
    return new Crash(restarted, millisSince(beginNanos));
  }

  private static double millisSince(long beginNanos) {
    return (System.nanoTime() - beginNanos) / 1e6;
  }

  private static void print(
      List<Crash> ours, List<Double> shown, List<Crash> theirs, PrintWriter out) {
    out.println();
    out.println(
        "### a replica is killed: milliseconds until ... (median of %d)".formatted(ours.size()));
    out.println();
    TextTable table = new TextTable("", "another process", "it has hydrated", "a query says so");
    Summary restarted = Summary.of(ours, Crash::restarted);
    table.row(
        "Muster",
        Numbers.brief(restarted.median()),
        Numbers.brief(Summary.of(ours, Crash::hydrated).median()),
        Numbers.brief(Summary.of(shown).median()));
    if (!theirs.isEmpty()) {
      table.row(
          "supervisord",
          Numbers.brief(Summary.of(theirs, Crash::restarted).median()),
          Numbers.brief(Summary.of(theirs, Crash::hydrated).median()),
          "-");
    }
    out.print(table);
    out.println();
    out.println(
        Target.atMost("median time to another process", 250, " ms").verdict(restarted.median()));
    if (theirs.isEmpty()) {
      out.println("- no peer: supervisord was not found; install Debian's package supervisor");
    } else {
      double ratio = restarted.median() / Summary.of(theirs, Crash::restarted).median();
      out.println(
          "- Muster's time to another process is %s times supervisord's"
              .formatted(Numbers.brief(ratio)));
    }
  }
}
