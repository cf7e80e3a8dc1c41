package dev.muster.api.command;

import dev.muster.journal.event.ReplicaWait;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** What a command would do if it came now, found without doing it. */
public sealed interface Explanation {
  /** The command would be refused. */
  record Refused(Rejection rejection) implements Explanation {}

  /**
   * The command would be carried out.
   *
   * @param phases in the order in which they happen; none where nothing is to be done
   * @param creditsPerHour the price of all replicas concerned as it is now
   * @param notices what the statement would tell
   * @param warnings what is worth thinking about before the command is given
   */
  record Planned(
      List<Phase> phases,
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

  /** When a phase happens. */
  enum Moment {
    AT_ONCE,
    /** Once all replicas that were added have hydrated. */
    ONCE_HYDRATED
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

  /** What becomes of the replicas that serve now. */
  enum Serving {
    /** None does, of those that are concerned. */
    NOTHING_SERVES,
    /** One serves at every moment. */
    CONTINUES,
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
    OFF
  }
}
