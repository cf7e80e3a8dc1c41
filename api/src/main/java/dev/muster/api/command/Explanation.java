package dev.muster.api.command;

import dev.muster.journal.event.OnTimeout;
import dev.muster.journal.event.ReplicaWait;
import java.math.BigDecimal;
import java.time.Duration;
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
   * @param deadline what happens instead of the later phases where new replicas do not hydrate in
   *     time; empty where there is no deadline
   * @param creditsPerHour the price of all replicas concerned as it is now
   * @param notices what the statement would tell
   * @param warnings what is worth thinking about before the command is given
   */
  record Planned(
      List<Phase> phases,
      Optional<Deadline> deadline,
      Serving serving,
      BigDecimal creditsPerHour,
      List<Notice> notices,
      List<Warning> warnings)
      implements Explanation {
    public Planned {
      phases = List.copyOf(phases);
      notices = List.copyOf(notices);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * What happens at one moment, in one write.
   *
   * @param events the types of the events, as the journal calls them
   * @param creditsPerHour the price of all replicas concerned from then on
   */
  record Phase(
      Moment moment,
      List<String> events,
      List<PlannedReplica> added,
      List<PlannedReplica> dropped,
      List<PlannedRename> renamed,
      BigDecimal creditsPerHour) {
    public Phase {
      events = List.copyOf(events);
      added = List.copyOf(added);
      dropped = List.copyOf(dropped);
      renamed = List.copyOf(renamed);
    }
  }

  /**
   * The end of a reconfiguration whose replicas have not hydrated in time.
   *
   * @param in from now
   * @param onTimeout what the statement wants then
   * @param phase what that does
   */
  record Deadline(Duration in, OnTimeout onTimeout, Phase phase) {}

  /** When a phase happens. */
  enum Moment {
    AT_ONCE,
    /** In a write of its own that follows at once. */
    RIGHT_AFTER,
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
   * A replica that is added or dropped.
   *
   * @param cluster the name of its cluster
   * @param zone where it is; for one that waits, where it would like to be
   * @param waits why it has no place, where it has none
   */
  record PlannedReplica(
      String cluster,
      String name,
      String size,
      String zone,
      BigDecimal creditsPerHour,
      Optional<ReplicaWait> waits) {
    public PlannedReplica(
        String cluster, String name, String size, String zone, BigDecimal creditsPerHour) {
      this(cluster, name, size, zone, creditsPerHour, Optional.empty());
    }
  }

  /** A replica that goes on running under another name. */
  record PlannedRename(String cluster, String oldName, String newName) {}

  /** What becomes of the replicas that serve now; the later, the worse. */
  enum Serving {
    /** The command concerns no cluster's replicas. */
    NOT_CONCERNED,
    /** None does, of those that are concerned. */
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
    FORCED_AT_DEADLINE
  }
}
