package dev.muster.deploy.bench;

import dev.muster.deploy.workload.ReadinessProber;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/**
 * {@code muster bench resize}: how long a graceful resize takes beyond the hydration of its new
 * replicas, and how long nobody served meanwhile.
 *
 * <p>Replicas are real processes of the bundled workload. Both figures are seen from outside: the
 * prober and the watch ask the processes themselves, as a client would, and never Muster.
 */
@Command(
    name = "resize",
    description =
        "A graceful resize: downtime that a prober of the replicas sees, and duration beyond their"
            + " hydration.",
    mixinStandardHelpOptions = true)
final class ResizeBenchmark extends Benchmark {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int REPLICAS = 3;

  /**
   * @param seconds of the statement
   * @param hydrationSeconds of the slowest new replica
   * @param seen by the prober meanwhile, and until the old replicas have ended
   */
  private record Resize(double seconds, double hydrationSeconds, ReadinessProber.Sight seen) {
    double overheadSeconds() {
      return seconds - hydrationSeconds;
    }

    double downtimeMillis() {
      return seen.downNanos() / 1e6;
    }
  }

  @Override
  void measure(Workshop workshop, BenchOptions given, PrintWriter out) {
    List<Resize> resizes = new ArrayList<>();
    try (RealReplicas replicas = RealReplicas.start(workshop, "resized", REPLICAS, "");
        ReadinessProber prober = new ReadinessProber(replicas.data(), replicas.clusterId())) {
      Await.until("every replica serves", PATIENCE, () -> replicas.allServe(REPLICAS));
      Await.until("the cluster serves", PATIENCE, () -> prober.sight().serves());
      for (int round = 0; round < given.rounds(5); round++) {
        resizes.add(resize(replicas, prober, round % 2 == 0 ? "50cc" : "25cc"));
      }
    } catch (SQLException failure) {
      throw new BenchException("a statement failed: " + failure.getMessage(), failure);
    }
    print(resizes, out);
  }

  private static Resize resize(RealReplicas replicas, ReadinessProber prober, String size)
      throws SQLException {
    ReadinessProber.Sight before = prober.sight();
    try (HydrationWatch watch = new HydrationWatch(replicas.data(), replicas.clusterId());
        Statement statement = replicas.statement()) {
      long beginNanos = System.nanoTime();
      statement.execute("ALTER CLUSTER resized SET (SIZE = '" + size + "')");
      double seconds = (System.nanoTime() - beginNanos) / 1e9;
      Await.until("the old replicas ended", PATIENCE, () -> replicas.processes() == REPLICAS);
      return new Resize(seconds, watch.longest().toNanos() / 1e9, prober.sight().since(before));
    }
  }

  private static void print(List<Resize> resizes, PrintWriter out) {
    out.println();
    out.println(
        "### a cluster of %d replicas, real processes, asked every %d ms whether one serves"
            .formatted(REPLICAS, ReadinessProber.EVERY.toMillis()));
    out.println();
    TextTable table =
        new TextTable("round", "statement s", "hydration s", "beyond s", "downtime ms", "probes");
    for (int index = 0; index < resizes.size(); index++) {
      Resize each = resizes.get(index);
      table.row(
          index + 1,
          Numbers.brief(each.seconds()),
          Numbers.brief(each.hydrationSeconds()),
          Numbers.brief(each.overheadSeconds()),
          Numbers.brief(each.downtimeMillis()),
          each.seen().questions());
    }
    out.print(table);
    out.println();
    Summary overhead = Summary.of(resizes, Resize::overheadSeconds);
    Summary downtime = Summary.of(resizes, Resize::downtimeMillis);
    out.println(
        Target.atMost("median duration beyond hydration", 1, " s").verdict(overhead.median()));
    out.println(Target.atMost("longest downtime", 0, " ms").verdict(downtime.maximum()));
  }
}
