package dev.muster.api.command;

import dev.muster.journal.event.OnTimeout;
import dev.muster.journal.event.ReplicaWait;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What a command would do if it came now, found without doing it. */
public sealed interface Explanation {
  /** The command would be refused. */
  record Refused(Rejection rejection) implements Explanation {}

  /**
   * The command would be carried out.
   *
   * @param phases in the order in which they happen as long as all goes well; none where nothing is
   *     to be done
   * @param deadlines of each cluster that has one: what happens instead of the later phases where
   *     its new replicas do not hydrate in time
   * @param outlooks of each cluster whose replicas are concerned, in the order of the clusters
   * @param creditsPerHour the price of all replicas concerned as it is now
   * @param notices what the statement would tell
   */
  record Planned(
      List<Phase> phases,
      List<Deadline> deadlines,
      List<Outlook> outlooks,
      BigDecimal creditsPerHour,
      List<Notice> notices)
      implements Explanation {
    public Planned {
      phases = List.copyOf(phases);
      deadlines = List.copyOf(deadlines);
      outlooks = List.copyOf(outlooks);
      notices = List.copyOf(notices);
    }

    /** The worst that becomes of any cluster; empty where the command concerns no replica. */
    public Optional<Serving> serving() {
      return outlooks.stream().map(Outlook::serving).max(Comparator.naturalOrder());
    }

    /** Of all clusters, each once. */
    public List<Warning> warnings() {
      return outlooks.stream()
          .flatMap(outlook -> outlook.warnings().stream())
          .distinct()
          .sorted()
          .toList();
    }
  }

  /**
   * What becomes of a cluster.
   *
   * @param cluster its name
   * @param warnings what is worth thinking about before the command is given
   */
  record Outlook(String cluster, Serving serving, List<Warning> warnings) {
    public Outlook {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * What happens at one moment, in one write of each cluster.
   *
   * @param events the types of the events, as the journal calls them
   * @param placed replicas that have waited for a place, or for the zone that they are in, and get
   *     it
   * @param creditsPerHour the price of all replicas concerned from then on
   */
  record Phase(
      Moment moment,
      List<String> events,
      List<PlannedReplica> added,
      List<PlannedReplica> placed,
      List<PlannedReplica> dropped,
      List<PlannedRename> renamed,
      BigDecimal creditsPerHour) {
    public Phase {
      events = List.copyOf(events);
      added = List.copyOf(added);
      placed = List.copyOf(placed);
      dropped = List.copyOf(dropped);
      renamed = List.copyOf(renamed);
    }

    /** In which nobody who waited gets a place. */
    public Phase(
        Moment moment,
        List<String> events,
        List<PlannedReplica> added,
        List<PlannedReplica> dropped,
        List<PlannedRename> renamed,
        BigDecimal creditsPerHour) {
      this(moment, events, added, List.of(), dropped, renamed, creditsPerHour);
    }

    /** The same beside others that cost as much. */
    public Phase plusCredits(BigDecimal others) {
      return new Phase(moment, events, added, placed, dropped, renamed, creditsPerHour.add(others));
    }
  }

  /**
   * The end of a reconfiguration whose replicas have not hydrated in time.
   *
   * @param cluster its name
   * @param in from now
   * @param onTimeout what the statement wants then
   * @param phase what that does; its price is that of all replicas concerned
   */
  record Deadline(String cluster, Duration in, OnTimeout onTimeout, Phase phase) {}

  /** When a phase happens. */
  enum Moment {
    AT_ONCE,
    /** In a write of its own that follows at once. */
    RIGHT_AFTER,
    /** Once what waits for a place has one. */
    ONCE_PLACED,
    /** Once all replicas that were added have hydrated. */
    ONCE_HYDRATED,
    /** The same, where some of them have no place yet, and cannot even start. */
    ONCE_PLACED_AND_HYDRATED,
    /** Once the replica that helped out has lingered for as long as it shall. */
    ONCE_LINGERED,
    /** At the deadline of a reconfiguration. */
    AT_DEADLINE
  }

  /**
   * A replica that is added, gets its place, or is dropped.
   *
   * @param cluster the name of its cluster
   * @param zone where it is; for one that waits, where it would like to be
   * @param otherZones where it may come to be instead: clusters are placed side by side, and those
   *     that come first count for the others; and what waits goes where there is room first
   * @param waits why it has no place, where it has none
   */
  record PlannedReplica(
      String cluster,
      String name,
      String size,
      String zone,
      List<String> otherZones,
      BigDecimal creditsPerHour,
      Optional<ReplicaWait> waits) {
    public PlannedReplica {
      otherZones = List.copyOf(otherZones);
    }

    /** One that has its place, in no zone but this. */
    public PlannedReplica(
        String cluster, String name, String size, String zone, BigDecimal creditsPerHour) {
      this(cluster, name, size, zone, List.of(), creditsPerHour, Optional.empty());
    }
  }

  /** A replica that goes on running under another name. */
  record PlannedRename(String cluster, String oldName, String newName) {}

  /** What becomes of the replicas of a cluster that serve now; the later, the worse. */
  enum Serving {
    /** None does. */
    NOTHING_SERVES,
    /** One serves at every moment. */
    CONTINUES,
    /** One does, unless the deadline comes before any of those that take their place serves. */
    AT_RISK,
    /** All that serve are replaced by others that have to hydrate first. */
    INTERRUPTED,
    /** All that serve are dropped, and none comes in their place. */
    ENDS
  }

  /** What is worth thinking about. */
  enum Warning {
    /** One replica only: its failure interrupts serving. */
    NO_REDUNDANCY,
    /** Several replicas in one zone only: its loss interrupts serving. */
    ONE_ZONE,
    /** No replica: the cluster is off. */
    OFF,
    /** A replica has no place: it does not start before it has one. */
    REPLICA_WAITS,
    /** At the deadline replicas that may not have hydrated take the place of those that serve. */
    FORCED_AT_DEADLINE,
    /** Several clusters want the same room: who comes first has it, the others have to wait. */
    ROOM_CONTESTED
  }
}
