package dev.muster.deploy.system;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Changes clusters of its own, one statement after the other, until its connection dies; keeps what
 * was acknowledged, and the one change whose outcome it never heard.
 */
final class Writer {
  private static final List<String> SIZES = List.of("1", "2", "4", "8");
  private static final int NAMES = 5;
  private static final int FACTOR_MAX = 3;

  private final String prefix;
  private final Random random;
  private Map<String, Declared> acknowledged = Map.of();
  private Optional<Change> unheard = Optional.empty();

  /** What a cluster was declared to be. A comment of "" is none. */
  record Declared(String size, int factor, String comment) {}

  /** A statement, and all clusters of the writer, by name, once it is carried out. */
  record Change(String statement, Map<String, Declared> after) {}

  Writer(String prefix, Random random) {
    this.prefix = prefix;
    this.random = random;
  }

  String prefix() {
    return prefix;
  }

  /** Counts every acknowledgement; returns when the server is gone. */
  void writeUntilKilled(RunningMuster muster, AtomicLong acknowledgements) throws SQLException {
    try (Connection connection = muster.connect("&preferQueryMode=simple")) {
      while (true) {
        Change change = next();
        unheard = Optional.of(change);
        RunningMuster.sql(connection, change.statement());
        acknowledged = change.after();
        unheard = Optional.empty();
        acknowledgements.incrementAndGet();
      }
    } catch (SQLException failure) {
      if (!isLossOfServer(failure)) {
        throw failure;
      }
    }
  }

  /**
   * Takes what is there after the restart as the truth from now on.
   *
   * @throws AssertionError unless that is all that was acknowledged, and the unheard change whole
   *     or not at all
   */
  void compare(Map<String, Declared> actual) {
    boolean done = unheard.map(change -> change.after().equals(actual)).orElse(false);
    if (!done && !acknowledged.equals(actual)) {
      throw new AssertionError(
          "%s: acknowledged %s, unheard %s, but there is %s"
              .formatted(prefix, acknowledged, unheard, actual));
    }
    acknowledged = actual;
    unheard = Optional.empty();
  }

  /** The connection broke, could not be made, or was told that the server stops. */
  private static boolean isLossOfServer(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return state.startsWith("08") || state.equals("57P01");
  }

  private Change next() {
    List<String> mine = new ArrayList<>(acknowledged.keySet());
    List<String> free = new ArrayList<>();
    for (int i = 0; i < NAMES; i++) {
      if (!acknowledged.containsKey(prefix + i)) {
        free.add(prefix + i);
      }
    }
    if (mine.isEmpty() || (!free.isEmpty() && random.nextInt(6) == 0)) {
      return create(pick(free));
    }
    String name = pick(mine);
    return switch (random.nextInt(8)) {
      case 0 -> drop(name);
      case 1 -> free.isEmpty() ? resize(name) : rename(name, pick(free));
      case 2 -> mine.size() < 2 ? comment(name) : swap(mine);
      case 3 -> comment(name);
      case 4 -> resize(name);
      case 5 -> resizeAndScale(name);
      default -> scale(name);
    };
  }

  private Change create(String name) {
    Declared declared = new Declared(pick(SIZES), random.nextInt(FACTOR_MAX + 1), "");
    return new Change(
        "CREATE CLUSTER %s (SIZE = '%s', REPLICATION FACTOR = %d)"
            .formatted(name, declared.size(), declared.factor()),
        with(name, declared));
  }

  private Change drop(String name) {
    Map<String, Declared> after = new TreeMap<>(acknowledged);
    after.remove(name);
    return new Change("DROP CLUSTER " + name, after);
  }

  private Change rename(String name, String to) {
    Map<String, Declared> after = new TreeMap<>(acknowledged);
    after.put(to, after.remove(name));
    return new Change("ALTER CLUSTER %s RENAME TO %s".formatted(name, to), after);
  }

  private Change swap(List<String> mine) {
    int first = random.nextInt(mine.size());
    int second = (first + 1 + random.nextInt(mine.size() - 1)) % mine.size();
    String one = mine.get(first);
    String other = mine.get(second);
    Map<String, Declared> after = new TreeMap<>(acknowledged);
    after.put(one, acknowledged.get(other));
    after.put(other, acknowledged.get(one));
    return new Change("ALTER CLUSTER %s SWAP WITH %s".formatted(one, other), after);
  }

  private Change comment(String name) {
    Declared was = acknowledged.get(name);
    String comment = "note " + random.nextInt(1_000_000);
    return new Change(
        "COMMENT ON CLUSTER %s IS '%s'".formatted(name, comment),
        with(name, new Declared(was.size(), was.factor(), comment)));
  }

  private Change scale(String name) {
    Declared was = acknowledged.get(name);
    int factor = random.nextInt(FACTOR_MAX + 1);
    return new Change(
        "ALTER CLUSTER %s SET (REPLICATION FACTOR = %d)".formatted(name, factor),
        with(name, new Declared(was.size(), factor, was.comment())));
  }

  private Change resize(String name) {
    Declared was = acknowledged.get(name);
    String size = pick(SIZES);
    return new Change(
        "ALTER CLUSTER %s SET (SIZE = '%s') WITH (WAIT FOR '0s')".formatted(name, size),
        with(name, new Declared(size, was.factor(), was.comment())));
  }

  private Change resizeAndScale(String name) {
    Declared was = acknowledged.get(name);
    String size = pick(SIZES);
    int factor = random.nextInt(FACTOR_MAX + 1);
    return new Change(
        "ALTER CLUSTER %s SET (SIZE = '%s', REPLICATION FACTOR = %d) WITH (WAIT FOR '0s')"
            .formatted(name, size, factor),
        with(name, new Declared(size, factor, was.comment())));
  }

  private Map<String, Declared> with(String name, Declared declared) {
    Map<String, Declared> after = new TreeMap<>(acknowledged);
    after.put(name, declared);
    return after;
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
