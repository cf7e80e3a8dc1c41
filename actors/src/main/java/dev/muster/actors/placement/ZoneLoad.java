package dev.muster.actors.placement;

/** How loaded the hosts of a zone are, by any measure that grows with load. */
@FunctionalInterface
public interface ZoneLoad {
  /** Nothing is known: all zones count as equally loaded. */
  ZoneLoad UNKNOWN = zone -> 0;

  long of(String zone);
}
