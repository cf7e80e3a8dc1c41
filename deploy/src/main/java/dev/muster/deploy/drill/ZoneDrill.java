package dev.muster.deploy.drill;

import dev.muster.deploy.drill.Installation.Zone;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One drill.
 *
 * <pre>
 *   zones, clusters as they are -- SET OFFLINE -- all settled without the zone -- SET ONLINE -- all as before
 *                                  `------- a hook brings the zone back if the process ends -----'
 * </pre>
 *
 * Meanwhile a thread of its own looks at every cluster, on a connection of its own.
 */
final class ZoneDrill implements AutoCloseable {
  private static final Duration LOOK_EVERY = Duration.ofMillis(10);

  /** Everything has settled when it has been so for this long. */
  private static final Duration CALM = Duration.ofSeconds(1);

  private final Installation installation;
  private final String zone;
  private final PrintWriter out;
  private final Connection connection;
  private final ClusterWatch watch = new ClusterWatch();
  private final AtomicBoolean zoneIsOut = new AtomicBoolean();
  private final Thread hook = new Thread(this::bringBackAtTheEnd, "bring-the-zone-back");
  private volatile boolean stopping;

  ZoneDrill(Installation installation, String zone, PrintWriter out) {
    this.installation = installation;
    this.zone = zone;
    this.out = out;
    this.connection = installation.connect();
  }

  List<Zone> zones() throws SQLException {
    return installation.zones(connection);
  }

  /**
   * Holds the drill.
   *
   * @throws DrillException where it cannot be held; nothing was done, or all was undone
   */
  DrillReport hold(int holdSeconds, int patienceSeconds) throws SQLException {
    noOtherIsOut();
    List<Installation.ClusterView> before = views();
    watch.begin(before, new Pins(connection, zone).of(before, zones()), System.nanoTime());
    Thread.ofPlatform().daemon().name("prober").start(this::probe);
    Runtime.getRuntime().addShutdownHook(hook);
    long outNanos = takeOut();
    say("zone %s is out; waiting for its clusters to recover without it", zone);
    boolean recovered = settles(patienceSeconds);
    pause(Duration.ofSeconds(holdSeconds));
    double outSeconds = secondsSince(outNanos);
    watch.zoneBack();
    bringBack();
    long backNanos = System.nanoTime();
    say("zone %s is back; waiting for the spread to be repaired", zone);
    OptionalDouble repairSeconds =
        settles(patienceSeconds) ? OptionalDouble.of(restAfter(backNanos)) : OptionalDouble.empty();
    return new DrillReport(zone, watch, outSeconds, recovered, repairSeconds);
  }

  private List<Installation.ClusterView> views() throws SQLException {
    try (PreparedStatement look = Installation.look(connection, zone)) {
      return Installation.views(look);
    }
  }

  private void noOtherIsOut() throws SQLException {
    Optional<Zone> other = zones().stream().filter(one -> !one.online()).findFirst();
    if (other.isPresent()) {
      throw new DrillException(underWay(other.get()));
    }
  }

  private static String underWay(Zone other) {
    return "availability zone "
        + other.name()
        + " is offline since "
        + other.since()
        + (other.reason() == null ? "" : " (" + other.reason() + ")")
        + ": another drill, or an outage, is under way; ALTER AVAILABILITY ZONE "
        + other.name()
        + " SET ONLINE ends it";
  }

  /** Two drills that begin together see each other now, and both give way. */
  private long takeOut() throws SQLException {
    long nanos = System.nanoTime();
    watch.zoneOut(nanos);
    zoneIsOut.set(true);
    try {
      installation.takeOut(connection, zone);
      watch.acknowledged(System.nanoTime());
    } catch (SQLException refused) {
      zoneIsOut.set(false);
      throw new DrillException(Installation.firstLine(refused));
    }
    Optional<Zone> other =
        zones().stream().filter(one -> !one.online() && !one.name().equals(zone)).findFirst();
    if (other.isPresent()) {
      bringBack();
      throw new DrillException(underWay(other.get()));
    }
    return nanos;
  }

  private void bringBack() throws SQLException {
    if (zoneIsOut.compareAndSet(true, false)) {
      try {
        installation.bringBack(connection, zone);
        watch.acknowledged(System.nanoTime());
      } catch (SQLException failure) {
        zoneIsOut.set(true);
        throw failure;
      }
    }
  }

  /** The process ends: by Ctrl-C, or because something went wrong. */
  private void bringBackAtTheEnd() {
    if (!zoneIsOut.compareAndSet(true, false)) {
      return;
    }
    try (Connection fresh = installation.connect()) {
      installation.bringBack(fresh, zone);
      say("interrupted: zone %s is back", zone);
    } catch (SQLException | DrillException failure) {
      say(
          "zone %s could not be brought back: %s; say ALTER AVAILABILITY ZONE %s SET ONLINE",
          zone, failure.getMessage(), zone);
    }
  }

  private void say(String text, Object... arguments) {
    out.println("drill: " + text.formatted(arguments));
    out.flush();
  }

  /** Whether all comes to rest within the time given, and stays so for a moment. */
  private boolean settles(int patienceSeconds) {
    long untilNanos =
        System.nanoTime() + TimeUnit.SECONDS.toNanos(patienceSeconds) + CALM.toNanos();
    while (!watch.hasRestedFor(CALM)) {
      if (System.nanoTime() - untilNanos > 0) {
        return false;
      }
      pause(LOOK_EVERY);
    }
    return true;
  }

  private double restAfter(long nanos) {
    OptionalLong since = watch.restSinceNanos();
    return since.isPresent() ? Math.max(0, (since.getAsLong() - nanos) / 1e9) : secondsSince(nanos);
  }

  private void probe() {
    while (!stopping) {
      try (Connection own = installation.connect();
          PreparedStatement look = Installation.look(own, zone)) {
        while (!stopping) {
          long begunNanos = System.nanoTime();
          List<Installation.ClusterView> views = Installation.views(look);
          watch.look(views, begunNanos, System.nanoTime());
          pause(LOOK_EVERY);
        }
      } catch (SQLException | DrillException unanswered) {
        // Asked again; the pause between two looks tells of it in the report.
        pause(LOOK_EVERY);
      }
    }
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  private static void pause(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new DrillException("interrupted");
    }
  }

  @Override
  public void close() throws SQLException {
    stopping = true;
    if (zoneIsOut.get()) {
      bringBackAtTheEnd();
    }
    connection.close();
  }
}
