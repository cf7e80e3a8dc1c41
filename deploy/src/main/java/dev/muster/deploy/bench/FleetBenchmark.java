package dev.muster.deploy.bench;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine.Command;

/**
 * {@code muster bench fleet}: an availability zone is lost, and with it a third of all replicas;
 * how long until all are placed anew, and serve again, and how long until the spread is repaired
 * once the zone is back.
 *
 * <p>Replicas are simulated and hydrate at once: what is left is Muster's own part.
 */
@Command(
    name = "fleet",
    description =
        "A zone is lost under many clusters of three replicas: time until all are placed anew, and"
            + " events a second.",
    mixinStandardHelpOptions = true)
final class FleetBenchmark extends Benchmark {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration LOOK_EVERY = Duration.ofMillis(25);
  private static final String ZONE = "az1";
  private static final int REPLICAS = 3;

  private static final String SETTINGS =
      """
      muster.runtime.simulated.hydration-time = 1 ms
      muster.runtime.simulated.hydration-time-max = 1 ms
      """;

  private static final String LOOK =
      """
      SELECT count(*) FILTER (WHERE r.availability_zone = '%s'),
        count(*) FILTER (WHERE h.hydrated),
        count(*)
      FROM mz_catalog.mz_cluster_replicas r
      JOIN mz_catalog.mz_clusters c ON c.id = r.cluster_id
      JOIN mz_internal.mz_hydration_statuses h ON h.replica_id = r.id
      WHERE c.name LIKE 'c%%'\
      """
          .formatted(ZONE);

  /** What one look shows: replicas in the zone, hydrated ones, all. */
  private record Sight(long inZone, long hydrated, long all) {}

  private record Round(
      long moved, double placedSeconds, double servingSeconds, long events, double backSeconds) {
    double eventsPerSecond() {
      return events / servingSeconds;
    }
  }

  @Override
  void measure(Workshop workshop, BenchOptions given, PrintWriter out) {
    ThrowawayMuster muster = ThrowawayMuster.start(workshop, SETTINGS);
    int clusters = given.clusters(1_000);
    ClusterPopulation population = new ClusterPopulation(muster, clusters, REPLICAS);
    population.create();
    population.awaitOnline();
    List<Round> rounds = new ArrayList<>();
    try (Connection connection = muster.connect();
        Statement statement = connection.createStatement();
        PreparedStatement look = connection.prepareStatement(LOOK)) {
      long all = (long) clusters * REPLICAS;
      await(look, sight -> sight.hydrated() == all);
      for (int round = 0; round < given.rounds(3); round++) {
        rounds.add(round(statement, look, all, muster.data().resolve("journal.db")));
      }
    } catch (SQLException failure) {
      throw new BenchException("a statement failed: " + failure.getMessage(), failure);
    }
    print(clusters, rounds, out);
  }

  private static Round round(Statement statement, PreparedStatement look, long all, Path journal)
      throws SQLException {
    long moved = sight(look).inZone();
    long eventsBefore = events(journal);
    long lostNanos = System.nanoTime();
    statement.execute("ALTER AVAILABILITY ZONE " + ZONE + " SET OFFLINE REASON 'bench fleet'");
    await(look, sight -> sight.inZone() == 0);
    double placed = secondsSince(lostNanos);
    await(look, sight -> sight.hydrated() == all);
    double serving = secondsSince(lostNanos);
    long events = events(journal) - eventsBefore;
    long backNanos = System.nanoTime();
    statement.execute("ALTER AVAILABILITY ZONE " + ZONE + " SET ONLINE");
    await(look, sight -> sight.inZone() == moved && sight.hydrated() == all && sight.all() == all);
    return new Round(moved, placed, serving, events, secondsSince(backNanos));
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  private static void await(PreparedStatement look, Predicate<Sight> condition)
      throws SQLException {
    long untilNanos = System.nanoTime() + PATIENCE.toNanos();
    Sight sight = sight(look);
    while (!condition.test(sight)) {
      if (System.nanoTime() > untilNanos) {
        throw new BenchException("it has not settled in time: " + sight);
      }
      Await.pause(LOOK_EVERY);
      sight = sight(look);
    }
  }

  private static Sight sight(PreparedStatement look) throws SQLException {
    try (ResultSet rows = look.executeQuery()) {
      rows.next();
      return new Sight(rows.getLong(1), rows.getLong(2), rows.getLong(3));
    }
  }

  private static long events(Path journal) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + journal);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM event_journal")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void print(int clusters, List<Round> rounds, PrintWriter out) {
    out.println();
    out.println(
        "### %d clusters of %d simulated replicas each, and a zone is lost"
            .formatted(clusters, REPLICAS));
    out.println();
    TextTable table =
        new TextTable(
            "round",
            "replicas lost",
            "all placed anew s",
            "all serve again s",
            "events",
            "events/s",
            "zone back: spread repaired s");
    for (int index = 0; index < rounds.size(); index++) {
      Round round = rounds.get(index);
      table.row(
          index + 1,
          round.moved(),
          Numbers.brief(round.placedSeconds()),
          Numbers.brief(round.servingSeconds()),
          round.events(),
          Numbers.brief(round.eventsPerSecond()),
          Numbers.brief(round.backSeconds()));
    }
    out.print(table);
    out.println();
    out.println(
        Target.atMost("median time until all are placed anew", 5, " s")
            .verdict(Summary.of(rounds, Round::placedSeconds).median()));
  }
}
