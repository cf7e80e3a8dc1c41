package dev.muster.deploy.bench;

import dev.muster.deploy.bench.Pgbench.Load;
import dev.muster.deploy.bench.Pgbench.Run;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Runs the same work against Muster and PostgreSQL in turns, and prints both beside each other. */
final class Contest {
  private final Pgbench pgbench;
  private final PrintWriter out;
  private final int rounds;
  private final int seconds;

  /**
   * @param seconds of each turn; the warm-up of each side is one turn more
   */
  Contest(Pgbench pgbench, PrintWriter out, int rounds, int seconds) {
    this.pgbench = pgbench;
    this.out = out;
    this.rounds = rounds;
    this.seconds = seconds;
  }

  /**
   * One kind of work.
   *
   * @param beforeTurn brings both back to where they began; not measured
   */
  record Match(String title, Load muster, Load postgres, Runnable beforeTurn) {}

  /** One round: both sides, one after the other. */
  record Round(Run muster, Run postgres) {
    double throughputRatio() {
      return muster.transactionsPerSecond() / postgres.transactionsPerSecond();
    }

    double latencyRatio() {
      return muster.medianMillis() / postgres.medianMillis();
    }
  }

  /** Warms both up, then measures. */
  List<Round> play(Match match) {
    out.println();
    out.println("### " + match.title());
    out.println();
    out.flush();
    turn(match, match.muster());
    turn(match, match.postgres());
    List<Round> played = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      played.add(new Round(turn(match, match.muster()), turn(match, match.postgres())));
    }
    print(played);
    return played;
  }

  private Run turn(Match match, Load load) {
    match.beforeTurn().run();
    return pgbench.run(load, seconds);
  }

  private void print(List<Round> played) {
    TextTable table =
        new TextTable(
            "round",
            "Muster tps",
            "p50 ms",
            "p99 ms",
            "CPU us",
            "PostgreSQL tps",
            "p50 ms",
            "p99 ms",
            "CPU us",
            "tps ratio",
            "p50 ratio");
    for (int index = 0; index < played.size(); index++) {
      Round round = played.get(index);
      addRow(table, Integer.toString(index + 1), figure -> figure.apply(round));
    }
    addRow(table, "min", figure -> summary(played, figure).minimum());
    addRow(table, "median", figure -> summary(played, figure).median());
    addRow(table, "max", figure -> summary(played, figure).maximum());
    out.print(table);
    out.flush();
  }

  private static Summary summary(List<Round> played, Function<Round, Double> figure) {
    return Summary.of(played, figure::apply);
  }

  private static void addRow(
      TextTable table, String label, Function<Function<Round, Double>, Double> value) {
    List<Function<Round, Double>> figures =
        List.of(
            round -> round.muster().transactionsPerSecond(),
            round -> round.muster().medianMillis(),
            round -> round.muster().p99Millis(),
            round -> round.muster().serverCpuMicros(),
            round -> round.postgres().transactionsPerSecond(),
            round -> round.postgres().medianMillis(),
            round -> round.postgres().p99Millis(),
            round -> round.postgres().serverCpuMicros(),
            Round::throughputRatio,
            Round::latencyRatio);
    List<Object> cells = new ArrayList<>(List.of(label));
    figures.forEach(figure -> cells.add(Numbers.brief(value.apply(figure))));
    table.row(cells.toArray());
  }
}
