package dev.muster.actors.simulation;

/** What can go wrong. Each draws from a random stream of its own, so that one can be left out. */
enum Fault {
  /** The process of a replica ends. */
  REPLICA_CRASH,
  /** A host ends with all its replicas, and comes back. */
  ZONE_LOSS,
  /** An operator takes a zone out of service, and brings it back. */
  ZONE_OUTAGE,
  /** A host's agent ends, its replicas run on, and it comes back. */
  AGENT_CRASH,
  /** The control plane ends between two steps, and comes back from its journals. */
  CONTROL_PLANE_CRASH,
  /** It ends while it writes: before the write is durable, or after that and before its effects. */
  CRASH_IN_WRITE,
  /** The journal says that a write failed; perhaps it is there all the same. */
  FAILED_WRITE,
  /** Messages between the environment and its clusters are lost. */
  LOST_MESSAGE,
  /** They are late, and overtaken by others. */
  DELAYED_MESSAGE,
  /** They come twice, as do reports of supervisors. */
  DUPLICATED_MESSAGE,
  /** A replica fails soon after each of its starts, for a while. */
  CRASH_LOOP,
  SLOW_HYDRATION,
  FAILED_HYDRATION,
  FAILED_START,
  /** The wall clock jumps, forth or back. */
  CLOCK_STEP,
  /** A replica answers nothing any more, for a while or for ever, and runs on. */
  HUNG_REPLICA
}
