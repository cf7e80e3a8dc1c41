/**
 * The whole control logic in one thread, under a virtual clock, against seeded bad luck.
 *
 * <p>What decides is the product's own: the deciders, the kernel, the supervisors' machine, the
 * leadership of the environment, the folds. What the actors around them do (write, then effects;
 * messages that may be late, lost or repeated; a supervisor for each replica; the sweep for
 * orphans) is modelled here, as are hosts, replicas, users and the journal, which alone survives a
 * crash of the control plane. A message from one entity to another keeps its place among those of
 * the same pair, as an actor's do.
 *
 * <p>How often what is checked:
 *
 * <pre>
 *   with every write, and so after every step that can break them    1 to 5, 7, 8, 10 (times, causes)
 *   after every step                                                 6 (the spread), 7 (what is stopped)
 *   every 64 steps       4 (orphans), 5 (bursts), 6 (lost zones), 7 (what hangs)
 *   every 512 steps      10 and 11: the product's reading of the past, beside the books
 *   at the end, in calm  everything comes to rest in a bounded time: every wanted replica online, no
 *                        orphan, no open task; the past read at once is as it was read along
 *   with every decision  12: it is made twice; of some seeds the whole journal is written twice
 * </pre>
 *
 * <p>The spread is defined while the control plane is up, for a cluster without a reconfiguration
 * or a burst, of whose replicas nobody waits, moves or is pinned ({@link SpreadChecks}): then no
 * two zones differ by two or more, where there is room in the emptier, for longer than it takes to
 * begin the repair. Times are unique, whatever the wall clock says.
 *
 * <p>The journal holds events and snapshots as bytes would give them back: every third event goes
 * through the codec, and every recovery begins with a decoded snapshot (3). {@code Books} are kept
 * of every event, of nothing but how the states before and after it differ: what each cluster owes
 * (11), and which events are changes (10). From time to time, and at the end, the product's own
 * reading of the past is compared with them, and with a reading of everything at once.
 *
 * <p>What is not looked at after every step loses nothing by it. The bounds of every 64 steps are
 * of time, of seconds, while a step takes milliseconds of it: what breaks one goes on until
 * somebody mends it, and is seen later by a fraction of the bound; a fault that mends itself sooner
 * is within it. The reading of the past costs as much as some hundred steps; what it reads does not
 * change any more, and the books have noted every event, so what one reading misses the next one
 * sees.
 *
 * <p>A failing seed is printed with what it was shrunk to. Replay: {@code
 * -Dmuster.simulation.seed=N}. More steps: {@code -Dmuster.simulation.steps=10000000}; other
 * worlds: {@code -Dmuster.simulation.from=50001}.
 *
 * <p>That it finds what is wrong is shown by planting typical defects; each must be found by a
 * violation of the invariant that stands beside it, in a world that is in order without it:
 *
 * <pre>
 *   planted                        seen as
 *   DROP_BEFORE_ADD                7   a graceful resize leaves no serving replica
 *   NO_BACKOFF                     4   a failed replica is started again at once
 *   DOUBLE_PLACEMENT               6   replicas crowd one zone
 *   NO_ORPHAN_SWEEP                4   what a crash left running runs for ever
 *   SWEEP_READS_CATALOG_FIRST      8   a wanted replica is stopped
 *   NO_DRIVE_AGAIN                 4   a task whose message was lost stays open
 *   NO_RESUME                      4   a task that a crash interrupted stays open
 *   EFFECT_BEFORE_WRITE            4   a replica runs that no event asks for
 *   ANSWER_BEFORE_WRITE            1   what was acknowledged is not durable
 *   CLUSTER_ANSWERS_BEFORE_WRITE   1   the same of an ALTER, which its cluster answers
 *   SNAPSHOT_BEHIND                3   a snapshot lacks the last event that it is said to have
 *   RECOVERY_RESTARTS_REPLICAS     8   a healthy replica is stopped by a recovery
 *   STALE_REPORT_BELIEVED          4   a replica that serves counts as failed
 *   SECOND_WRITER                  2   two writers of one journal
 *   WALL_CLOCK_STAMPS             10   an entity's events go back in time
 *   CLOCK_NOT_SHOWN               10   a start does not show its clock the journal's latest time
 *   SAYS_WHAT_HAS_NOT_CHANGED     10   an audit event tells of a change that is none
 *   AUDIT_KEEPS_OLD_NAMES         10   read along, the audit log is not as read at once
 *   CHARGED_AT_OLD_PRICE          11   a replica costs what its cluster's size does, not its own
 *   RETIRED_CHARGED_ON            11   what a cut-over retires is charged for ever
 *   STALE_TIMER                    7   an old timer cuts a later wait short: a crash loop is believed
 *   JOURNAL_FLOODED                4   every failure of a crash loop is journaled
 *   HYDRATION_INVENTED             7   the journal says hydrated, and nothing has
 *   LOOP_BELIEVED                  7   what crashes all the time is believed at once
 *   REPAIR_DROPS_FIRST             7   a replica is given up before its successor serves
 *   ROOM_WAITED_FOR_IN_VAIN        6   a zone is lost, or room appears, and nobody looks
 *   OUTAGE_FORGOTTEN               6   after a restart a replica is placed in a lost zone
 *   LOST_ZONE_IGNORED              6   replicas are placed in, and stay in, a lost zone
 *   BURST_OUTSTAYS                 5   a steady replica serves, and the one that helps out stays
 *   BURST_ENDS_EARLY               5   it ends, and no steady replica serves
 *   BURST_TWICE                    5   more than one replica helps out
 *   SCALING_UNBOUNDED              5   a size beyond MAX SIZE
 *   SCALING_RESTLESS               5   two decisions within the cool-down
 *   SCALING_NERVOUS                5   a constant load moves a cluster to and fro
 *   SCALING_IMMEDIATE              7   the load's resize interrupts serving
 *   DECIDES_BY_MOOD               12   the same question is answered otherwise
 *   HANGING_IGNORED                7   what answers nothing runs on, and counts as serving
 *   HANGING_SUSPECTED              8   one unanswered question ends a healthy replica
 *   CAUSE_GUESSED                 10   a failure is journaled with another cause than it had
 *   REPAIR_NEVER_BEGINS            6   an uneven spread stays as it is
 *   LOSS_UNHEARD                   7   what was in a lost zone counts as serving after a restart
 * </pre>
 *
 * <p>It found defects of the product, now mended: a replica that was lost with its host and found
 * running again counted as failed for ever; a creation whose message was lost was sent again after
 * the drop, and began a cluster that nobody knew; a backoff was cut short by the timer of an
 * earlier one; a repeated statement retargeted a reconfiguration to what it had already; the audit
 * log kept the old name of a cluster that had ended; a cut-over believed replicas in a lost zone;
 * after a start a burst ended by what was known of the others before; an ALTER that ruled out the
 * zone of the only replica that served, one that was about to take another's place, was immediate.
 */
package dev.muster.actors.simulation;
