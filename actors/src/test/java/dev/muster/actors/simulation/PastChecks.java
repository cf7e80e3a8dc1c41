package dev.muster.actors.simulation;

import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.JournalEvent;
import dev.muster.journal.event.Recorded;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the catalog tells of the past (invariants 10 and 11) agrees with the books, which were kept
 * of every event as it became durable; read along in pieces it is the same as read at once.
 */
final class PastChecks {
  private static final Pattern REPLICA = Pattern.compile("\"replica_id\":\"([^\"]*)\"");

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
    timeIsChargedOnce();
    changesAreTold();
    replicasComeAndGoOnce();
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

  /** In one row at least; in one more for each replica and each name that an event tells of. */
  private void changesAreTold() {
    int rows = 0;
    for (Map.Entry<HybridTime, Recorded<?>> change : books.changes().entrySet()) {
      int times = ((JournalEvent) change.getValue().event()).times();
      rows += times;
      for (int before = 0; before < times; before++) {
        HybridTime at = change.getKey().earlier(before);
        List<Object> row = along.audit().get(at.value());
        Violation.unless(row != null, 10, () -> "no audit event tells of " + change + " at " + at);
        Violation.unless(
            row.get(5).equals(change.getValue().by().role()) && row.get(6).equals(at.instant()),
            10,
            () -> row + " names somebody else than " + change);
      }
    }
    if (along.audit().size() > rows) {
      along.audit().forEach((id, row) -> tellsOfAChange(new HybridTime(id), row));
    }
  }

  private void tellsOfAChange(HybridTime at, List<Object> row) {
    Map.Entry<HybridTime, Recorded<?>> change = books.changes().ceilingEntry(at);
    Violation.unless(
        change != null
            && at.compareTo(
                    change.getKey().earlier(((JournalEvent) change.getValue().event()).times() - 1))
                >= 0,
        10,
        () -> row + " tells of a change, and nothing has changed");
  }

  /** What the audit log says of replicas adds up to those that there are. */
  private void replicasComeAndGoOnce() {
    Map<String, String> told = new HashMap<>();
    for (List<Object> row : along.audit().values()) {
      if (row.get(3).equals("cluster-replica") && !row.get(2).equals("comment")) {
        Matcher replica = REPLICA.matcher(row.get(4).toString());
        Violation.unless(replica.find(), 10, () -> row + " names no replica");
        String before = told.put(replica.group(1), row.get(2).toString());
        Violation.unless(
            row.get(2).equals("create") ? before == null : before != null && !before.equals("drop"),
            10,
            () -> row + " after " + before);
      }
    }
    told.values().removeIf("drop"::equals);
    Set<String> running =
        along.replicas().values().stream()
            .filter(replica -> Retrospect.at(replica, true) == null)
            .map(replica -> (String) replica.getFirst())
            .collect(Collectors.toSet());
    Violation.unless(
        told.keySet().equals(running),
        10,
        () -> "by the audit log there are " + told.keySet() + ", but there are " + running);
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
