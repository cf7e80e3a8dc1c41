package dev.muster.deploy.bench;

import dev.muster.deploy.bench.Pgbench.Load;
import dev.muster.deploy.bench.Pgbench.Run;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Runs the same work against Muster and its peers in turns, and prints all beside each other. */
final class Contest {
  /** A virtual machine is at its speed after some twenty seconds of work. */
  private static final int WARM_UP_ROUNDS = 2;

  private final Pgbench pgbench;
  private final PrintWriter out;
  private final int rounds;
  private final int seconds;

  /**
   * @param seconds of each turn; each side has two turns more before, to warm up
   */
  Contest(Pgbench pgbench, PrintWriter out, int rounds, int seconds) {
    this.pgbench = pgbench;
    this.out = out;
    this.rounds = rounds;
    this.seconds = seconds;
  }

  /** One side. */
  record Contender(String name, Load load) {}

  /**
   * One kind of work.
   *
   * @param peers what Muster is compared with
   * @param beforeTurn brings all back to where they began; not measured
   */
  record Match(String title, Contender muster, List<Contender> peers, Runnable beforeTurn) {
    Match {
      peers = List.copyOf(peers);
    }
  }

  /**
   * Muster beside one peer, the median of all rounds.
   *
   * @param throughput Muster's, as a multiple of the peer's
   * @param medianLatency likewise
   */
  record Ratio(String peer, double throughput, double medianLatency) {}

  /** The runs of one side, one a round. */
  private record Series(Contender contender, List<Run> runs) {
    Summary summary(ToDoubleFunction<Run> figure) {
      return Summary.of(runs, figure);
    }

    Summary ratios(Series peer, ToDoubleFunction<Run> figure) {
      List<Double> ratios = new ArrayList<>();
      for (int round = 0; round < runs.size(); round++) {
        ratios.add(
            figure.applyAsDouble(runs.get(round)) / figure.applyAsDouble(peer.runs.get(round)));
      }
      return Summary.of(ratios);
    }
  }

  /**
   * Warms all up, then measures.
   *
   * @return for each peer, in their order
   */
  List<Ratio> play(Match match) {
    out.println();
    out.println("### " + match.title());
    out.println();
    out.flush();
    List<Series> all = new ArrayList<>();
    all.add(new Series(match.muster(), new ArrayList<>()));
    match.peers().forEach(peer -> all.add(new Series(peer, new ArrayList<>())));
    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
      all.forEach(series -> turn(match, series));
    }
    for (int round = 0; round < rounds; round++) {
      all.forEach(series -> series.runs().add(turn(match, series)));
    }
    printRuns(all);
    return printRatios(all);
  }

  private Run turn(Match match, Series series) {
    match.beforeTurn().run();
    return pgbench.run(series.contender().load(), seconds);
  }

  private void printRuns(List<Series> all) {
    TextTable table =
        new TextTable("server", "round", "tps", "p50 ms", "p99 ms", "max ms", "server CPU us");
    for (Series series : all) {
      for (int round = 0; round < rounds; round++) {
        Run run = series.runs().get(round);
        addRow(
            table,
            series.contender().name(),
            Integer.toString(round + 1),
            figure -> figure.applyAsDouble(run));
      }
    }
    for (Series series : all) {
      addRow(table, series.contender().name(), "median", figure -> series.summary(figure).median());
    }
    out.print(table);
    out.println();
    out.flush();
  }

  private static void addRow(
      TextTable table, String name, String round, ToDoubleFunction<ToDoubleFunction<Run>> value) {
    table.row(
        name,
        round,
        Numbers.brief(value.applyAsDouble(Run::transactionsPerSecond)),
        Numbers.brief(value.applyAsDouble(Run::medianMillis)),
        Numbers.brief(value.applyAsDouble(Run::p99Millis)),
        Numbers.brief(value.applyAsDouble(Run::maximumMillis)),
        Numbers.brief(value.applyAsDouble(Run::serverCpuMicros)));
  }

  private List<Ratio> printRatios(List<Series> all) {
    Series muster = all.getFirst();
    List<Ratio> ratios = new ArrayList<>();
    for (Series peer : all.subList(1, all.size())) {
      Summary throughput = muster.ratios(peer, Run::transactionsPerSecond);
      Summary latency = muster.ratios(peer, Run::medianMillis);
      out.println(
          "- Muster / %s: throughput %s, median latency %s"
              .formatted(
                  peer.contender().name(), Numbers.brief(throughput), Numbers.brief(latency)));
      ratios.add(new Ratio(peer.contender().name(), throughput.median(), latency.median()));
    }
    out.flush();
    return ratios;
  }
}
