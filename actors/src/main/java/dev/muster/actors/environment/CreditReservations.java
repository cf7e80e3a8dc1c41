package dev.muster.actors.environment;

import dev.muster.actors.cluster.CreditLimit;
import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.catalog.Published;
import dev.muster.api.command.Rejection;
import dev.muster.journal.event.ClusterId;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where there is a {@link CreditLimit}: what statements were allowed to bring clusters to, until it
 * is seen that they have. Of two statements at one instant the second is judged with the first in
 * mind. Kept in memory alone, for one thread; a successor that knows nothing of what was allowed a
 * moment before judges by what it sees.
 */
public final class CreditReservations {
  /** A cluster that has not said by then what became of it will not. */
  static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(30);

  private final Map<ClusterId, Reservation> reservations = new HashMap<>();

  /**
   * @param settledBy the cluster's event after which its own rate counts; none is known before it
   *     says so
   */
  private record Reservation(BigDecimal rate, Optional<Long> settledBy, Instant until) {
    boolean holds(Optional<Published<ClusterState>> seen, Instant now) {
      boolean isSeen =
          settledBy.isPresent()
              && seen.filter(one -> one.sequenceNumber() >= settledBy.get()).isPresent();
      return !isSeen && now.isBefore(until);
    }
  }

  /**
   * A cluster's wish.
   *
   * @param desired what its replicas shall cost an hour
   * @param current what they cost by its own account
   */
  public record Wish(ClusterId cluster, BigDecimal desired, BigDecimal current) {}

  /**
   * Reserves what a cluster wants.
   *
   * @param seen what is published on all nodes
   * @return why not, where that would be too much
   */
  public Optional<Rejection> reserve(
      Wish wish, EnvironmentState environment, CatalogSnapshot seen, Instant now) {
    forget(environment, seen, now);
    Optional<BigDecimal> limit = CreditLimit.of(environment);
    BigDecimal others = others(wish.cluster(), seen);
    BigDecimal then = others.add(wish.desired());
    if (limit.isPresent() && then.compareTo(limit.get()) > 0) {
      return Optional.of(
          new Rejection.CreditRateExceeded(then, limit.get(), others.add(wish.current())));
    }
    reservations.put(
        wish.cluster(),
        new Reservation(wish.desired(), Optional.empty(), now.plus(FORGOTTEN_AFTER)));
    return Optional.empty();
  }

  /** What was reserved for a cluster is in its journal by this event, or never will be. */
  public void settled(ClusterId cluster, long sequenceNumber) {
    reservations.computeIfPresent(
        cluster,
        (id, known) -> new Reservation(known.rate(), Optional.of(sequenceNumber), known.until()));
  }

  private void forget(EnvironmentState environment, CatalogSnapshot seen, Instant now) {
    reservations
        .entrySet()
        .removeIf(
            one ->
                !environment.clusters().containsKey(one.getKey())
                    || !one.getValue().holds(published(one.getKey(), seen), now));
  }

  private BigDecimal others(ClusterId asking, CatalogSnapshot seen) {
    Set<ClusterId> all = new HashSet<>(seen.clusters().keySet());
    all.addAll(reservations.keySet());
    all.remove(asking);
    return all.stream().map(id -> rate(id, seen)).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private BigDecimal rate(ClusterId id, CatalogSnapshot seen) {
    BigDecimal own =
        published(id, seen).map(one -> CreditLimit.rate(one.state())).orElse(BigDecimal.ZERO);
    Reservation reserved = reservations.get(id);
    return reserved == null ? own : own.max(reserved.rate());
  }

  private static Optional<Published<ClusterState>> published(ClusterId id, CatalogSnapshot seen) {
    return Optional.ofNullable(seen.clusters().get(id));
  }
}
