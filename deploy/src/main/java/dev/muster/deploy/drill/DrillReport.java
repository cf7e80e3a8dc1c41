package dev.muster.deploy.drill;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a drill tells: for each cluster how long it had no hydrated replica, and what that means for
 * the levels of disaster recovery that the operator's manual knows.
 *
 * @param settled whether everything came to rest in time, without the zone and after it was back
 */
record DrillReport(
    String zone, ClusterWatch watch, double outSeconds, double repairSeconds, boolean settled) {
  private static final double NANOS = 1e9;

  /** Whether all clusters recovered as their level promises. */
  boolean passed() {
    return settled
        && watch.courses().values().stream()
            .allMatch(course -> !course.isDown() && (!isLevel2(course) || isUninterrupted(course)));
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
        isLevel2(course) ? "2 (several zones)" : "1 (this zone only)");
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
        concerned.stream().filter(course -> !isLevel2(course)).toList();
    long interrupted = level2.stream().filter(course -> !isUninterrupted(course)).count();
    out.printf(
        "Level 2, replicas in several zones: %d of %d served throughout.%n",
        level2.size() - interrupted, level2.size());
    out.printf(
        Locale.ROOT,
        "Level 1, replicas in this zone only: %d of %d served again without it, the slowest after"
            + " %s.%n",
        level1.stream().filter(ClusterWatch.Course::servedWithoutTheZone).count(),
        level1.size(),
        seconds(level1.stream().mapToLong(ClusterWatch.Course::longestDownNanos).max().orElse(0)));
    out.printf(
        Locale.ROOT, "The zone is back; the spread was repaired after %.1f s.%n", repairSeconds);
    out.printf(
        Locale.ROOT,
        "Seen in %d looks, at most %.0f ms apart.%n%n",
        watch.looks(),
        watch.longestPauseNanos() / 1e6);
    out.println(
        passed()
            ? "PASSED"
            : settled ? "FAILED: see above" : "FAILED: not all recovered in the time given");
  }
}
