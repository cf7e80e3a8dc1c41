package dev.muster.actors.placement;

/**
 * A host as a decision sees it.
 *
 * @param name unique among the hosts, as the journal shows it
 * @param taken what is promised to replicas; more than the capacity where that was lowered
 * @param replicas how many they are
 */
public record HostLoad(
    String name, String zone, Resources capacity, Resources taken, int replicas) {

  /** A host that runs nothing yet. */
  public static HostLoad idle(String name, String zone, Resources capacity) {
    return new HostLoad(name, zone, capacity, Resources.NONE, 0);
  }

  public Resources left() {
    return capacity.minus(taken);
  }

  public boolean hasRoomFor(Resources demand) {
    return left().covers(demand);
  }

  /** How loaded it is: by what is taken of it, and among equals by how many take it. */
  long load() {
    return ((long) capacity.shareTaken(taken) << Integer.SIZE) + replicas;
  }

  /** The less loaded one is preferred, among equals the first by name. */
  boolean isRatherThan(HostLoad other) {
    int byLoad = Long.compare(load(), other.load());
    return byLoad < 0 || byLoad == 0 && name.compareTo(other.name) < 0;
  }

  /** All that it has is taken. */
  public HostLoad full() {
    return new HostLoad(name, zone, Resources.NONE, taken, replicas);
  }

  HostLoad with(Resources demand) {
    return new HostLoad(name, zone, capacity, taken.plus(demand), replicas + 1);
  }

  HostLoad without(Resources demand) {
    return new HostLoad(name, zone, capacity, taken.minus(demand), replicas - 1);
  }
}
