package dev.muster.api.type;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value of the session variable {@code TimeZone}: the zone in which times are printed, and in
 * which those are read that name none. All that prints or reads a time asks here, so that what was
 * printed is read as the same instant.
 *
 * <p>Named as in PostgreSQL: a name of the time zone database in any case; a number of hours east
 * of Greenwich; or POSIX's name and offset, whose sign is the other way round: {@code GMT-2} is two
 * hours <em>east</em>. The latter is what the JDBC driver sends for a JVM in {@code GMT+2}.
 *
 * @param name as SHOW tells it
 */
public record SessionZone(String name, ZoneId zone) {
  public static final SessionZone UTC = new SessionZone("UTC", ZoneOffset.UTC);

  /** The session variable, by its lower-case name. */
  public static final String VARIABLE = "timezone";

  private static final Pattern HOURS = Pattern.compile("[+-]?\\d{1,2}(?:\\.\\d{1,4})?");
  private static final Pattern POSIX =
      Pattern.compile("(?:[A-Za-z]{3,}|<[A-Za-z0-9:+-]+>)?([+-]?)(\\d{1,2})(?::(\\d{2}))?");

  /** Zones of one offset that the database has, but not Java. */
  private static final Map<String, String> FIXED =
      Map.of("EST", "-05:00", "MST", "-07:00", "HST", "-10:00");

  private static final Map<String, SessionZone> BY_NAME = byName();

  private static Map<String, SessionZone> byName() {
    Map<String, SessionZone> zones = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String id : ZoneId.getAvailableZoneIds()) {
      if (!id.startsWith("SystemV/")) {
        zones.put(id, new SessionZone(id, ZoneId.of(id)));
      }
    }
    FIXED.forEach((name, offset) -> zones.put(name, new SessionZone(name, ZoneId.of(offset))));
    zones.put("UTC", UTC);
    return Collections.unmodifiableMap(zones);
  }

  /** The zone of a name; empty where there is none. */
  public static Optional<SessionZone> find(String name) {
    String text = name.strip();
    SessionZone known = BY_NAME.get(text);
    return known != null ? Optional.of(known) : offset(text);
  }

  /** That of a session's variables, by lower-case name; UTC where they have none. */
  public static SessionZone of(Map<String, String> variables) {
    return Optional.ofNullable(variables.get(VARIABLE)).flatMap(SessionZone::find).orElse(UTC);
  }

  private static Optional<SessionZone> offset(String text) {
    if (HOURS.matcher(text).matches()) {
      return zone(Math.round(Double.parseDouble(text) * 60), Optional.empty());
    }
    Matcher posix = POSIX.matcher(text);
    if (!posix.matches()) {
      return Optional.empty();
    }
    long minutes =
        Long.parseLong(posix.group(2)) * 60
            + (posix.group(3) == null ? 0 : Long.parseLong(posix.group(3)));
    return zone(posix.group(1).equals("-") ? minutes : -minutes, Optional.of(text));
  }

  /** One of an offset, whose name is as PostgreSQL's: the hours east, then with POSIX's sign. */
  private static Optional<SessionZone> zone(long minutesEast, Optional<String> name) {
    try {
      ZoneOffset offset = ZoneOffset.ofTotalSeconds(Math.toIntExact(minutesEast * 60));
      String made = "<" + clock(minutesEast, '+', '-') + ">" + clock(minutesEast, '-', '+');
      return Optional.of(new SessionZone(name.orElse(made), offset));
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static String clock(long minutes, char east, char west) {
    long size = Math.abs(minutes);
    String hours = String.format(Locale.ROOT, "%c%02d", minutes < 0 ? west : east, size / 60);
    return size % 60 == 0 ? hours : hours + String.format(Locale.ROOT, ":%02d", size % 60);
  }

  /** The name by which the catalog's engine knows it. */
  public String engineName() {
    if (!(zone instanceof ZoneOffset offset)) {
      return zone.getId();
    }
    return offset.equals(ZoneOffset.UTC) ? "UTC" : "GMT" + offset.getId();
  }

  /** The instant of a time that names no zone. */
  public Instant instant(LocalDateTime time) {
    return instant(time, zone);
  }

  /**
   * The instant of a time in a zone. Where a clock is set back, the later of the two; what a clock
   * leaves out counts on from before: as PostgreSQL and the engine have it.
   */
  public static Instant instant(LocalDateTime time, ZoneId zone) {
    return time.atZone(zone).withLaterOffsetAtOverlap().toInstant();
  }
}
