package dev.muster.actors.cluster;

import static dev.muster.actors.cluster.RejectedException.rejectIf;

import dev.muster.api.catalog.CatalogSnapshot;
import dev.muster.api.command.Rejection;
import dev.muster.api.command.SystemParameter;
import dev.muster.journal.state.ClusterState;
import dev.muster.journal.state.EnvironmentState;
import dev.muster.journal.state.Replica;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The system parameter {@code max_credit_consumption_rate}: the credits an hour that the replicas
 * of an environment may cost together.
 *
 * <p>What counts is what is charged: every replica from its creation to its drop, of managed
 * clusters and others, the new ones of a reconfiguration beside the old, one that helps out in a
 * burst, one that still waits for a place; of those that Muster has for itself only what is billed
 * as a size. A statement that would add to it and pass the limit is refused. What Muster does by
 * itself to keep what was declared (repairs, bursts, schedules, sizes that follow the load) counts,
 * and is not refused: a limit turns nobody's cluster off.
 *
 * @param limit empty where there is none
 * @param inUse what the whole environment costs now; asked only where there is a limit to compare
 */
public record CreditLimit(Optional<BigDecimal> limit, Supplier<BigDecimal> inUse) {
  public static final CreditLimit NONE = new CreditLimit(Optional.empty(), () -> BigDecimal.ZERO);

  /**
   * As it is now.
   *
   * @param catalog what is published
   */
  public static CreditLimit of(CatalogSnapshot catalog) {
    return new CreditLimit(
        of(catalog.environment().state()),
        () ->
            catalog.clusters().values().stream()
                .map(published -> rate(published.state()))
                .reduce(BigDecimal.ZERO, BigDecimal::add));
  }

  /** The limit that is set, if one is. */
  public static Optional<BigDecimal> of(EnvironmentState environment) {
    return Optional.ofNullable(
            environment.parameters().get(SystemParameter.MAX_CREDIT_CONSUMPTION_RATE))
        .map(BigDecimal::new);
  }

  /** What a cluster's replicas cost an hour. */
  public static BigDecimal rate(ClusterState state) {
    return state instanceof ClusterState.Live live
        ? live.replicas().stream()
            .map(CreditLimit::charged)
            .reduce(BigDecimal.ZERO, BigDecimal::add)
        : BigDecimal.ZERO;
  }

  /** What Muster has for itself costs nothing, unless it is billed as a size. */
  public static BigDecimal charged(Replica replica) {
    return replica.internal() && replica.billedAs().isEmpty()
        ? BigDecimal.ZERO
        : replica.creditsPerHour();
  }

  /**
   * @param desired what the replicas of one cluster shall cost
   * @param current what they cost now
   * @throws RejectedException where that is more, and too much
   */
  void check(BigDecimal desired, BigDecimal current) {
    if (limit.isEmpty() || desired.compareTo(current) <= 0) {
      return;
    }
    BigDecimal all = inUse.get();
    BigDecimal then = all.subtract(current).add(desired);
    rejectIf(
        then.compareTo(limit.get()) > 0, new Rejection.CreditRateExceeded(then, limit.get(), all));
  }
}
