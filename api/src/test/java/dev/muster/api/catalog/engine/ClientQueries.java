package dev.muster.api.catalog.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.muster.api.catalog.CatalogFixture;
import dev.muster.api.catalog.ReplicaObservation;
import dev.muster.journal.event.AutoScalingStrategy;
import dev.muster.journal.event.ClusterConfiguration.Managed;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.Reason;
import dev.muster.journal.event.ReplicaFailure;
import dev.muster.journal.event.ReplicaId;
import dev.muster.journal.event.ReplicaSettings;
import dev.muster.journal.event.Schedule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The small catalog that the clients' queries are asked of. */
final class ClientQueries {
  private static final String NAME = "-- # ";
  private static final String ROW = "-- = ";

  private ClientQueries() {}

  /**
   * prod (u1): two replicas, the first online and observed, the second killed for memory; dev (u2):
   * on refresh, with a strategy, no replica; gone (u3): created and dropped.
   */
  static CatalogFixture snapshot() {
    CatalogFixture fixture = new CatalogFixture();
    ClusterId prod = fixture.managed("prod", "100cc", 2);
    ReplicaId first = ReplicaId.of(prod, 1);
    ReplicaId second = ReplicaId.of(prod, 2);
    fixture.cluster(prod, new ClusterEvent.CommentChanged(Optional.empty(), Optional.of("live")));
    fixture.cluster(
        prod, new ClusterEvent.CommentChanged(Optional.of(first), Optional.of("the first")));
    fixture.cluster(prod, new ClusterEvent.ReplicaStarted(first, 1, "host1", 4711));
    fixture.cluster(
        prod, new ClusterEvent.ReplicaHydrated(first, 1, Duration.ofSeconds(1), 2, 100, 1000));
    fixture.cluster(prod, new ClusterEvent.ReplicaStarted(second, 1, "host2", 4712));
    fixture.cluster(
        prod,
        new ClusterEvent.ReplicaFailed(
            second, 1, new ReplicaFailure(ReplicaFailure.Kind.OOM_KILLED, Optional.empty()), 1));
    ClusterId dev = ClusterId.user(2);
    fixture.create(
        dev,
        "dev",
        "materialize",
        new Managed(
            "25cc",
            0,
            List.of("az1", "az2"),
            ReplicaSettings.DEFAULT,
            new Schedule.OnRefresh(Optional.of(Duration.ofHours(1))),
            Optional.of(new AutoScalingStrategy("200cc", Optional.of(Duration.ofSeconds(90)))),
            Optional.empty()));
    ClusterId gone = fixture.managed("gone", "25cc", 1);
    fixture.environment(new EnvironmentEvent.ClusterDropStarted(List.of(gone)));
    fixture.cluster(gone, new ClusterEvent.ReplicaDropped(ReplicaId.of(gone, 1), Reason.MANUAL));
    fixture.cluster(gone, new ClusterEvent.ClusterDropped());
    fixture.environment(new EnvironmentEvent.ClusterDropFinished(gone));
    fixture.store().withdraw(gone);
    fixture
        .store()
        .publish(
            new ReplicaObservation(
                first,
                Instant.ofEpochMilli(CatalogFixture.START_MILLIS),
                2,
                2,
                100,
                new ReplicaObservation.Consumption(
                    Optional.of(15525L * 1024 * 1024 / 2),
                    Optional.empty(),
                    Optional.of(500_000_000L),
                    Optional.empty(),
                    Optional.empty())));
    return fixture;
  }

  /**
   * A query of a client.
   *
   * @param expected its rows, as {@link #text} writes them
   */
  record Asked(String name, String sql, List<String> expected) {}

  /**
   * All of them. Each query of a resource begins with a line {@code -- # name}, then a line {@code
   * -- = row} for each row expected.
   */
  static List<Asked> all() {
    return Stream.of("terraform", "dbt", "exporter", "psql", "drivers")
        .flatMap(client -> of(client).stream())
        .toList();
  }

  private static List<Asked> of(String client) {
    List<Asked> all = new ArrayList<>();
    String name = null;
    List<String> expected = new ArrayList<>();
    StringBuilder sql = new StringBuilder();
    for (String line : (read(client) + "\n" + NAME + "end").split("\n")) {
      if (line.startsWith(NAME)) {
        if (name != null) {
          String text = sql.toString().strip();
          all.add(
              new Asked(
                  client + ": " + name,
                  text.substring(0, text.length() - 1),
                  List.copyOf(expected)));
        }
        name = line.substring(NAME.length());
        expected.clear();
        sql.setLength(0);
      } else if (line.startsWith(ROW)) {
        expected.add(line.substring(ROW.length()));
      } else {
        sql.append(line).append('\n');
      }
    }
    assertFalse(all.isEmpty());
    return all;
  }

  private static String read(String client) {
    String resource = "/client-queries/" + client + ".sql";
    try (InputStream stream = ClientQueries.class.getResourceAsStream(resource)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(resource, e);
    }
  }

  /** A row as the expectations write it. */
  static String text(List<Object> row) {
    return row.stream().map(Objects::toString).collect(Collectors.joining(" | "));
  }
}
