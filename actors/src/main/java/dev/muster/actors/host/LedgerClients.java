package dev.muster.actors.host;

import dev.muster.actors.placement.Resources;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.event.HybridTime;
import dev.muster.journal.event.ReplicaId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The clusters of a {@link HostLedger}, found by what they would like to have: room is released
 * with every replica that goes, and ten thousand clusters cannot each be asked then. There are as
 * many kinds of wishes as there are sizes and zones.
 *
 * <p>Each cluster is changed by its own entity alone; all may read.
 */
final class LedgerClients {
  private final Map<ClusterId, Client> clients = new ConcurrentHashMap<>();
  private final Map<Resources, Set<ClusterId>> byWaiting = new ConcurrentHashMap<>();
  private final Map<Holding, Set<ClusterId>> byHolding = new ConcurrentHashMap<>();

  /**
   * A cluster's entity.
   *
   * @param claims the replicas that it has places for, or has taken them for
   * @param waiting what its waiting replicas ask for, and since when the first of them does
   * @param holdings what its other replicas have
   */
  record Client(
      Set<ReplicaId> claims,
      Set<Resources> waiting,
      HybridTime waitingSince,
      Set<Holding> holdings,
      Runnable lookAgain) {
    private static final Client NEW =
        new Client(Set.of(), Set.of(), HybridTime.ZERO, Set.of(), () -> {});
  }

  /** What a replica takes, and where. */
  record Holding(String zone, Resources taken) {}

  boolean contains(ClusterId id) {
    return clients.containsKey(id);
  }

  Collection<Client> all() {
    return clients.values();
  }

  /** Puts it in the place of what was known of it, and gives the claims that it had. */
  Set<ReplicaId> put(ClusterId id, Client now) {
    Client known = clients.put(id, now);
    Client before = known == null ? Client.NEW : known;
    move(byWaiting, id, before.waiting(), now.waiting());
    move(byHolding, id, before.holdings(), now.holdings());
    return before.claims();
  }

  void addClaims(ClusterId id, Set<ReplicaId> more) {
    clients.compute(
        id,
        (key, known) -> {
          Client before = known == null ? Client.NEW : known;
          Set<ReplicaId> claims = new HashSet<>(before.claims());
          claims.addAll(more);
          return new Client(
              claims,
              before.waiting(),
              before.waitingSince(),
              before.holdings(),
              before.lookAgain());
        });
  }

  void remove(ClusterId id) {
    put(id, Client.NEW);
    clients.remove(id);
  }

  /**
   * Those with a waiting replica that asks for such, or with another one that has such; who has
   * waited the longest comes first.
   */
  List<Client> wanting(Predicate<Resources> asked, Predicate<Holding> held) {
    Set<ClusterId> ids = new HashSet<>();
    byWaiting.forEach((key, those) -> addIf(asked.test(key), ids, those));
    byHolding.forEach((key, those) -> addIf(held.test(key), ids, those));
    return ids.stream()
        .map(id -> clients.getOrDefault(id, Client.NEW))
        .sorted(Comparator.comparing(Client::waitingSince))
        .toList();
  }

  private static void addIf(boolean wanted, Set<ClusterId> ids, Set<ClusterId> those) {
    if (wanted) {
      ids.addAll(those);
    }
  }

  private static <K> void move(
      Map<K, Set<ClusterId>> index, ClusterId id, Set<K> before, Set<K> after) {
    for (K key : after) {
      if (!before.contains(key)) {
        index.compute(key, (same, those) -> with(id, those));
      }
    }
    for (K key : before) {
      if (!after.contains(key)) {
        index.computeIfPresent(key, (same, those) -> without(id, those));
      }
    }
  }

  private static Set<ClusterId> with(ClusterId id, Set<ClusterId> known) {
    Set<ClusterId> those = known == null ? ConcurrentHashMap.newKeySet() : known;
    those.add(id);
    return those;
  }

  /** Nothing is left of a key that nobody has. */
  private static Set<ClusterId> without(ClusterId id, Set<ClusterId> those) {
    those.remove(id);
    return those.isEmpty() ? null : those;
  }
}
