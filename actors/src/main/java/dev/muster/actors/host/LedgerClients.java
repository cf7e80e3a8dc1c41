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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The clusters of a {@link HostLedger}, found by what they would like to have: room is released
 * with every replica that goes, and ten thousand clusters cannot each be asked then. There are as
 * many kinds of wishes as there are sizes and zones.
 *
 * <p>A cluster is changed by its own entity, or, where that is on another node, by what is heard of
 * it: one change of a cluster at a time. All may read.
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
   * @param sequenceNumber of the cluster's event that this is known from
   * @param here whether its entity is on this node
   */
  record Client(
      Set<ReplicaId> claims,
      Set<Resources> waiting,
      HybridTime waitingSince,
      Set<Holding> holdings,
      Runnable lookAgain,
      long sequenceNumber,
      boolean here) {
    private static final Client NEW =
        new Client(Set.of(), Set.of(), HybridTime.ZERO, Set.of(), () -> {}, -1, false);

    /** An entity knows what it says; of the others the latest counts. */
    private boolean yieldsTo(Client other) {
      return other.here || !here && other.sequenceNumber > sequenceNumber;
    }

    private Client elsewhere() {
      return new Client(
          claims, Set.of(), HybridTime.ZERO, holdings, () -> {}, sequenceNumber, false);
    }
  }

  /** What a replica takes, and where. */
  record Holding(String zone, Resources taken) {}

  boolean contains(ClusterId id) {
    return clients.containsKey(id);
  }

  Collection<Client> all() {
    return clients.values();
  }

  /**
   * Puts it in the place of what was known of it.
   *
   * @param claimed is told the claims that it had, before anybody else changes them
   * @return those; empty where what is known is better, and stays
   */
  Optional<Set<ReplicaId>> put(ClusterId id, Client now, Consumer<Set<ReplicaId>> claimed) {
    AtomicReference<Set<ReplicaId>> had = new AtomicReference<>();
    clients.compute(
        id,
        (key, known) -> {
          Client before = known == null ? Client.NEW : known;
          if (!before.yieldsTo(now)) {
            return known;
          }
          move(byWaiting, id, before.waiting(), now.waiting());
          move(byHolding, id, before.holdings(), now.holdings());
          claimed.accept(before.claims());
          had.set(before.claims());
          return now;
        });
    return Optional.ofNullable(had.get());
  }

  /**
   * Its entity is on this node no longer.
   *
   * @return whether it was known
   */
  boolean leave(ClusterId id) {
    Client left =
        clients.computeIfPresent(
            id,
            (key, known) -> {
              move(byWaiting, id, known.waiting(), Set.of());
              return known.elsewhere();
            });
    return left != null;
  }

  /** Whether something from another node, known from this event of the cluster, is news. */
  boolean isNews(ClusterId id, long sequenceNumber) {
    Client known = clients.get(id);
    return known == null || !known.here() && sequenceNumber > known.sequenceNumber();
  }

  /** By the ids of their clusters: whoever is told first is likely to be placed first. */
  List<Client> inOrder() {
    return clients.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Those whose entities are on other nodes. */
  List<ClusterId> elsewhere() {
    return clients.entrySet().stream()
        .filter(entry -> !entry.getValue().here())
        .map(Map.Entry::getKey)
        .toList();
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
              before.lookAgain(),
              before.sequenceNumber(),
              before.here());
        });
  }

  void remove(ClusterId id) {
    removeIf(id, known -> true);
  }

  void removeElsewhere(ClusterId id) {
    removeIf(id, known -> !known.here());
  }

  private void removeIf(ClusterId id, Predicate<Client> condition) {
    clients.computeIfPresent(
        id,
        (key, known) -> {
          if (!condition.test(known)) {
            return known;
          }
          move(byWaiting, id, known.waiting(), Set.of());
          move(byHolding, id, known.holdings(), Set.of());
          return null;
        });
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
