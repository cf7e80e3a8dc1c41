package dev.muster.deploy.drill;

import dev.muster.deploy.drill.Installation.ClusterView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What became of each cluster in the course of a drill, look by look. Times are of the caller's
 * clock, in nanoseconds. Of clusters that served nothing before the drill it says nothing.
 */
final class ClusterWatch {
  private final Map<String, Course> courses = new LinkedHashMap<>();
  private long lastLookNanos;
  private long longestPauseNanos;
  private long looks;
  private boolean zoneIsOut;
  private long zoneOutNanos;
  private List<ClusterView> latest = List.of();

  /** One cluster's. */
  static final class Course {
    private final ClusterView before;
    private long downSinceNanos = -1;
    private long longestDownNanos;
    private boolean servedAgainWhileOut = true;
    private long redundantAfterNanos = -1;

    private Course(ClusterView before) {
      this.before = before;
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

    /** Whether the loss was survived, or repaired, without the zone. */
    boolean servedWithoutTheZone() {
      return servedAgainWhileOut;
    }

    /** From the loss until as many replicas as before were hydrated in the other zones. */
    OptionalLong redundantAfterNanos() {
      return redundantAfterNanos < 0 ? OptionalLong.empty() : OptionalLong.of(redundantAfterNanos);
    }
  }

  /**
   * @param before the installation as it was
   */
  synchronized void begin(List<ClusterView> before, long nowNanos) {
    lastLookNanos = nowNanos;
    for (ClusterView view : before) {
      if (view.hydrated() > 0) {
        courses.put(view.name(), new Course(view));
      }
    }
  }

  /** From now on the zone counts as lost, whatever the catalog still says of it. */
  synchronized void zoneOut(long nowNanos) {
    zoneIsOut = true;
    zoneOutNanos = nowNanos;
  }

  synchronized void zoneBack() {
    courses.values().forEach(course -> course.servedAgainWhileOut = !course.isDown());
    zoneIsOut = false;
  }

  synchronized void look(List<ClusterView> views, long nowNanos) {
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
    latest = List.copyOf(views);
  }

  /** It went down between the look before and this one: the earlier is what counts. */
  private void follow(Course course, ClusterView view, long nowNanos) {
    boolean serves = (zoneIsOut ? view.hydratedElsewhere() : view.hydrated()) > 0;
    if (!serves && course.downSinceNanos < 0) {
      course.downSinceNanos = zoneIsOut ? Math.max(lastLookNanos, zoneOutNanos) : lastLookNanos;
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

  /** Whether every replica that has a place outside the zone is hydrated. */
  synchronized boolean hasSettledWithoutTheZone() {
    return !latest.isEmpty() && latest.stream().allMatch(view -> view.settling() <= 0);
  }

  /** Whether all is as it was: as many replicas hydrated as before, none on the move. */
  synchronized boolean isAsBefore() {
    return !latest.isEmpty()
        && latest.stream()
            .allMatch(
                view -> {
                  Course course = courses.get(view.name());
                  return course == null
                      || view.moving() == 0
                          && view.waiting() <= course.before.waiting()
                          && view.hydrated() == view.replicas() - view.waiting();
                });
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
