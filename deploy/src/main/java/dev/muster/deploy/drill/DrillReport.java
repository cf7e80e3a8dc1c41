package dev.muster.deploy.drill;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a drill tells: for each cluster how long it had no hydrated replica, and what that means for
 * the levels of disaster recovery that the operator's manual knows.
 *
 * @param recovered whether everything came to rest in time without the zone
 * @param repairSeconds from when the zone was back until everything came to rest again; empty where
 *     it did not in time
 */
record DrillReport(
    String zone,
    ClusterWatch watch,
    double outSeconds,
    boolean recovered,
    OptionalDouble repairSeconds) {
  private static final double NANOS = 1e9;

  /** Whether all clusters recovered as their level promises. */
  boolean passed() {
    return settled() && watch.courses().values().stream().allMatch(DrillReport::keptItsPromise);
  }

  private boolean settled() {
    return recovered && repairSeconds.isPresent();
  }

  /** Nobody promises that what is pinned to a zone serves without it: only that it does after. */
  private static boolean keptItsPromise(ClusterWatch.Course course) {
    if (course.isDown()) {
      return false;
    }
    return isLevel2(course)
        ? isUninterrupted(course)
        : course.isPinned() || course.servedWithoutTheZone();
  }

  /** Replicas in other zones, too. */
  private static boolean isLevel2(ClusterWatch.Course course) {
    return course.before().hydratedElsewhere() > 0;
  }

  private static boolean isUninterrupted(ClusterWatch.Course course) {
    return course.longestDownNanos() == 0;
  }

  void print(PrintWriter out) {
    Map<String, ClusterWatch.Course> courses = watch.courses();
    List<Map.Entry<String, ClusterWatch.Course>> concerned =
        courses.entrySet().stream()
            .filter(entry -> entry.getValue().before().inZone() > 0)
            .sorted(
                Comparator.comparingLong(
                        (Map.Entry<String, ClusterWatch.Course> entry) ->
                            -entry.getValue().longestDownNanos())
                    .thenComparing(Map.Entry::getKey))
            .toList();
    out.printf(
        Locale.ROOT,
        "%nZone %s was lost for %.1f s; %d of %d serving clusters had replicas in it.%n%n",
        zone,
        outSeconds,
        concerned.size(),
        courses.size());
    line(out, "CLUSTER", "REPLICAS", "IN ZONE", "NOT SERVED", "ALL REPLICAS AFTER", "LEVEL");
    concerned.forEach(entry -> row(out, entry.getKey(), entry.getValue()));
    out.println();
    summary(out, concerned.stream().map(Map.Entry::getValue).toList());
  }

  private static void line(PrintWriter out, Object... cells) {
    out.printf(Locale.ROOT, "%-24s %8s %8s %12s %19s  %s%n", cells);
  }

  private static void row(PrintWriter out, String name, ClusterWatch.Course course) {
    line(
        out,
        name,
        course.before().replicas(),
        course.before().inZone(),
        down(course),
        course.redundantAfterNanos().isPresent()
            ? seconds(course.redundantAfterNanos().getAsLong())
            : "not without it",
        level(course));
  }

  private static String level(ClusterWatch.Course course) {
    if (isLevel2(course)) {
      return "2 (several zones)";
    }
    return course.isPinned() ? "1 (pinned to this zone)" : "1 (this zone only)";
  }

  private static String down(ClusterWatch.Course course) {
    if (course.isDown()) {
      return "still down";
    }
    return isUninterrupted(course) ? "never" : seconds(course.longestDownNanos());
  }

  private static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.2f s", nanos / NANOS);
  }

  private void summary(PrintWriter out, List<ClusterWatch.Course> concerned) {
    List<ClusterWatch.Course> level2 = concerned.stream().filter(DrillReport::isLevel2).toList();
    List<ClusterWatch.Course> level1 =
        concerned.stream().filter(course -> !isLevel2(course) && !course.isPinned()).toList();
    List<ClusterWatch.Course> pinned =
        concerned.stream().filter(course -> !isLevel2(course) && course.isPinned()).toList();
    long interrupted = level2.stream().filter(course -> !isUninterrupted(course)).count();
    out.printf(
        "Level 2, replicas in several zones: %d of %d served throughout.%n",
        level2.size() - interrupted, level2.size());
    served(
        out,
        "Level 1, replicas in this zone only: %d of %d served again without it",
        level1.size(),
        level1.stream()
            .filter(ClusterWatch.Course::servedWithoutTheZone)
            .map(ClusterWatch.Course::downWhileOutNanos)
            .toList());
    if (!pinned.isEmpty()) {
      served(
          out,
          "Pinned to this zone, so that they had to wait for it: %d of %d served again",
          pinned.size(),
          pinned.stream()
              .filter(course -> !course.isDown())
              .map(ClusterWatch.Course::longestDownNanos)
              .toList());
    }
    conclusion(out);
  }

  /** How many did of how many, and only where some did: how long that took. */
  private static void served(PrintWriter out, String text, int all, List<Long> nanos) {
    out.printf(Locale.ROOT, text, nanos.size(), all);
    nanos.stream()
        .max(Comparator.naturalOrder())
        .ifPresent(slowest -> out.print(", the slowest after " + seconds(slowest)));
    out.println(".");
  }

  private void conclusion(PrintWriter out) {
    if (repairSeconds.isPresent()) {
      out.printf(
          Locale.ROOT,
          "The zone is back; the spread was repaired after %.1f s.%n",
          repairSeconds.getAsDouble());
    } else {
      out.println("The zone is back; the spread was not repaired in the time given.");
    }
    out.printf(
        Locale.ROOT,
        "Seen in %d looks, at most %.0f ms apart.%n%n",
        watch.looks(),
        watch.longestPauseNanos() / 1e6);
    out.println(
        passed()
            ? "PASSED"
            : settled() ? "FAILED: see above" : "FAILED: not all recovered in the time given");
  }
}
