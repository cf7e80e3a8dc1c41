package dev.muster.actors.membership;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the members say of each other's processes, and whom to remove without waiting any longer:
 * whoever refuses the connections of every other voter, where those are a majority. One for whom a
 * rule of some firewall refuses them looks the same; so this decides no more than the split brain
 * resolver would for the same sight, only sooner. Pure; members are named with their incarnation.
 */
final class Crashes {
  private final Map<String, Set<String>> said = new HashMap<>();

  /** What a member sees, which replaces what it saw before. */
  void says(String member, Set<String> refusing) {
    said.put(member, Set.copyOf(refusing));
  }

  /** What a member said last. */
  Set<String> saidBy(String member) {
    return said.getOrDefault(member, Set.of());
  }

  /**
   * Those whom to remove.
   *
   * @param self who asks
   * @param voters all who count when the network splits, dead ones too
   */
  Set<String> proven(String self, Set<String> voters) {
    said.keySet().retainAll(voters);
    Set<String> gone = new HashSet<>(saidBy(self));
    Set<String> survivors = new HashSet<>(voters);
    survivors.removeAll(gone);
    boolean majority = 2 * survivors.size() > voters.size();
    if (!majority || !survivors.contains(self)) {
      return Set.of();
    }
    survivors.forEach(survivor -> gone.retainAll(saidBy(survivor)));
    return gone;
  }
}
