package dev.muster.actors.explain;

import dev.muster.actors.cluster.ClusterRules;
import dev.muster.actors.placement.Fleet;
import dev.muster.actors.placement.HostLoad;
import dev.muster.actors.placement.Resources;
import dev.muster.api.command.Explanation.PlannedReplica;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Where replicas may find their places when several clusters search at the same time.
 *
 * <p>In the running system each cluster decides for itself, on the hosts as it finds them: any of
 * the others may have been there before it. What that changes is how loaded zones are, which counts
 * where a cluster has as few replicas in one zone as in another; and whether there is room.
 *
 * <p>Found by what could be: a cluster searches while one zone is as empty as it can be and the
 * others are as full as all the other clusters can make them, for each zone in turn. Wherever that
 * leads somebody new, what the clusters can make of the zones has become more, and they search
 * again, until nothing new is found. Last they search where all zones are as full as can be: who
 * then finds less competes for room. So no zone is left out; and a replica that would find the same
 * zone whoever comes first has only that one.
 */
final class OpenZones {
  private final ClusterRules rules;
  private final List<Seeker> seekers = new ArrayList<>();

  private OpenZones(ClusterRules rules) {
    this.rules = rules;
  }

  /** Tells each forecast that has not begun where its replicas may find their places. */
  static void find(List<ClusterForecast> forecasts, ClusterRules rules) {
    if (rules.fleet().bounded() && forecasts.size() > 1) {
      OpenZones search = new OpenZones(rules);
      forecasts.forEach(search::consider);
      if (search.seekers.size() > 1) {
        search.run();
      }
    }
  }

  private void consider(ClusterForecast forecast) {
    List<PlannedReplica> alone = forecast.findings(rules.fleet());
    if (!alone.isEmpty()) {
      Seeker seeker = new Seeker(forecast, alone.size() > 1 && rules.zones().usable().size() > 2);
      seeker.learn(alone);
      seekers.add(seeker);
    }
  }

  private void run() {
    boolean more = true;
    while (more) {
      more = false;
      for (String zone : new TreeSet<>(rules.zones().usable())) {
        more |= learn(zone);
      }
    }
    search(Optional.empty()).forEach(Seeker::compare);
    seekers.forEach(Seeker::tell);
  }

  private boolean learn(String empty) {
    boolean more = false;
    for (Map.Entry<Seeker, List<PlannedReplica>> one : search(Optional.of(empty)).entrySet()) {
      one.getKey().compare(one.getValue());
      more |= one.getKey().learn(one.getValue());
    }
    return more;
  }

  /**
   * What each finds where the others have been before it, wherever they may have found something.
   *
   * @param empty the zone in which none of them has
   */
  private Map<Seeker, List<PlannedReplica>> search(Optional<String> empty) {
    Fleet crowded = rules.fleet();
    Map<Seeker, List<Taken>> taken = new LinkedHashMap<>();
    for (Seeker seeker : seekers) {
      List<Taken> its = new ArrayList<>();
      for (Wish wish : seeker.wishes(empty)) {
        Optional<Taken> one = take(crowded, wish);
        if (one.isPresent()) {
          crowded = crowded.loaded(one.get().host(), one.get().demand());
          its.add(one.get());
        }
      }
      taken.put(seeker, its);
    }
    Map<Seeker, List<PlannedReplica>> findings = new LinkedHashMap<>();
    for (Seeker seeker : seekers) {
      Fleet others = crowded;
      for (Taken own : taken.get(seeker)) {
        others = others.unloaded(own.host(), own.demand());
      }
      findings.put(seeker, seeker.forecast.findings(others));
    }
    return findings;
  }

  private Optional<Taken> take(Fleet fleet, Wish wish) {
    Resources demand =
        rules.sizes().find(wish.size()).map(rules.demand()::of).orElse(Resources.NONE);
    return fleet
        .roomiest(wish.zone(), demand)
        .or(() -> fleet.roomiest(wish.zone(), Resources.NONE))
        .map(HostLoad::name)
        .map(host -> new Taken(host, demand));
  }

  /** Somebody may want a place in a zone. */
  private record Wish(String size, String zone) {}

  /** What somebody takes of a host. */
  private record Taken(String host, Resources demand) {}

  /** A cluster that searches, and where it is known to find something. */
  private static final class Seeker {
    private final ClusterForecast forecast;
    private final boolean several;
    private final Map<String, String> sizes = new LinkedHashMap<>();
    private final Map<String, Set<String>> zones = new LinkedHashMap<>();
    private boolean contested;

    /**
     * @param several whether several replicas search that may find several zones: they are not told
     *     apart
     */
    Seeker(ClusterForecast forecast, boolean several) {
      this.forecast = forecast;
      this.several = several;
    }

    /**
     * @return whether a zone is new
     */
    boolean learn(List<PlannedReplica> findings) {
      Set<String> found = findings.stream().map(PlannedReplica::name).collect(Collectors.toSet());
      contested |= !sizes.isEmpty() && !found.equals(sizes.keySet());
      boolean more = false;
      for (PlannedReplica one : findings) {
        sizes.put(one.name(), one.size());
        more |= zones.computeIfAbsent(one.name(), ignored -> new LinkedHashSet<>()).add(one.zone());
      }
      return more;
    }

    /** Others may leave nothing for some. */
    void compare(List<PlannedReplica> findings) {
      Set<String> found = findings.stream().map(PlannedReplica::name).collect(Collectors.toSet());
      contested |= !found.equals(sizes.keySet());
    }

    List<Wish> wishes(Optional<String> empty) {
      List<Wish> wishes = new ArrayList<>();
      zones.forEach(
          (replica, its) ->
              its.stream()
                  .filter(zone -> !Optional.of(zone).equals(empty))
                  .forEach(zone -> wishes.add(new Wish(sizes.get(replica), zone))));
      return wishes;
    }

    void tell() {
      if (several) {
        Set<String> any = new TreeSet<>();
        zones.values().forEach(any::addAll);
        zones.replaceAll((replica, its) -> any);
      }
      forecast.mayFind(zones, contested);
    }
  }
}
