package dev.muster.actors.host;

import dev.muster.actors.placement.Demand;
import dev.muster.actors.placement.HostLoad;
import dev.muster.actors.placement.Resources;
import dev.muster.actors.runtime.ReplicaOrder;
import dev.muster.actors.runtime.RunningReplica;
import dev.muster.journal.event.ReplicaId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the hosts of this node have taken on, by which they refuse what does not fit: accounts of
 * several nodes may promise the last of a host at once, and the host has the last word.
 *
 * <p>A replica keeps its room from its start until it was told to stop, also while it is down and
 * waits for its next start. Where a node begins on a machine on which replicas run already, they
 * have theirs by the inventory. Safe for use by many threads.
 */
public final class HostRoom {
  private final Map<String, Resources> capacities = new HashMap<>();
  private final Demand demand;
  private final boolean isBounded;
  private final Map<ReplicaId, RunningReplica> kept = new HashMap<>();
  private boolean isKnown;

  /**
   * What these hosts have to give. Nothing is refused before it is {@link #found known} what runs.
   *
   * @param hosts of this node, idle
   */
  public HostRoom(List<HostLoad> hosts, Demand demand) {
    this.demand = demand;
    hosts.forEach(host -> capacities.put(host.zone(), host.capacity()));
    this.isBounded = !capacities.values().stream().allMatch(HostRoom::isUnlimited);
  }

  /** All that is asked for fits. */
  public static HostRoom unbounded() {
    return new HostRoom(List.of(), size -> Resources.NONE);
  }

  /** Whether anything is ever refused; what runs is of no account otherwise, and is not kept. */
  public boolean isBounded() {
    return isBounded;
  }

  private static boolean isUnlimited(Resources capacity) {
    return capacity.equals(Resources.UNLIMITED);
  }

  /** What runs on this machine from before. */
  public synchronized void found(List<RunningReplica> running) {
    running.forEach(replica -> kept.putIfAbsent(replica.id(), replica));
    isKnown = true;
  }

  /** Whether it is known what runs, as far as it makes a difference. */
  synchronized boolean isKnown() {
    return isKnown || !isBounded;
  }

  /**
   * Takes the room that a replica asks for, unless it has it already.
   *
   * @param refusable whether there may be no room for it
   * @return why there is not; empty where it has been taken
   */
  synchronized Optional<String> take(ReplicaOrder order, boolean refusable) {
    if (!isBounded) {
      return Optional.empty();
    }
    Resources asked = demand.of(order.size());
    if (refusable && !kept.containsKey(order.id())) {
      Resources left = left(order.zone());
      if (!left.covers(asked)) {
        return Optional.of("it asks for " + asked + "; left are " + left);
      }
    }
    kept.put(
        order.id(), new RunningReplica(order.id(), order.incarnation(), order.zone(), 0, asked));
    return Optional.empty();
  }

  private Resources left(String zone) {
    Resources left = capacities.getOrDefault(zone, Resources.UNLIMITED);
    if (!isUnlimited(left)) {
      for (RunningReplica replica : kept.values()) {
        if (replica.zone().equals(zone)) {
          left = left.minus(replica.takes());
        }
      }
    }
    return left;
  }

  /** Nothing of it runs any more, and it will not be started here again. */
  synchronized void release(ReplicaId id) {
    kept.remove(id);
  }

  /** Nothing runs in this zone any more. */
  synchronized void releaseAll(String zone) {
    kept.values().removeIf(replica -> replica.zone().equals(zone));
  }

  /** Who has room, in whichever zone, whether it runs or not. */
  synchronized List<RunningReplica> kept() {
    return List.copyOf(kept.values());
  }
}
