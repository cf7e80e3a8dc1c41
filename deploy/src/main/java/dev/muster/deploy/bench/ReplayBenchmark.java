package dev.muster.deploy.bench;

import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.past.PastState;
import dev.muster.journal.sqlite.EmbeddedJournal;
import dev.muster.journal.sqlite.OfflineJournal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code muster bench replay}: what a long past costs. */
@Command(
    name = "replay",
    description =
        "Events a second folded from a journal of a million events over 10,000 clusters, beside"
            + " reading the same rows by JDBC alone; AS OF on that journal; and the audit of"
            + " 100,000 events beside the same rows in PostgreSQL.",
    mixinStandardHelpOptions = true)
final class ReplayBenchmark extends Benchmark {
  private static final String ROWS =
      "SELECT persistence_id, sequence_number, writer, write_timestamp, adapter_manifest,"
          + " event_ser_id, event_ser_manifest, event_payload FROM event_journal"
          + " WHERE persistence_id = ? AND NOT deleted ORDER BY sequence_number";

  /**
   * Of the clusters, for the audit: two of three events are rows of it, and it is to have 100,000.
   */
  private static final double PART_FOR_AUDIT = 0.15;

  private static final int LOOKS = 21;

  /** Seconds to read all rows, and to fold them; bytes that the folded state keeps. */
  private record Round(double read, double fold, long keptBytes) {}

  @Override
  void measure(Workshop workshop, BenchOptions given, PrintWriter out) {
    int clusters = given.clusters(10_000);
    ThrowawayMuster muster = ThrowawayMuster.start(workshop);
    muster.kill();
    Instant beginning =
        Instant.now()
            .minus(MadeJournal.STEP.multipliedBy(MadeJournal.EVENTS_OF_A_CLUSTER))
            .minus(Duration.ofDays(2))
            .truncatedTo(ChronoUnit.MILLIS);
    long events = MadeJournal.write(muster.data(), clusters, beginning);
    fold(muster.data(), clusters, events, given.rounds(3), out);
    asOf(muster, beginning, clusters, events, out);
    muster.kill();
    MadeJournal.write(muster.data(), Math.max((int) (clusters * PART_FOR_AUDIT), 10), beginning);
    audit(muster, ThrowawayPostgres.start(workshop), out);
  }

  private static void fold(Path data, int clusters, long events, int rounds, PrintWriter out) {
    List<Round> all = new ArrayList<>();
    round(data, clusters);
    for (int round = 0; round < rounds; round++) {
      all.add(round(data, clusters));
    }
    out.printf("%n### a journal of %d events of %d clusters%n%n", events, clusters);
    TextTable table =
        new TextTable("round", "rows read by JDBC alone, a second", "events folded, a second");
    for (int round = 0; round < rounds; round++) {
      table.row(
          round + 1,
          Math.round(events / all.get(round).read()),
          Math.round(events / all.get(round).fold()));
    }
    out.print(table);
    out.println();
    out.println(
        Target.atLeast("events folded a second, the median", 200_000, "")
            .verdict(events / Summary.of(all, Round::fold).median()));
    out.printf(
        "- kept of it: %s bytes a cluster, however long its history%n",
        Math.round(Summary.of(all, round -> (double) round.keptBytes()).median() / clusters));
    out.flush();
  }

  private static Round round(Path data, int clusters) {
    double read = read(data, clusters);
    long before = usedBytes();
    long beganNanos = System.nanoTime();
    CatalogSnapshot state;
    try (OfflineJournal journal = OfflineJournal.open(data)) {
      state = PastState.of(journal);
    }
    double fold = secondsSince(beganNanos);
    if (state.clusters().size() != clusters + 2) {
      throw new BenchException("not all clusters were folded: " + state.clusters().size());
    }
    long kept = usedBytes() - before;
    // Still in use until here.
    return new Round(read, fold, state.clusters().isEmpty() ? 0 : kept);
  }

  private static long usedBytes() {
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** The same rows, entity by entity, each column of each. */
  private static double read(Path data, int clusters) {
    long beganNanos = System.nanoTime();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + EmbeddedJournal.file(data));
        PreparedStatement rows = connection.prepareStatement(ROWS)) {
      long read = count(rows, "environment|main");
      for (int each = 1; each <= clusters; each++) {
        read += count(rows, "cluster|u" + each);
      }
      if (read < (long) clusters * MadeJournal.EVENTS_OF_A_CLUSTER) {
        throw new BenchException("rows are missing: " + read);
      }
      return secondsSince(beganNanos);
    } catch (SQLException failure) {
      throw new BenchException("the journal cannot be read: " + failure.getMessage(), failure);
    }
  }

  private static long count(PreparedStatement statement, String entity) throws SQLException {
    statement.setString(1, entity);
    long count = 0;
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        count += rows.getString(1) == null ? 0 : 1;
        rows.getLong(2);
        rows.getString(3);
        rows.getLong(4);
        rows.getString(5);
        rows.getInt(6);
        rows.getString(7);
        rows.getBytes(8);
      }
    }
    return count;
  }

  private static void asOf(
      ThrowawayMuster muster, Instant beginning, int clusters, long events, PrintWriter out) {
    launch(muster);
    Instant middle = beginning.plusMillis(100_000_000).plus(MadeJournal.STEP.multipliedBy(50));
    try (Connection connection = muster.connect()) {
      Await.until(
          "all clusters are there",
          Duration.ofMinutes(5),
          () ->
              number(connection, "SELECT count(*) FROM mz_clusters WHERE id LIKE 'u%'")
                  == clusters);
      double first = seconds(connection, asOf(middle), clusters);
      List<Double> next = new ArrayList<>();
      for (int look = 1; look <= LOOKS; look++) {
        next.add(1000 * seconds(connection, asOf(middle.plusSeconds(look)), clusters));
      }
      out.printf("%n### AS OF on that journal of %d events, by SQL%n%n", events);
      out.println(Target.atMost("the first answer", 10, " s").verdict(first));
      out.println(
          Target.atMost("the next at a near instant, the median", 100, " ms")
              .verdict(Summary.of(next).median()));
      out.flush();
    } catch (SQLException failure) {
      throw new BenchException("Muster refused a statement: " + failure.getMessage(), failure);
    }
  }

  private static String asOf(Instant instant) {
    return "SELECT count(*) FROM mz_clusters WHERE id LIKE 'u%' AS OF " + instant.toEpochMilli();
  }

  private static double seconds(Connection connection, String query, long expected) {
    long beganNanos = System.nanoTime();
    long found = number(connection, query);
    double seconds = secondsSince(beganNanos);
    if (found != expected) {
      throw new BenchException("%s gave %d, not %d".formatted(query, found, expected));
    }
    return seconds;
  }

  private static long number(Connection connection, String query) {
    try (var statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException failure) {
      throw new BenchException(query + ": " + failure.getMessage(), failure);
    }
  }

  private static void launch(ThrowawayMuster muster) {
    try {
      muster.launch();
    } catch (IOException failure) {
      throw new BenchException("Muster could not be started: " + failure.getMessage(), failure);
    }
  }

  private static void audit(ThrowawayMuster muster, ThrowawayPostgres postgres, PrintWriter out) {
    launch(muster);
    try (Connection ours = muster.connect();
        Connection theirs = postgres.connect()) {
      long beganNanos = System.nanoTime();
      long rows = number(ours, "SELECT count(*) FROM mz_catalog.mz_audit_events");
      double filled = secondsSince(beganNanos);
      CatalogCopy.copyAudit(ours, postgres);
      String query =
          "SELECT count(*) FROM mz_catalog.mz_audit_events WHERE details->>'cluster_name' = 'c7'";
      long expected = number(theirs, query);
      List<Double> muster1 = new ArrayList<>();
      List<Double> postgres1 = new ArrayList<>();
      for (int look = 0; look < 2 * LOOKS; look++) {
        double one = 1000 * seconds(ours, query, expected);
        double other = 1000 * seconds(theirs, query, expected);
        if (look >= LOOKS) {
          muster1.add(one);
          postgres1.add(other);
        }
      }
      out.printf("%n### the audit of %d events%n%n", rows);
      out.println(
          new TextTable("", "ms, the median")
              .row("filled from the journal, the first time", Numbers.brief(1000 * filled))
              .row("Muster", Numbers.brief(Summary.of(muster1).median()))
              .row("PostgreSQL", Numbers.brief(Summary.of(postgres1).median())));
      out.println(
          Target.atMost("Muster's time as a multiple of PostgreSQL's", 2, "")
              .verdict(Summary.of(muster1).median() / Summary.of(postgres1).median()));
    } catch (SQLException failure) {
      throw new BenchException("a statement was refused: " + failure.getMessage(), failure);
    }
  }

  private static double secondsSince(long beganNanos) {
    return (System.nanoTime() - beganNanos) / 1e9;
  }
}
