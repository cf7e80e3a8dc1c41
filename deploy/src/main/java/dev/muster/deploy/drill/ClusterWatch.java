package dev.muster.deploy.drill;

import dev.muster.deploy.drill.Installation.ClusterView;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What became of each cluster in the course of a drill, look by look. Times are of the caller's
 * clock, in nanoseconds. Of clusters that served nothing before the drill it says nothing.
 *
 * <p>A look takes time, and where Muster is busy a long one: what it shows may have been so when it
 * was begun, and no longer when it ended. Hence what comes to rest after a change is told by looks
 * alone that were begun after Muster had acknowledged the change.
 */
final class ClusterWatch {
  private final Map<String, Course> courses = new LinkedHashMap<>();
  private long lastLookNanos;
  private long lastBegunNanos;
  private long longestPauseNanos;
  private long looks;
  private boolean zoneIsOut;
  private long zoneOutNanos;
  private OptionalLong acknowledgedNanos = OptionalLong.empty();
  private OptionalLong restSinceNanos = OptionalLong.empty();
  private OptionalLong latestBegunNanos = OptionalLong.empty();

  /** One cluster's. */
  static final class Course {
    private final ClusterView before;
    private final int pinned;
    private long downSinceNanos = -1;
    private long longestDownNanos;
    private boolean servedAgainWhileOut;
    private long downWhileOutNanos;
    private long redundantAfterNanos = -1;

    private Course(ClusterView before, int pinned) {
      this.before = before;
      this.pinned = pinned;
    }

    ClusterView before() {
      return before;
    }

    /** The longest time without a hydrated replica, as far as looks can tell; 0 if never. */
    long longestDownNanos() {
      return longestDownNanos;
    }

    /** Whether it is without a hydrated replica still. */
    boolean isDown() {
      return downSinceNanos >= 0;
    }

    /** Whether the loss was survived, or repaired, without the zone, and a look has shown it. */
    boolean servedWithoutTheZone() {
      return servedAgainWhileOut;
    }

    /** As {@link #longestDownNanos}, until the zone was brought back. */
    long downWhileOutNanos() {
      return downWhileOutNanos;
    }

    /** Whether all its replicas are pinned to the zone: it cannot serve without it. */
    boolean isPinned() {
      return pinned >= before.replicas();
    }

    /** From the loss until as many replicas as before were hydrated in the other zones. */
    OptionalLong redundantAfterNanos() {
      return redundantAfterNanos < 0 ? OptionalLong.empty() : OptionalLong.of(redundantAfterNanos);
    }
  }

  /**
   * @param before the installation as it was
   * @param pinned how many replicas of which clusters cannot leave the zone
   */
  synchronized void begin(List<ClusterView> before, Map<String, Integer> pinned, long nowNanos) {
    lastLookNanos = nowNanos;
    lastBegunNanos = nowNanos;
    for (ClusterView view : before) {
      if (view.hydrated() > 0) {
        courses.put(view.name(), new Course(view, pinned.getOrDefault(view.name(), 0)));
      }
    }
  }

  /** From now on the zone counts as lost, whatever the catalog still says of it. */
  synchronized void zoneOut(long nowNanos) {
    zoneIsOut = true;
    zoneOutNanos = nowNanos;
    awaitAcknowledgement();
  }

  /** From now on the zone counts as being there; what has not recovered by now needed it. */
  synchronized void zoneBack() {
    for (Course course : courses.values()) {
      course.servedAgainWhileOut = latestBegunNanos.isPresent() && !course.isDown();
      course.downWhileOutNanos = course.longestDownNanos;
    }
    zoneIsOut = false;
    awaitAcknowledgement();
  }

  private void awaitAcknowledgement() {
    acknowledgedNanos = OptionalLong.empty();
    latestBegunNanos = OptionalLong.empty();
    restSinceNanos = OptionalLong.empty();
  }

  /** Muster has said that the zone is out, or back: what is looked at from now on shows it. */
  synchronized void acknowledged(long nowNanos) {
    acknowledgedNanos = OptionalLong.of(nowNanos);
  }

  /**
   * @param begunNanos when it was asked
   * @param nowNanos when the answer came
   */
  synchronized void look(List<ClusterView> views, long begunNanos, long nowNanos) {
    looks++;
    longestPauseNanos = Math.max(longestPauseNanos, nowNanos - lastLookNanos);
    for (ClusterView view : views) {
      Course course = courses.get(view.name());
      if (course != null) {
        follow(course, view, nowNanos);
      }
    }
    // A cluster that was dropped meanwhile is nobody's loss.
    courses.keySet().removeIf(name -> views.stream().noneMatch(view -> view.name().equals(name)));
    lastLookNanos = nowNanos;
    lastBegunNanos = begunNanos;
    if (acknowledgedNanos.isPresent() && begunNanos - acknowledgedNanos.getAsLong() >= 0) {
      latestBegunNanos = OptionalLong.of(begunNanos);
      if (!isAtRest(views)) {
        restSinceNanos = OptionalLong.empty();
      } else if (restSinceNanos.isEmpty()) {
        restSinceNanos = OptionalLong.of(begunNanos);
      }
    }
  }

  /** It went down after the look before was begun, at the earliest: that is what counts. */
  private void follow(Course course, ClusterView view, long nowNanos) {
    boolean serves = (zoneIsOut ? view.hydratedElsewhere() : view.hydrated()) > 0;
    if (!serves && course.downSinceNanos < 0) {
      course.downSinceNanos = zoneIsOut ? Math.max(lastBegunNanos, zoneOutNanos) : lastBegunNanos;
    }
    if (course.downSinceNanos >= 0) {
      course.longestDownNanos = Math.max(course.longestDownNanos, nowNanos - course.downSinceNanos);
    }
    if (serves) {
      course.downSinceNanos = -1;
    }
    if (zoneIsOut
        && course.redundantAfterNanos < 0
        && view.hydratedElsewhere() >= course.before.hydrated()) {
      course.redundantAfterNanos = nowNanos - zoneOutNanos;
    }
  }

  private boolean isAtRest(List<ClusterView> views) {
    return views.stream()
        .allMatch(
            view -> {
              Course course = courses.get(view.name());
              return course == null
                  || (zoneIsOut ? isSettled(course, view) : isAsBefore(course, view));
            });
  }

  /** Every replica that may be in another zone is hydrated there, or there is no place for it. */
  private static boolean isSettled(Course course, ClusterView view) {
    return view.unsettled() <= course.pinned;
  }

  /** As many replicas hydrated as before, none on the move. */
  private static boolean isAsBefore(Course course, ClusterView view) {
    return view.moving() == 0
        && view.waiting() <= course.before.waiting()
        && view.hydrated() == view.replicas() - view.waiting();
  }

  /**
   * Whether all has come to rest after the latest change of the zone, as two looks at least tell
   * that were begun so far apart, and all those between them.
   */
  synchronized boolean hasRestedFor(Duration calm) {
    return restSinceNanos.isPresent()
        && latestBegunNanos.orElseThrow() - restSinceNanos.getAsLong() >= calm.toNanos();
  }

  /** When the first of the looks was begun that have all shown it at rest. */
  synchronized OptionalLong restSinceNanos() {
    return restSinceNanos;
  }

  synchronized Map<String, Course> courses() {
    return Map.copyOf(courses);
  }

  synchronized long looks() {
    return looks;
  }

  /** How far apart two looks were at most: what the figures may be off by. */
  synchronized long longestPauseNanos() {
    return longestPauseNanos;
  }
}
