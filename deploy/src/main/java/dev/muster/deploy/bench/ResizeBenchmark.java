package dev.muster.deploy.bench;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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
 * <p>Replicas are simulated, and all hydrate for the same time: what is left is Muster's own part.
 */
@Command(
    name = "resize",
    description =
        "A graceful resize: downtime that a prober sees, and duration beyond the hydration time.",
    mixinStandardHelpOptions = true)
final class ResizeBenchmark extends Benchmark {
  private static final Duration HYDRATION = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration PROBE_EVERY = Duration.ofMillis(5);
  private static final int REPLICAS = 3;

  /** The bound of the hydration time is what every size gets. */
  private static final String SETTINGS =
      """
      muster.runtime.simulated.hydration-time = 1000 s
      muster.runtime.simulated.hydration-time-max = %d ms
      """
          .formatted(HYDRATION.toMillis());

  private static final String SERVING =
      "SELECT count(*) FROM mz_internal.mz_hydration_statuses h JOIN mz_cluster_replicas r ON r.id"
          + " = h.replica_id JOIN mz_clusters c ON c.id = r.cluster_id WHERE c.name = 'resized' AND"
          + " h.hydrated";

  /**
   * @param overheadSeconds of the statement, beyond the hydration
   * @param downtimeMillis between answers that at least one replica serves
   */
  private record Resize(double overheadSeconds, double downtimeMillis, long probes) {}

  @Override
  void measure(Workshop workshop, BenchOptions given, PrintWriter out) {
    ThrowawayMuster muster = ThrowawayMuster.start(workshop, SETTINGS);
    List<Resize> resizes = new ArrayList<>();
    try (Connection connection = muster.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE CLUSTER resized (SIZE = '25cc', REPLICATION FACTOR = " + REPLICAS + ")");
      try (Probe probe = new Probe(muster)) {
        Await.until("the cluster serves", PATIENCE, probe::serves);
        for (int round = 0; round < given.rounds(5); round++) {
          resizes.add(resize(statement, probe, round % 2 == 0 ? "50cc" : "25cc"));
        }
      }
    } catch (SQLException failure) {
      throw new BenchException("a statement failed: " + failure.getMessage(), failure);
    }
    print(resizes, out);
  }

  private static Resize resize(Statement statement, Probe probe, String size) throws SQLException {
    probe.reset();
    long beginNanos = System.nanoTime();
    statement.execute("ALTER CLUSTER resized SET (SIZE = '" + size + "')");
    double seconds = (System.nanoTime() - beginNanos) / 1e9;
    return new Resize(seconds - HYDRATION.toMillis() / 1e3, probe.downNanos() / 1e6, probe.count());
  }

  private static void print(List<Resize> resizes, PrintWriter out) {
    out.println();
    out.println(
        "### a cluster of %d replicas that hydrate for %d ms, asked every %d ms whether one serves"
            .formatted(REPLICAS, HYDRATION.toMillis(), PROBE_EVERY.toMillis()));
    out.println();
    TextTable table = new TextTable("round", "beyond hydration s", "downtime ms", "probes");
    for (int index = 0; index < resizes.size(); index++) {
      Resize each = resizes.get(index);
      table.row(
          index + 1,
          Numbers.brief(each.overheadSeconds()),
          Numbers.brief(each.downtimeMillis()),
          each.probes());
    }
    out.print(table);
    out.println();
    Summary overhead = Summary.of(resizes, Resize::overheadSeconds);
    Summary downtime = Summary.of(resizes, Resize::downtimeMillis);
    out.println(
        Target.atMost("median duration beyond hydration", 1, " s").verdict(overhead.median()));
    out.println(Target.atMost("longest downtime", 0, " ms").verdict(downtime.maximum()));
  }

  /** Asks on a connection and a thread of its own. */
  private static final class Probe implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement question;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile boolean serves;
    private volatile long count;
    private volatile long downNanos;

    Probe(Server muster) throws SQLException {
      connection = muster.connect();
      question = connection.prepareStatement(SERVING);
      thread = Thread.ofPlatform().daemon().name("probe").start(this::run);
    }

    private void run() {
      long lastNanos = System.nanoTime();
      while (!stopping) {
        serves = answer();
        long nowNanos = System.nanoTime();
        downNanos += serves ? 0 : nowNanos - lastNanos;
        lastNanos = nowNanos;
        count++;
        Await.pause(PROBE_EVERY);
      }
    }

    /** Whoever gets no answer is not served. */
    private boolean answer() {
      try (ResultSet result = question.executeQuery()) {
        return result.next() && result.getLong(1) > 0;
      } catch (SQLException unanswered) {
        return false;
      }
    }

    boolean serves() {
      return serves;
    }

    void reset() {
      count = 0;
      downNanos = 0;
    }

    long count() {
      return count;
    }

    long downNanos() {
      return downNanos;
    }

    @Override
    public void close() throws SQLException {
      stopping = true;
      try {
        thread.join();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
      connection.close();
    }
  }
}
