package dev.muster.actors.simulation;

/**
 * Typical defects, each with the invariant by whose violation a simulation must find it. {@link
 * #NONE} is the product as it is.
 */
enum Plant {
  NONE(0),
  DROP_BEFORE_ADD(7),
  NO_BACKOFF(4),
  DOUBLE_PLACEMENT(6),
  NO_ORPHAN_SWEEP(4),
  SWEEP_READS_CATALOG_FIRST(8),
  NO_DRIVE_AGAIN(4),
  NO_RESUME(4),
  EFFECT_BEFORE_WRITE(4),
  ANSWER_BEFORE_WRITE(1),
  CLUSTER_ANSWERS_BEFORE_WRITE(1),
  SNAPSHOT_BEHIND(3),
  RECOVERY_RESTARTS_REPLICAS(8),
  STALE_REPORT_BELIEVED(4),
  SECOND_WRITER(2),
  WALL_CLOCK_STAMPS(10),
  CLOCK_NOT_SHOWN(10),
  SAYS_WHAT_HAS_NOT_CHANGED(10),
  AUDIT_KEEPS_OLD_NAMES(10),
  CHARGED_AT_OLD_PRICE(11),
  RETIRED_CHARGED_ON(11),
  STALE_TIMER(7),
  JOURNAL_FLOODED(4),
  HYDRATION_INVENTED(7),
  LOOP_BELIEVED(7),
  REPAIR_DROPS_FIRST(7),
  ROOM_WAITED_FOR_IN_VAIN(6),
  OUTAGE_FORGOTTEN(6),
  LOST_ZONE_IGNORED(6),
  BURST_OUTSTAYS(5),
  BURST_ENDS_EARLY(5),
  BURST_TWICE(5),
  SCALING_UNBOUNDED(5),
  SCALING_RESTLESS(5),
  SCALING_NERVOUS(5),
  SCALING_IMMEDIATE(7),
  DECIDES_BY_MOOD(12),
  HANGING_IGNORED(7),
  HANGING_SUSPECTED(8),
  CAUSE_GUESSED(10),
  REPAIR_NEVER_BEGINS(6),
  LOSS_UNHEARD(7);

  private final int invariant;

  Plant(int invariant) {
    this.invariant = invariant;
  }

  /** The number of what it violates. */
  int invariant() {
    return invariant;
  }
}
