package dev.muster.actors.simulation;

import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.Recorded;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the catalog tells of the past (invariants 10 and 11) agrees with the books, which were kept
 * of every event as it became durable; read along in pieces it is the same as read at once.
 */
final class PastChecks {
  private final World world;
  private final Books books;
  private final Retrospect along;
  private Optional<CatalogSnapshot> earlier = Optional.empty();
  private long revision;

  PastChecks(World world, Books books) {
    this.world = world;
    this.books = books;
    this.along = new Retrospect(world.journal(), world.plant());
  }

  /** A query begins: what it sees of the past it reads only at the next {@link #readOn}. */
  void begin() {
    earlier = Optional.of(along.snapshot(++revision));
  }

  /**
   * Reads on, first as a query does that began a while ago, and whose clusters have gone on since;
   * then all that there is.
   */
  void readOn() {
    earlier.ifPresent(along::readTo);
    earlier = Optional.empty();
    along.readTo(along.snapshot(++revision));
    changesAreTold();
    timeIsChargedOnce();
  }

  /** Everything again, from the journal alone. */
  void rebuild() {
    readOn();
    Retrospect anew = new Retrospect(world.journal(), world.plant());
    anew.readTo(anew.snapshot(1));
    Violation.unless(
        anew.lines().equals(along.lines()),
        10,
        () -> "read along it is, and read at once: " + differences(along, anew));
  }

  private static List<String> differences(Retrospect along, Retrospect anew) {
    List<String> differences = new ArrayList<>(along.lines());
    differences.removeAll(anew.lines());
    List<String> others = new ArrayList<>(anew.lines());
    others.removeAll(along.lines());
    differences.addAll(others);
    return differences.stream().sorted().limit(4).toList();
  }

  private void changesAreTold() {
    for (Map.Entry<HybridTime, Recorded<?>> change : books.changes().entrySet()) {
      List<Object> row = along.audit().get(change.getKey().value());
      Violation.unless(row != null, 10, () -> "no audit event tells of " + change);
      Violation.unless(
          row.get(5).equals(change.getValue().by().role())
              && row.get(6).equals(change.getKey().instant()),
          10,
          () -> row + " names somebody else than " + change);
    }
    if (along.audit().size() > books.changes().size()) {
      for (Map.Entry<Long, List<Object>> row : along.audit().entrySet()) {
        Violation.unless(
            books.changes().containsKey(new HybridTime(row.getKey())),
            10,
            () -> row + " tells of a change, and nothing has changed");
      }
    }
  }

  private void timeIsChargedOnce() {
    Map<String, BigDecimal> charged = new HashMap<>();
    for (List<Object> replica : along.replicas().values()) {
      String cluster = (String) replica.get(1);
      Instant from = Retrospect.at(replica, false);
      Instant end = Retrospect.at(replica, true);
      Instant to = end != null ? end : books.meters().get(cluster).readAt();
      Violation.unless(!to.isBefore(from), 11, () -> replica + " ends before it begins");
      BigDecimal millis = BigDecimal.valueOf(Duration.between(from, to).toMillis());
      charged.merge(cluster, ((BigDecimal) replica.get(6)).multiply(millis), BigDecimal::add);
    }
    books
        .meters()
        .forEach(
            (id, meter) ->
                Violation.unless(
                    charged.getOrDefault(id, BigDecimal.ZERO).compareTo(meter.owed()) == 0,
                    11,
                    () -> id + " owes " + meter + " and is charged " + charged.get(id)));
  }
}
