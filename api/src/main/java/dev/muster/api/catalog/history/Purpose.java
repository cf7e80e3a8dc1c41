package dev.muster.api.catalog.history;

import dev.muster.journal.event.ClusterEvent.ReplicaAdded;
import java.util.Locale;

/** What a replica is there for, as far as the bill tells it apart. */
enum Purpose {
  /** One of those that the cluster is declared to have. */
  STEADY,
  /** Beside those until a reconfiguration is cut over to, or given up. */
  RECONFIGURATION,
  HYDRATION_BURST,
  /** To take the place of one in another zone. */
  ZONE_REPAIR;

  /**
   * Of a new replica. The reason alone does not tell: who is placed anew because his zone is lost
   * takes his own place.
   */
  static Purpose of(ReplicaAdded added) {
    return switch (added.reason()) {
      case RECONFIGURATION, LOAD -> RECONFIGURATION;
      case HYDRATION_BURST -> HYDRATION_BURST;
      case ZONE_REPAIR -> added.name().endsWith("-moving") ? ZONE_REPAIR : STEADY;
      case MANUAL, SCHEDULE, SYSTEM, RETIRED -> STEADY;
    };
  }

  /** As the catalog shows it. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
