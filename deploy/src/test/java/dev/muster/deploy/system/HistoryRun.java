package dev.muster.deploy.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Faults that happen to nodes one after the other, under load, and the histories of what clients
 * were told meanwhile. What is still missing of the operations, and what is left of the time, is
 * shared evenly by the faults to come: one that starves costs its own share, and no other's.
 *
 * <p>How it went is in a file, at any time, whatever fails.
 */
final class HistoryRun {
  /** Where the machine is slow, a fault has this long all the same. */
  private static final Duration LEAST_EACH = Duration.ofSeconds(60);

  private final NetworkedNodes nodes;
  private final ReplicaWatch watch;
  private final Path report;
  private final Random random;
  private final int operations;
  private final long untilNanos;
  private final List<HistoryClients> histories = new ArrayList<>();
  private final List<String> survived = new ArrayList<>();
  private final List<String> starved = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();
  private int faultsLeft;

  /** What happens to the nodes while clients ask. */
  @FunctionalInterface
  interface Fault {
    void happen() throws Exception;
  }

  /**
   * @param report a line for each fault, and one for each figure at the end
   * @param operations that shall be answered in all
   * @param within so long
   * @param faults that are to come
   */
  HistoryRun(
      NetworkedNodes nodes,
      ReplicaWatch watch,
      Path report,
      Random random,
      int operations,
      Duration within,
      int faults) {
    this.nodes = nodes;
    this.watch = watch;
    this.report = report;
    this.random = random;
    this.operations = operations;
    this.untilNanos = System.nanoTime() + within.toNanos();
    this.faultsLeft = faults;
  }

  /** Clients ask, a fault happens to the nodes, is over, and all comes to rest. */
  void under(String name, Fault fault) throws Exception {
    int left = faultsLeft--;
    long endNanos =
        System.nanoTime()
            + Math.max(LEAST_EACH.toNanos(), (untilNanos - System.nanoTime()) / Math.max(1, left));
    int share = Math.max(0, Math.ceilDiv(operations - answered(), Math.max(1, left)));
    HistoryClients clients = new HistoryClients(nodes, name);
    try {
      nodes.recover();
      Map<String, String> before = watch.places(steady());
      clients.start(random);
      histories.add(clients);
      try {
        awaitAnswers(clients, share / 4, endNanos);
        fault.happen();
        nodes.awaitAllServe();
        awaitAnswers(clients, Math.max(clients.tally().count() + 100, share), endNanos);
      } finally {
        clients.stop();
        note(name, clients, share);
      }
      clients.lookOnceMore();
      assertEquals(List.of(), clients.violations());
      assertEquals(before, watch.places(steady()), "no healthy replica is started anew");
      assertEquals(Set.of(), watch.violations());
      survived.add(name);
    } catch (Exception | AssertionError failure) {
      failed.add(name);
      line(
          name
              + ": FAILED: "
              + String.valueOf(failure.getMessage()).lines().findFirst().orElse(""));
      throw failure;
    }
  }

  private void note(String name, HistoryClients clients, int share) throws IOException {
    boolean tooFew = clients.tally().count() < share;
    if (tooFew) {
      starved.add(name);
    }
    line(name + ": " + clients.tally() + (tooFew ? "; starved, " + share + " were wanted" : ""));
  }

  /** Of a slow machine there are fewer answers, and that is all. */
  private static void awaitAnswers(HistoryClients clients, int count, long untilNanos) {
    while (clients.tally().count() < count && System.nanoTime() < untilNanos) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  private List<String> steady() throws SQLException {
    return nodes.sql(
        0,
        "SELECT r.id FROM mz_cluster_replicas r JOIN mz_clusters c ON c.id = r.cluster_id WHERE"
            + " c.name = 'steady'");
  }

  private int answered() {
    return histories.stream().mapToInt(clients -> clients.tally().count()).sum();
  }

  /** All clients look at everything once more, at every node. */
  void lookOnceMore() {
    histories.forEach(HistoryClients::lookOnceMore);
  }

  List<String> violations() {
    return histories.stream().flatMap(clients -> clients.violations().stream()).toList();
  }

  /** The figures, of all faults so far. */
  void summarize() throws IOException {
    List<String> violations = violations();
    List<String> lost =
        histories.stream().flatMap(clients -> clients.lostAcknowledgements().stream()).toList();
    line("operations: " + answered() + " answered and judged, " + operations + " wanted");
    line(
        "faults: "
            + (survived.size() + failed.size())
            + ", survived "
            + survived
            + ", failed "
            + failed
            + ", too slow for their operations "
            + starved
            + ", not tried "
            + Math.max(0, faultsLeft));
    line("violations of linearizability: " + violations.size());
    line("lost acknowledgements: " + lost.size());
    line("replicas that ran twice: " + watch.violations().size());
    for (String one : violations) {
      line("violation: " + one);
    }
    for (String one : watch.violations()) {
      line("ran twice: " + one);
    }
  }

  void line(String text) throws IOException {
    Files.writeString(report, text + System.lineSeparator(), StandardOpenOption.APPEND);
  }
}
