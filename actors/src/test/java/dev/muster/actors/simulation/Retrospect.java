package dev.muster.actors.simulation;

import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.Published;
import dev.muster.api.catalog.history.HistoryRows;
import dev.muster.api.catalog.history.JournalHistory;
import dev.muster.journal.event.ClusterEvent;
import dev.muster.journal.event.ClusterEvent.ReconfigurationFinished;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.EnvironmentEvent;
import dev.muster.journal.event.Recorded;
import dev.muster.journal.read.JournalReader;
import dev.muster.journal.state.ClusterState;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.pcollections.HashTreePMap;

/** The product's own reading of the past, from the simulated journal, and the tables it fills. */
final class Retrospect implements JournalReader {
  private static final Pattern NAME = Pattern.compile("\"(name|cluster_name)\":\"[^\"]*\"");

  private final Journal journal;
  private final Plant plant;
  private final JournalHistory history = new JournalHistory(this);
  private final Map<String, List<Object>> replicas = new TreeMap<>();
  private final TreeMap<Long, List<Object>> audit = new TreeMap<>();
  private final List<String> others = new ArrayList<>();
  private final Map<String, Instant> latestStatus = new HashMap<>();

  Retrospect(Journal journal, Plant plant) {
    this.journal = journal;
    this.plant = plant;
  }

  /** Every replica that ever was, by its id: see {@code ReplicaLife} for the columns. */
  Map<String, List<Object>> replicas() {
    return replicas;
  }

  /** The audit log by its ids: see {@code AuditRows} for the columns. */
  TreeMap<Long, List<Object>> audit() {
    return audit;
  }

  /** All that it knows, in whatever order it was read. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(others);
    replicas.values().forEach(row -> lines.add("replica " + row));
    audit.values().forEach(row -> lines.add("audit " + row));
    Collections.sort(lines);
    return lines;
  }

  /**
   * What a query would see now.
   *
   * @param revision larger than that of all snapshots before
   */
  CatalogSnapshot snapshot(long revision) {
    Map<ClusterId, Published<ClusterState>> clusters = new HashMap<>();
    journal
        .states()
        .forEach(
            (id, state) -> {
              if (state instanceof ClusterState.Live) {
                clusters.put(id, new Published<>(state, journal.cluster(id).size(), revision));
              }
            });
    return new CatalogSnapshot(
        revision,
        new Published<>(journal.environmentState(), journal.environment().size(), revision),
        HashTreePMap.from(clusters),
        HashTreePMap.empty(),
        0);
  }

  /** Reads on, as far as the snapshot goes; of its clusters whatever there is by now. */
  void readTo(CatalogSnapshot snapshot) {
    history.readTo(snapshot, () -> false);
    try {
      history.take(this::take);
    } catch (SQLException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void take(HistoryRows rows) {
    for (Map.Entry<String, List<Object>> row : rows.replicas().entrySet()) {
      List<Object> before = replicas.put(row.getKey(), row.getValue());
      Violation.unless(
          before == null || before.get(5) == null && before.get(4).equals(row.getValue().get(4)),
          11,
          () -> before + " was settled, and became " + row.getValue());
    }
    for (List<Object> row : rows.audit()) {
      List<Object> before = audit.put((Long) row.get(1), row);
      Violation.unless(before == null, 10, () -> before + " is told again: " + row);
    }
    if (plant != Plant.AUDIT_KEEPS_OLD_NAMES) {
      rows.renamings().forEach(this::rename);
    }
    rows.statuses().forEach(this::status);
    rows.hydrations().forEach(row -> others.add("hydration " + row));
    rows.names().forEach(row -> others.add("name " + row));
    rows.scalings().forEach(row -> others.add("scaling " + row));
  }

  /** What happened to one replica is told in its order, whatever the clocks said. */
  private void status(List<Object> row) {
    Instant at = (Instant) row.get(3);
    Instant before = latestStatus.put((String) row.get(0), at);
    Violation.unless(
        before == null || !at.isBefore(before), 10, () -> row + " comes after " + before);
    others.add("status " + row);
  }

  private void rename(HistoryRows.Renaming renaming) {
    audit
        .tailMap(renaming.after().value(), false)
        .replaceAll(
            (id, row) -> {
              if (!renaming.id().value().equals(row.get(0))) {
                return row;
              }
              List<Object> renamed = new ArrayList<>(row);
              renamed.set(
                  4,
                  NAME.matcher(row.get(4).toString())
                      .replaceAll("\"$1\":\"" + renaming.name() + "\""));
              return renamed;
            });
  }

  @Override
  public CompletionStage<List<Sequenced<ClusterEvent>>> cluster(ClusterId id, long from, long to) {
    List<Recorded<ClusterEvent>> events = journal.cluster(id);
    return sequenced(
        plant == Plant.RETIRED_CHARGED_ON
            ? events.stream().map(Retrospect::retiringNone).toList()
            : events,
        from,
        to);
  }

  private static Recorded<ClusterEvent> retiringNone(Recorded<ClusterEvent> recorded) {
    return recorded.event() instanceof ReconfigurationFinished finished
        ? new Recorded<>(
            recorded.at(),
            recorded.by(),
            new ReconfigurationFinished(
                finished.from(),
                finished.target(),
                finished.hydrated(),
                finished.promoted(),
                List.of(),
                false))
        : recorded;
  }

  @Override
  public CompletionStage<List<Sequenced<EnvironmentEvent>>> environment(long from, long to) {
    return sequenced(journal.environment(), from, to);
  }

  private static <E> CompletionStage<List<Sequenced<E>>> sequenced(
      List<Recorded<E>> events, long from, long to) {
    List<Sequenced<E>> read = new ArrayList<>();
    for (long number = from; number <= Math.min(to, events.size()); number++) {
      read.add(new Sequenced<>(number, events.get((int) number - 1)));
    }
    return CompletableFuture.completedFuture(read);
  }

  /** When a replica's charge begins and ends; null where it has not ended. */
  static Instant at(List<Object> replica, boolean end) {
    return (Instant) replica.get(end ? 5 : 4);
  }
}
